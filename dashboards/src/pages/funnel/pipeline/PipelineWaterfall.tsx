import { Select } from '@mantine/core';
import { useMemo, useState } from 'react';
import { together } from '../../../api/cube';
import { useFilters } from '../../../filters';
import { day, money } from '../../../format';
import { moneyColumn, textColumn } from '../../../frame/columns';
import { Grid } from '../../../frame/Grid';
import { Panel } from '../../../frame/Panel';
import { useNarrow } from '../../../frame/useNarrow';
import { usePipelineWords } from '../../../words/pipeline';
import { PERIODS, STEPS, useChanges, type Period } from './useChanges';
import { movedSteps, waterfallChart } from './waterfallChart';

/** D3: what moved since Monday, step by step from the open amount then to the one now. */
export default function PipelineWaterfall() {
  const words = usePipelineWords();
  const narrow = useNarrow();
  const { lang, mode } = useFilters().filters;
  const [period, setPeriod] = useState<Period>('week');
  const changes = useChanges(period);
  const row = changes.data?.[0];
  const option = useMemo(
    () => (row ? waterfallChart(row, words, { mode, lang, narrow }) : null),
    [row, words, mode, lang, narrow],
  );
  const rows = useMemo(
    () =>
      (row ? movedSteps(row) : []).map((step) => ({
        step: words.steps[step],
        place: String(STEPS.indexOf(step)),
        amount: row?.[step] ?? '0.00',
      })),
    [row, words],
  );
  const columns = useMemo(
    () => [textColumn('step', words.step), moneyColumn('amount', words.amount, lang)],
    [words, lang],
  );
  const memo = row && words.memo(money(row.won_amount ?? '0.00', lang), money(row.passed ?? '0.00', lang));
  return (
    <Panel
      title={words.changes}
      definition="FUN-9"
      note={row && `${words.changesNote(day(row.first_date), day(row.last_date))} · ${memo ?? ''}`}
      answer={together(changes)}
      whenEmpty={words.noChanges}
      extra={
        <Select
          size="xs"
          w={140}
          allowDeselect={false}
          aria-label={words.period}
          value={period}
          data={PERIODS.map((value) => ({ value, label: words.periods[value] ?? value }))}
          onChange={(value) => setPeriod(PERIODS.find((one) => one === value) ?? 'week')}
        />
      }
      {...(option && { chart: { option } })}
      table={<Grid label={words.changes} rows={rows} columns={columns} height={300} />}
    />
  );
}
