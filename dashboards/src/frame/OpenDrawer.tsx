import { ActionIcon, Drawer } from '@mantine/core';
import { useRouter } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
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
  const isWanted = hasDrawer(filters);
  const [isOpen, setOpen] = useState(false); // false first: the drawer notes what had the focus when it becomes true
  useEffect(() => setOpen(isWanted), [isWanted]);
  return (
    <Drawer.Root opened={isOpen} onClose={close} position="right" size={narrow ? '100%' : 560}>
      <Drawer.Overlay />
      <Drawer.Content>
        <div className="drawer-head">
          {depth > 1 && (
            <ActionIcon
              variant="subtle"
              className="touch"
              aria-label={words.back}
              onClick={() => history.back()}
            >
              <ArrowLeft size={16} />
            </ActionIcon>
          )}
          <Drawer.Title>{filters.record ? words.record.title : title}</Drawer.Title>
          <Drawer.CloseButton className="touch" aria-label={words.close} />
        </div>
        <Drawer.Body>{filters.record ? <RecordDetail recordKey={filters.record} /> : children}</Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}
