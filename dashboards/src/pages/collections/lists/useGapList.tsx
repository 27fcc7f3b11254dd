import { useMemo } from 'react';
import { useList } from '../../../api/list';
import { recordKey } from '../../../api/record';
import { useFilters, type Address } from '../../../filters';
import { moneyColumn, nameColumn, textColumn } from '../../../frame/columns';
import { Grid, type Column } from '../../../frame/Grid';
import { Narrowed, ShownNote, TotalLabel } from '../../../frame/ListNotes';
import { useNarrow } from '../../../frame/useNarrow';
import type { Row } from '../../../api/cube';
import { useWords } from '../../../words';
import { useCollectionsWords } from '../../../words/collections';
import { wordFor } from '../../../words/values';
import { useGapParts } from '../useGapParts';
import type { MonthFigures } from '../useMonthFigures';

/** A part of the gap is a statement that did not hold, or money nobody had said anything about. */
function behind(row: Row): Partial<Address> | null {
  if (row['statement_id']) return { statement: row['statement_id'] };
  if (row['bank_transaction_id'])
    return { record: recordKey('core.bank_transaction', row['bank_transaction_id']) };
  return row['receipt_id'] ? { record: recordKey('core.receipt', row['receipt_id']) } : null;
}

/** The rows of which the gap, or one of its parts, is made. */
export function useGapList({ judged }: MonthFigures) {
  const words = useCollectionsWords();
  const values = useWords('values');
  const narrow = useNarrow();
  const { lang, month, part } = useFilters().filters;
  const parts = useGapParts();
  const { rows, total, answer } = useList({
    view: 'forecast_gaps',
    measures: ['amount', 'count'],
    dimensions: [
      'gap_id',
      'part',
      'sub_part',
      'stated_by_name',
      'customer_name',
      'document_number',
      'statement_id',
      'bank_transaction_id',
      'receipt_id',
    ],
    where: { month, part },
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
    const kind = textColumn('part', words.part, (row) => wordFor(values.part, row['part']));
    const amount = moneyColumn('amount', words.partAmount, lang);
    if (narrow) return [name, kind, amount];
    return [
      name,
      textColumn('stated_by_name', words.saidBy),
      kind,
      textColumn('sub_part', words.subPart, (row) =>
        row['sub_part'] ? wordFor(values.subPart, row['sub_part']) : '',
      ),
      textColumn('document_number', words.document),
      amount,
    ];
  }, [words, values, lang, narrow]);
  const name = part && wordFor(values.part, part);
  const figure = part ? parts.data?.find((row) => row.part === part)?.amount : judged?.gap;
  const against = { what: name ?? words.gap, figure, total: total?.amount };
  return {
    answer,
    narrowed: name && <Narrowed what={words.chosen(name)} clear={{ part: undefined }} label={words.clear} />,
    grid: (
      <Grid
        label={words.listTitle.gap}
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
