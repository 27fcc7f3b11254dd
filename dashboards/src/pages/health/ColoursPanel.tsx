import { useMemo } from 'react';
import { together } from '../../api/cube';
import { useFilters } from '../../filters';
import { percent } from '../../format';
import { countColumn, nameColumn } from '../../frame/columns';
import { Grid, type Column } from '../../frame/Grid';
import { Panel } from '../../frame/Panel';
import { useNarrow } from '../../frame/useNarrow';
import { isRunning } from '../../months';
import { useWords } from '../../words';
import { useHealthWords } from '../../words/health';
import { coloursChart, shownMonths } from './coloursChart';
import { colours } from './indicators';
import type { useColoursByMonth } from './useColoursByMonth';

/** Colours by month; a click chooses the month for the whole page. */
export function ColoursPanel({ months }: { months: ReturnType<typeof useColoursByMonth> }) {
  const words = useHealthWords();
  const values = useWords('values');
  const narrow = useNarrow();
  const { filters, set } = useFilters();
  const { lang, mode, month, asOf } = filters;
  const rows = useMemo(() => months.data ?? [], [months.data]);
  const option = useMemo(
    () =>
      coloursChart(
        rows,
        { health: words, values },
        { chosen: month, isRunning: (one) => isRunning(one, asOf) },
        { mode, lang, narrow },
      ),
    [rows, words, values, month, asOf, mode, lang, narrow],
  );
  const columns = useMemo((): Column[] => {
    const name = nameColumn(
      'month',
      words.month,
      (row) => row['month'] ?? '',
      (row) => ({ month: row['month'] ?? undefined }),
      false,
    );
    const shares: Column = {
      key: 'green_share',
      title: words.greenShare,
      isNumber: true,
      text: (row) => percent(row['green_share'], lang),
    };
    const counts = colours.map((colour) => countColumn(colour, words[colour], lang));
    return narrow ? [name, ...counts.slice(0, 2), shares] : [name, ...counts, shares];
  }, [words, lang, narrow]);
  return (
    <Panel
      title={words.trend}
      definition="HEA-8"
      note={words.trendNote}
      answer={together(months)}
      chart={{
        option,
        onPick: (at) => {
          const picked = shownMonths(rows, narrow)[at]?.month;
          if (picked) set({ month: picked });
        },
      }}
      table={<Grid label={words.trend} rows={rows} columns={columns} height={286} />}
    />
  );
}
