import { useMemo } from 'react';
import { useList } from '../../../api/list';
import { recordKey } from '../../../api/record';
import { useFilters } from '../../../filters';
import { count } from '../../../format';
import { dayColumn, moneyColumn, nameColumn, textColumn } from '../../../frame/columns';
import { Grid, type Column } from '../../../frame/Grid';
import { Narrowed, ShownNote, TotalLabel } from '../../../frame/ListNotes';
import { useNarrow } from '../../../frame/useNarrow';
import { useWords } from '../../../words';
import { useCollectionsWords } from '../../../words/collections';
import { bucketWord } from '../../../words/values';
import { useAgeing } from '../useAgeing';
import type { MonthFigures } from '../useMonthFigures';

/** `31_60`, `over_365`, `not_due` and, from the sentence, `overdue`: as days overdue. */
export function daysOf(bucket: string | undefined): { from?: number; to?: number } | undefined {
  if (!bucket) return undefined;
  const [from, to] = (bucket.match(/\d+/g) ?? []).map(Number);
  if (from !== undefined && to !== undefined) return { from, to };
  if (from !== undefined) return { from: from + 1 };
  return bucket === 'overdue' ? { from: 1 } : { to: 0 };
}

/** What is still open today, all of it or one bucket of the ageing. */
export function useOpenList({ owed }: MonthFigures) {
  const words = useCollectionsWords();
  const values = useWords('values');
  const narrow = useNarrow();
  const { lang, bucket } = useFilters().filters;
  const ageing = useAgeing();
  const days = daysOf(bucket);
  const isOverdue = (days?.from ?? 0) > 0;
  const { rows, total, answer } = useList({
    view: 'open_receivables',
    measures: ['open_amount', 'overdue_amount', 'count'],
    dimensions: [
      'item_id',
      'document_id',
      'document_number',
      'document_date',
      'effective_due_date',
      'days_overdue',
      'customer_name',
      'owner_name',
    ],
    between: days && { member: 'days_overdue', ...days },
    order: { open_amount: 'desc' },
  });
  const shown = isOverdue ? 'overdue_amount' : 'open_amount'; // credits have no lateness: the ageing keeps them apart
  const columns = useMemo((): Column[] => {
    const name = nameColumn(
      'customer_name',
      words.customer,
      (row) => row['customer_name'] ?? '—',
      (row) =>
        row['document_id'] ? { record: recordKey('core.receivable_document', row['document_id']) } : null,
      narrow,
    );
    const late: Column = {
      key: 'days_overdue',
      title: words.daysOverdue,
      isNumber: true,
      text: (row) => count(row['days_overdue'], lang),
    };
    const amount = moneyColumn(shown, words.openAmount, lang);
    if (narrow) return [name, late, amount];
    return [
      name,
      textColumn('owner_name', words.owner),
      textColumn('document_number', words.document),
      dayColumn('document_date', words.documentDate),
      dayColumn('effective_due_date', words.dueDate),
      late,
      amount,
    ];
  }, [words, lang, narrow, shown]);
  const what = bucket === 'overdue' ? words.overdue : bucket && bucketWord(values, bucket);
  const figure =
    bucket === 'overdue' ? owed?.overdue : ageing.data?.find((row) => row.bucket === bucket)?.amount;
  const against = what && isOverdue ? { what, figure, total: total?.[shown] } : undefined;
  return {
    answer,
    narrowed: what && (
      <Narrowed what={words.chosen(what)} clear={{ bucket: undefined }} label={words.clear} />
    ),
    grid: (
      <Grid
        key={shown}
        label={words.listTitle.open}
        rows={rows}
        columns={columns}
        sort={shown}
        total={total && { [shown]: total[shown] }}
        totalLabel={<TotalLabel n={total?.count} against={against} />}
        note={
          <>
            {!isOverdue && words.creditsHere} <ShownNote rows={rows} n={total?.count} />
          </>
        }
      />
    ),
  };
}
