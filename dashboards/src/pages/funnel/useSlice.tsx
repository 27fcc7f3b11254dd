import { SegmentedControl } from '@mantine/core';
import { useMemo } from 'react';
import { useFilters, type Address } from '../../filters';
import type { Row } from '../../api/cube';
import { nameColumn } from '../../frame/columns';
import type { Column } from '../../frame/Grid';
import { regionName } from '../../frame/useScopeText';
import { useWords } from '../../words';
import { useFunnelWords } from '../../words/funnel';
import { SLICES, slices, type Slice } from './slices';

/** The slice of the address; every panel by region, team, person, line or source follows it. */
export function useSlice(): Slice {
  const { slice, by } = useFilters().filters;
  return slice ?? by ?? 'region';
}

export function SliceControl({ label }: { label: string }) {
  const words = useFunnelWords();
  const { set } = useFilters();
  const slice = useSlice();
  return (
    <SegmentedControl
      size="xs"
      aria-label={label}
      value={slice}
      onChange={(value) => set({ slice: slices.find((one) => one === value), by: undefined })}
      data={slices.map((value) => ({ value, label: words.slices[value] }))}
    />
  );
}

/** The first column of a table by slice; region, person and line narrow the page. */
export function useSliceColumn(narrow: boolean): Column {
  const words = useFunnelWords();
  const frame = useWords('frame');
  const slice = useSlice();
  return useMemo(() => {
    const { key, name } = SLICES[slice];
    const narrowed = (value: string | undefined): Partial<Address> | null => {
      if (slice === 'region') return { region: value };
      if (slice === 'owner') return { owner: value };
      if (slice === 'line') return { line: value };
      return null;
    };
    const none = slice === 'region' || slice === 'owner' ? frame.unassigned : words.none;
    return nameColumn(
      name,
      words.slices[slice],
      (row: Row) => regionName(row[name], none),
      (row: Row) => narrowed(row[key] ?? undefined),
      narrow,
    );
  }, [slice, words, frame, narrow]);
}
