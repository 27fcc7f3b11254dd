import { useMemo } from 'react';
import { together } from '../../api/cube';
import { useFilters } from '../../filters';
import { percent } from '../../format';
import { countColumn, textColumn } from '../../frame/columns';
import { Grid, type Column } from '../../frame/Grid';
import { Panel } from '../../frame/Panel';
import { useNarrow } from '../../frame/useNarrow';
import { useFunnelWords } from '../../words/funnel';
import { periodChart } from './periodChart';
import { usePeriod } from './usePeriod';

/** What left each stage in the period, and how: apart from the cohorts, which answer another question. */
export function PeriodPanel() {
  const words = useFunnelWords();
  const narrow = useNarrow();
  const { lang, mode } = useFilters().filters;
  const period = usePeriod();
  const rows = useMemo(() => (period.data ?? []).filter((row) => row.exits !== '0'), [period.data]);
  const option = useMemo(
    () => periodChart(rows, words, { mode, lang, narrow }),
    [rows, words, mode, lang, narrow],
  );
  const columns = useMemo((): Column[] => {
    const rate = (key: string, title: string): Column => ({
      key,
      title,
      isNumber: true,
      text: (row) => percent(row[key], lang),
    });
    const first = [textColumn('stage_name', words.stage), countColumn('exits', words.exits, lang)];
    const rates = [rate('period_conversion', words.periodConversion)];
    if (narrow) return [...first, ...rates];
    return [
      ...first,
      countColumn('forward', words.ways.forward, lang),
      countColumn('back', words.ways.back, lang),
      countColumn('lost', words.ways.lost, lang),
      ...rates,
      rate('period_conversion_by_amount', words.byAmount),
    ];
  }, [words, lang, narrow]);
  return (
    <Panel
      title={words.period}
      definition="FUN-2"
      note={words.periodNote}
      answer={{ ...together(period), isEmpty: period.data !== undefined && rows.length === 0 }}
      chart={{ option }}
      table={<Grid label={words.period} rows={rows} columns={columns} height={286} />}
    />
  );
}
