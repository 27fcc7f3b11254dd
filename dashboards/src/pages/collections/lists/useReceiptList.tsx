import { useMemo } from 'react';
import type { Row } from '../../../api/cube';
import { useList } from '../../../api/list';
import { recordKey } from '../../../api/record';
import { useFilters, type Address } from '../../../filters';
import { firstDay } from '../../../months';
import { dayColumn, moneyColumn, nameColumn, textColumn } from '../../../frame/columns';
import { Grid, type Column } from '../../../frame/Grid';
import { ShownNote, TotalLabel } from '../../../frame/ListNotes';
import { useNarrow } from '../../../frame/useNarrow';
import { useWords } from '../../../words';
import { useCollectionsWords } from '../../../words/collections';
import { wordFor } from '../../../words/values';
import type { MonthFigures } from '../useMonthFigures';

function behind(row: Row): Partial<Address> | null {
  if (row['bank_transaction_id'])
    return { record: recordKey('core.bank_transaction', row['bank_transaction_id']) };
  return row['receipt_id'] ? { record: recordKey('core.receipt', row['receipt_id']) } : null;
}

/** What came in during the month (COL-1); each row opens its bank line. */
export function useReceiptList({ got }: MonthFigures) {
  const words = useCollectionsWords();
  const values = useWords('values');
  const narrow = useNarrow();
  const { lang, month } = useFilters().filters;
  const { rows, total, answer } = useList({
    view: 'collections',
    measures: ['amount', 'count'],
    dimensions: [
      'collection_id',
      'value_date',
      'kind',
      'customer_name',
      'owner_name',
      'bank_transaction_id',
      'receipt_id',
    ],
    range: { by: 'month_start', from: firstDay(month), to: firstDay(month) },
    order: { amount: 'desc' },
  });
  const columns = useMemo((): Column[] => {
    const name = nameColumn(
      'customer_name',
      words.customer,
      (row) => row['customer_name'] ?? values.unknownPayer,
      behind,
      narrow,
    );
    const date = dayColumn('value_date', words.valueDate);
    const amount = moneyColumn('amount', words.amount, lang);
    if (narrow) return [name, date, amount];
    const kind = textColumn('kind', words.kind, (row) => wordFor(values.collectionKind, row['kind']));
    return [name, textColumn('owner_name', words.owner), date, kind, amount];
  }, [words, values, lang, narrow]);
  const against = { what: words.received, figure: got?.amount, total: total?.amount };
  return {
    answer,
    narrowed: null,
    grid: (
      <Grid
        label={words.listTitle.receipts}
        rows={rows}
        columns={columns}
        sort="amount"
        total={total}
        totalLabel={<TotalLabel n={total?.count} against={against} />}
        note={<ShownNote rows={rows} n={total?.count} />}
      />
    ),
  };
}
