import { useMemo } from 'react';
import { useList } from '../../../api/list';
import { useFilters } from '../../../filters';
import { count } from '../../../format';
import { dayColumn, moneyColumn, nameColumn, textColumn } from '../../../frame/columns';
import { Grid, type Column } from '../../../frame/Grid';
import { ShownNote, TotalLabel } from '../../../frame/ListNotes';
import { useNarrow } from '../../../frame/useNarrow';
import { useCollectionsWords } from '../../../words/collections';
import type { MonthFigures } from '../useMonthFigures';

/** Confirmed statements whose money was not there on the first workday after (FVA-7), late arrivals kept. */
export function useConfirmedList({ unpaid }: MonthFigures) {
  const words = useCollectionsWords();
  const narrow = useNarrow();
  const { lang, month } = useFilters().filters;
  const { rows, total, answer } = useList({
    view: 'confirmed_unpaid',
    measures: ['amount', 'missing', 'missing_now', 'count'],
    dimensions: [
      'statement_id',
      'stated_by_name',
      'customer_name',
      'expected_date',
      'flagged_date',
      'arrived_date',
      'days_since',
    ],
    where: { month },
    order: { missing: 'desc' },
  });
  const columns = useMemo((): Column[] => {
    const name = nameColumn(
      'customer_name',
      words.customer,
      (row) => row['customer_name'] ?? '—',
      (row) => ({ statement: row['statement_id'] ?? undefined }),
      narrow,
    );
    const saidBy = textColumn('stated_by_name', words.saidBy);
    const missing = moneyColumn('missing', words.missing, lang);
    if (narrow) return [name, saidBy, missing];
    return [
      name,
      saidBy,
      dayColumn('expected_date', words.expected),
      dayColumn('flagged_date', words.flagged),
      moneyColumn('amount', words.confirmedAmount, lang),
      missing,
      moneyColumn('missing_now', words.missingNow, lang),
      dayColumn('arrived_date', words.arrivedOn),
      {
        key: 'days_since',
        title: words.daysSince,
        isNumber: true,
        text: (row) => count(row['days_since'], lang),
      },
    ];
  }, [words, lang, narrow]);
  const against = { what: words.confirmedUnpaid, figure: unpaid?.missing, total: total?.missing };
  return {
    answer,
    narrowed: null,
    grid: (
      <Grid
        label={words.listTitle.confirmed}
        rows={rows}
        columns={columns}
        sort="missing"
        total={total}
        totalLabel={<TotalLabel n={total?.count} against={against} />}
        note={<ShownNote rows={rows} n={total?.count} />}
      />
    ),
  };
}
