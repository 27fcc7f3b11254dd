import { SegmentedControl } from '@mantine/core';
import { useMemo } from 'react';
import { together, type Row } from '../../api/cube';
import { useFilters } from '../../filters';
import { percent, signedPercent } from '../../format';
import { moneyColumn, nameColumn } from '../../frame/columns';
import { Grid, type Column } from '../../frame/Grid';
import { Panel } from '../../frame/Panel';
import { useNarrow } from '../../frame/useNarrow';
import { regionName } from '../../frame/useScopeText';
import { useWords } from '../../words';
import { useCollectionsWords } from '../../words/collections';
import { useAccuracyBy } from './useAccuracyBy';

/** Regions or people, the largest gap first; the total line is the month's own figure, not a sum of these rows. */
export function AccuracyPanel({ total }: { total: Row | undefined }) {
  const words = useCollectionsWords();
  const frame = useWords('frame');
  const narrow = useNarrow();
  const { filters, set } = useFilters();
  const { lang, month } = filters;
  const by = filters.by ?? 'region';
  const accuracy = useAccuracyBy(by);
  const columns = useMemo((): Column[] => {
    const rate = (key: string, title: string, text: typeof percent): Column => ({
      key,
      title,
      isNumber: true,
      text: (row) => text(row[key], lang),
    });
    const name = by === 'region' ? 'region' : 'owner_name';
    return [
      nameColumn(
        name,
        by === 'region' ? words.region : words.owner,
        (row) => regionName(row[name], frame.unassigned),
        (row) =>
          by === 'region' ? { region: row['region'] ?? undefined } : { owner: row['owner_id'] ?? undefined },
        narrow,
      ),
      ...(narrow
        ? []
        : [moneyColumn('forecast', words.forecast, lang), moneyColumn('actual', words.actual, lang)]),
      moneyColumn('gap', words.gap, lang),
      rate('wmape', words.wmape, percent),
      ...(narrow ? [] : [rate('bias', words.biasTitle, signedPercent)]),
    ];
  }, [words, frame, lang, by, narrow]);
  return (
    <Panel
      title={`${words.byTitle} · ${month}`}
      definition="FVA-1 FVA-2"
      answer={together(accuracy)}
      height={260}
      extra={
        <SegmentedControl
          size="xs"
          aria-label={words.byTitle}
          value={by}
          onChange={(value) => set({ by: value === 'owner' ? 'owner' : 'region' })}
          data={[
            { value: 'region', label: words.byRegion },
            { value: 'owner', label: words.byOwner },
          ]}
        />
      }
    >
      <Grid
        key={by}
        label={words.byTitle}
        rows={accuracy.data ?? []}
        columns={columns}
        sort="gap"
        height={340}
        total={total}
        totalLabel={words.all}
      />
    </Panel>
  );
}
