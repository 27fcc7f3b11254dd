import { SegmentedControl, Select } from '@mantine/core';
import { useFilters } from '../../../filters';
import { Panel } from '../../../frame/Panel';
import { useNarrow } from '../../../frame/useNarrow';
import { useCollectionsWords } from '../../../words/collections';
import type { MonthFigures } from '../useMonthFigures';
import { useConfirmedList } from './useConfirmedList';
import { useGapList } from './useGapList';
import { useOpenList } from './useOpenList';
import { useReceiptList } from './useReceiptList';
import { useStatementList } from './useStatementList';

type Kind = 'statements' | 'gap' | 'confirmed' | 'receipts' | 'open';
export type ListProps = { figures: MonthFigures };

/** The rows behind every figure of the page; which ones stands in the address. */
const lists = {
  statements: { use: useStatementList, definition: 'FVA-1' },
  gap: { use: useGapList, definition: 'FVA-6' },
  confirmed: { use: useConfirmedList, definition: 'FVA-7' },
  receipts: { use: useReceiptList, definition: 'COL-1' },
  open: { use: useOpenList, definition: 'REC-1' },
};

export function ListPanel({ figures }: ListProps) {
  const kind = useFilters().filters.list ?? 'statements';
  return <OneList key={kind} kind={kind} figures={figures} />; // a key: each kind asks its own question
}

function OneList({ kind, figures }: ListProps & { kind: Kind }) {
  const words = useCollectionsWords();
  const { filters } = useFilters();
  const { use: useRows, definition } = lists[kind];
  const { answer, grid, narrowed } = useRows(figures);
  const title = kind === 'open' ? words.listTitle.open : `${words.listTitle[kind]} · ${filters.month}`;
  return (
    <Panel
      title={title}
      definition={definition}
      answer={answer}
      height={430}
      note={narrowed}
      extra={<Kinds kind={kind} />}
    >
      {grid}
    </Panel>
  );
}

function Kinds({ kind }: { kind: Kind }) {
  const words = useCollectionsWords();
  const narrow = useNarrow();
  const { set } = useFilters();
  const data = Object.entries(words.lists).map(([value, label]) => ({ value, label }));
  const choose = (value: string | null) => set({ list: value as Kind, part: undefined, bucket: undefined });
  const label = words.listTitle[kind];
  if (narrow) {
    return (
      <Select
        size="sm"
        w={140}
        aria-label={label}
        allowDeselect={false}
        value={kind}
        data={data}
        onChange={choose}
      />
    );
  }
  return <SegmentedControl size="xs" aria-label={label} value={kind} data={data} onChange={choose} />;
}
