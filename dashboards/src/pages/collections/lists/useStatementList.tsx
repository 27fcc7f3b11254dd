import { useMemo } from 'react';
import { useList } from '../../../api/list';
import { useFilters } from '../../../filters';
import { isZero } from '../../../format';
import { dayColumn, moneyColumn, nameColumn, textColumn } from '../../../frame/columns';
import { Grid, type Column } from '../../../frame/Grid';
import { ShownNote, TotalLabel } from '../../../frame/ListNotes';
import { CertaintyTag } from '../../../frame/Tag';
import { useNarrow } from '../../../frame/useNarrow';
import { useWords } from '../../../words';
import { useCollectionsWords } from '../../../words/collections';
import { wordFor } from '../../../words/values';
import type { MonthFigures } from '../useMonthFigures';

/** What was said for the month, the most unpaid first. */
export function useStatementList({ judged }: MonthFigures) {
  const words = useCollectionsWords();
  const values = useWords('values');
  const narrow = useNarrow();
  const { lang, month } = useFilters().filters;
  const { rows, total, answer } = useList({
    view: 'forecast_threads',
    measures: ['stated', 'matched_in_month', 'matched_late', 'open', 'count'],
    dimensions: [
      'statement_id',
      'certainty',
      'stated_by_name',
      'customer_name',
      'expected_date',
      'document_number',
    ],
    where: { month },
    order: { open: 'desc' },
  });
  const columns = useMemo((): Column[] => {
    const certainty: Column = {
      key: 'certainty',
      title: words.certainty,
      text: (row) => wordFor(values.certainty, row['certainty']),
      cell: (row) => (
        <CertaintyTag
          certainty={row['certainty'] ?? null}
          isAlarm={row['certainty'] === 'confirmed' && !isZero(row['open'])}
        >
          {wordFor(values.certainty, row['certainty'])}
        </CertaintyTag>
      ),
    };
    const name = nameColumn(
      'customer_name',
      words.customer,
      (row) => row['customer_name'] ?? values.unknownPayer,
      (row) => ({ statement: row['statement_id'] ?? undefined }),
      narrow,
    );
    const open = moneyColumn('open', words.open, lang);
    if (narrow) return [name, certainty, open];
    return [
      name,
      textColumn('stated_by_name', words.saidBy),
      certainty,
      dayColumn('expected_date', words.expected),
      textColumn('document_number', words.document),
      moneyColumn('stated', words.stated, lang),
      moneyColumn('matched_in_month', words.inMonth, lang),
      moneyColumn('matched_late', words.late, lang),
      open,
    ];
  }, [words, values, lang, narrow]);
  const against = { what: words.forecast, figure: judged?.forecast, total: total?.stated };
  return {
    answer,
    narrowed: null,
    grid: (
      <Grid
        label={words.listTitle.statements}
        rows={rows}
        columns={columns}
        sort="open"
        total={total}
        totalLabel={<TotalLabel n={total?.count} against={against} />}
        note={<ShownNote rows={rows} n={total?.count} />}
      />
    ),
  };
}
