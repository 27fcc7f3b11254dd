import { ActionIcon, Drawer } from '@mantine/core';
import { useRouter } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { hasDrawer, useFilters } from '../filters';
import { useWords } from '../words';
import { RecordDetail } from './RecordDetail';
import { useNarrow } from './useNarrow';

/** Opening a row pushes, the arrow goes one step back, closing goes back to where the first was opened. */
export default function OpenDrawer({ title, children }: { title: string; children?: ReactNode }) {
  const words = useWords('frame');
  const narrow = useNarrow();
  const { history } = useRouter();
  const { filters, close, depth } = useFilters();
  return (
    <Drawer
      opened={hasDrawer(filters)}
      onClose={close}
      position="right"
      size={narrow ? '100%' : 560}
      closeButtonProps={{ 'aria-label': words.close, className: 'touch' }}
      title={
        <span className="drawer-title">
          {depth > 1 && (
            <ActionIcon variant="subtle" className="touch" aria-label={words.back} onClick={() => history.back()}>
              <ArrowLeft size={16} />
            </ActionIcon>
          )}
          {title}
        </span>
      }
    >
      {filters.record ? <RecordDetail recordKey={filters.record} /> : children}
    </Drawer>
  );
}
