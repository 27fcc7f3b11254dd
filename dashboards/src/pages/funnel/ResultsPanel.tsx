import { useMemo } from 'react';
import { together } from '../../api/cube';
import { useFilters } from '../../filters';
import { percent, tenth } from '../../format';
import { countColumn, moneyColumn } from '../../frame/columns';
import { Grid, type Column } from '../../frame/Grid';
import { Panel } from '../../frame/Panel';
import { useNarrow } from '../../frame/useNarrow';
import { useFunnelWords } from '../../words/funnel';
import { SMALL_N } from './stages';
import { SLICES } from './slices';
import { useResults, useVelocity } from './useResults';
import { SliceControl, useSlice, useSliceColumn } from './useSlice';

/** Who wins how often, how fast: by region, team, person, line or source; the total line is the company's own figure. */
export function ResultsPanel() {
  const words = useFunnelWords();
  const narrow = useNarrow();
  const { lang } = useFilters().filters;
  const slice = useSlice();
  const first = useSliceColumn(narrow);
  const all = useResults();
  const by = useResults(slice);
  const wholeSpeed = useVelocity();
  const speed = useVelocity(slice);
  const rows = useMemo(() => {
    const { key } = SLICES[slice];
    const of = new Map((speed.data ?? []).map((row) => [row[key], row.velocity]));
    return (by.data ?? []).map((row) => ({ ...row, velocity: of.get(row[key]) ?? null }));
  }, [by.data, speed.data, slice]);
  const total = all.data?.[0] && { ...all.data[0], velocity: wholeSpeed.data?.[0]?.velocity ?? null };
  const columns = useMemo((): Column[] => {
    const rate = (key: string, title: string): Column => ({
      key,
      title,
      isNumber: true,
      text: (row) => percent(row[key], lang),
      cell: (row) => {
        const isSmall = Number(row['closed']) < SMALL_N;
        const text = percent(row[key], lang);
        return <span className={isSmall ? 'muted' : ''}>{text}</span>;
      },
    });
    const days = (key: string, title: string): Column => ({
      key,
      title,
      isNumber: true,
      text: (row) => tenth(row[key], lang),
    });
    if (narrow) return [first, countColumn('closed', words.closed, lang), rate('win_rate', words.winRate)];
    return [
      first,
      countColumn('closed', words.closed, lang),
      countColumn('won', words.won, lang),
      rate('win_rate', words.winRate),
      rate('win_rate_by_amount', words.winRateByAmount),
      moneyColumn('won_amount', words.wonAmount, lang),
      days('mean_cycle', words.meanCycle),
      days('median_cycle', words.medianCycle),
      moneyColumn('velocity', words.velocityColumn, lang),
    ];
  }, [words, lang, narrow, first]);
  return (
    <Panel
      title={words.results}
      definition="FUN-6"
      note={words.resultsNote}
      answer={together(by, all)}
      height={300}
      extra={<SliceControl label={words.results} />}
    >
      <Grid
        key={slice}
        label={words.results}
        rows={rows}
        columns={columns}
        sort="closed"
        height={340}
        total={total}
        totalLabel={words.all}
      />
    </Panel>
  );
}
