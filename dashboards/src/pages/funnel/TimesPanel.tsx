import { useMemo } from 'react';
import { together } from '../../api/cube';
import { useFilters } from '../../filters';
import { tenth } from '../../format';
import { countColumn, textColumn } from '../../frame/columns';
import { Grid, type Column } from '../../frame/Grid';
import { Panel } from '../../frame/Panel';
import { useNarrow } from '../../frame/useNarrow';
import { useFunnelWords } from '../../words/funnel';
import { timesChart } from './timesChart';
import { useStageTimes } from './useStageTimes';

/** How long deals stay in a stage. */
export function TimesPanel() {
  const words = useFunnelWords();
  const narrow = useNarrow();
  const { lang, mode } = useFilters().filters;
  const times = useStageTimes();
  const rows = useMemo(() => times.data ?? [], [times.data]);
  const option = useMemo(
    () => timesChart(rows, words, { mode, lang, narrow }),
    [rows, words, mode, lang, narrow],
  );
  const columns = useMemo((): Column[] => {
    const days = (key: string, title: string): Column => ({
      key,
      title,
      isNumber: true,
      text: (row) => tenth(row[key], lang),
    });
    return [
      textColumn('stage_name', words.stage),
      days('median_days', words.median),
      days('p90_days', words.p90),
      countColumn('count', words.counted, lang),
    ];
  }, [words, lang]);
  return (
    <Panel
      title={words.time}
      definition="FUN-3"
      note={words.timeNote}
      answer={together(times)}
      chart={{ option }}
      table={<Grid label={words.time} rows={rows} columns={columns} height={286} />}
    />
  );
}
