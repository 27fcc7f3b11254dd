import { lazy, Suspense, useState, type ReactNode } from 'react';
import { hasDrawer, useFilters } from '../filters';

const OpenDrawer = lazy(() => import('./OpenDrawer'));

/**
 * One row beside the page. What it shows stands in the address: a record, or else the page's own detail. Its code comes
 * with the first row that is opened, and stays, so that closing can hand the focus back.
 */
export function DetailDrawer({ title, children }: { title: string; children?: ReactNode }) {
  const isOpen = hasDrawer(useFilters().filters);
  const [wasOpened, setOpened] = useState(isOpen);
  if (isOpen && !wasOpened) setOpened(true);
  if (!wasOpened) return null;
  return (
    <Suspense>
      <OpenDrawer title={title}>{children}</OpenDrawer>
    </Suspense>
  );
}
