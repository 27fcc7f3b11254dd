import { useMemo } from 'react';
import type { Answer } from '../../api/cube';
import { useFilters } from '../../filters';
import { moneyColumn, nameColumn } from '../../frame/columns';
import { Grid } from '../../frame/Grid';
import { Panel } from '../../frame/Panel';
import { useNarrow } from '../../frame/useNarrow';
import { isRunning } from '../../months';
import { useWords } from '../../words';
import { useCollectionsWords } from '../../words/collections';
import { monthsChart, shownMonths } from './monthsChart';
import { certainties, type MonthRow } from './useMonths';

/** Said against came, month by month; a click chooses the month for the whole page. */
export function MonthsPanel({ rows, answer }: { rows: readonly MonthRow[]; answer: Answer }) {
  const words = useCollectionsWords();
  const values = useWords('values');
  const narrow = useNarrow();
  const { filters, set } = useFilters();
  const { lang, mode, month, asOf } = filters;
  const option = useMemo(
    () =>
      monthsChart(
        rows,
        { collections: words, values },
        { chosen: month, isRunning: (one) => isRunning(one, asOf) },
        { mode, lang, narrow },
      ),
    [rows, words, values, month, asOf, mode, lang, narrow],
  );
  const columns = useMemo(
    () => [
      nameColumn(
        'month',
        words.month,
        (row) => row['month'] ?? '',
        (row) => ({ month: row['month'] ?? undefined }),
        false,
      ),
      ...(narrow
        ? []
        : certainties.map((certainty) =>
            moneyColumn(certainty, values.certainty[certainty] ?? certainty, lang),
          )),
      moneyColumn('forecast', words.forecast, lang),
      moneyColumn('actual', words.actual, lang),
      ...(narrow ? [] : [moneyColumn('gap', words.gap, lang)]),
    ],
    [words, values, lang, narrow],
  );
  return (
    <Panel
      title={words.months}
      definition="COL-1 FVA-1"
      note={words.monthsNote}
      answer={answer}
      chart={{
        option,
        onPick: (at) => {
          const picked = shownMonths(rows, narrow)[at];
          if (picked?.month) set({ month: picked.month });
        },
      }}
      table={<Grid label={words.months} rows={rows} columns={columns} height={286} />}
    />
  );
}
