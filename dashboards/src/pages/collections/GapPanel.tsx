import { useMemo } from 'react';
import { together, type Answer, type Row } from '../../api/cube';
import { useFilters } from '../../filters';
import { countColumn, moneyColumn, nameColumn } from '../../frame/columns';
import { Grid } from '../../frame/Grid';
import { Panel } from '../../frame/Panel';
import { useNarrow } from '../../frame/useNarrow';
import { useWords } from '../../words';
import { useCollectionsWords } from '../../words/collections';
import { wordFor } from '../../words/values';
import { gapChart, orderedParts } from './gapChart';
import { useGapParts } from './useGapParts';

type Props = { ends: Row<'forecast' | 'actual' | 'gap'> | undefined; endsAnswer: Answer };

/** B4: from what was said to what came, part by part. */
export function GapPanel({ ends, endsAnswer }: Props) {
  const words = useCollectionsWords();
  const values = useWords('values');
  const narrow = useNarrow();
  const { filters, set } = useFilters();
  const { lang, mode, month } = filters;
  const parts = useGapParts();
  const rows = useMemo(() => orderedParts(parts.data ?? []), [parts.data]);
  const { forecast, actual } = ends ?? { forecast: null, actual: null };
  const chart = useMemo(
    () =>
      forecast === null || actual === null
        ? null
        : gapChart(rows, { forecast, actual }, { collections: words, values }, { mode, lang, narrow }),
    [rows, forecast, actual, words, values, mode, lang, narrow],
  );
  const columns = useMemo(
    () => [
      nameColumn(
        'part',
        words.part,
        (row) => wordFor(values.part, row['part']),
        (row) => ({ list: 'gap', part: row['part'] ?? undefined }),
        false,
      ),
      countColumn('count', '#', lang),
      moneyColumn('amount', words.partAmount, lang),
    ],
    [words, values, lang],
  );
  const pick = (at: number) => {
    const part = rows[at - 1]?.part;
    if (at === 0) set({ list: 'statements', part: undefined });
    else if (part) set({ list: 'gap', part });
    else set({ list: 'receipts', part: undefined });
    document.getElementById('list')?.scrollIntoView();
  };
  const answer = together(parts);
  const cut = chart?.axisFrom && (narrow ? words.axisFromLeft : words.axisFrom)(chart.axisFrom);
  return (
    <Panel
      title={`${words.waterfall} · ${month}`}
      definition="FVA-6"
      note={[words.waterfallNote, cut].filter(Boolean).join(' · ')}
      answer={{
        ...answer,
        isPending: answer.isPending || endsAnswer.isPending,
        error: answer.error ?? endsAnswer.error,
        isEmpty: !chart,
        retry: answer.error ? answer.retry : endsAnswer.retry,
      }}
      {...(chart && { chart: { option: chart.option, onPick: pick } })}
      table={
        <Grid
          label={words.waterfall}
          rows={rows}
          columns={columns}
          height={286}
          total={ends && { amount: ends.gap }}
          totalLabel={words.gap}
        />
      }
    />
  );
}
