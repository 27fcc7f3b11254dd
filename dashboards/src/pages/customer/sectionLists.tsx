import { useMemo } from 'react';
import type { Row } from '../../api/cube';
import { recordKey } from '../../api/record';
import type { Address } from '../../filters';
import { useFilters } from '../../filters';
import { count, day, percent, tenth, type Lang } from '../../format';
import { countColumn, dayColumn, moneyColumn, nameColumn, textColumn } from '../../frame/columns';
import type { Column } from '../../frame/Grid';
import { useNarrow } from '../../frame/useNarrow';
import { useWords } from '../../words';
import { type CustomerWords, useCustomerWords } from '../../words/customer';
import { bucketWord, type ValueWords, wordFor } from '../../words/values';
import { Colour } from './Colour';

export interface ListOf {
  section: string;
  list: string;
  title: string;
  definition?: string;
  columns: Column[];
  /** How many of the columns a phone shows. */
  narrow: number;
  isNewestLast?: boolean;
}

/** What each list of the page shows, in the order of the page. */
export function useSectionList(): ListOf[] {
  const words = useCustomerWords();
  const values = useWords('values');
  const { lang } = useFilters().filters;
  const narrow = useNarrow();
  return useMemo(
    () => [...moneyLists(words, values, lang, narrow), ...workLists(words, lang)],
    [words, values, lang, narrow],
  );
}

const linked = (key: string, title: string, open: (row: Row) => Partial<Address> | null, narrow: boolean) =>
  nameColumn(key, title, (row) => row[key] ?? '—', open, narrow);
const record = (table: string, id: string) => (row: Row) => {
  const value = row[id];
  return value ? { record: recordKey(table, value) } : null;
};
const worded = (key: string, title: string, of: Record<string, string>) =>
  textColumn(key, title, (row) => wordFor(of, row[key]));

function moneyLists(words: CustomerWords, values: ValueWords, lang: Lang, narrow: boolean): ListOf[] {
  const cny = (key: string, title: string) => moneyColumn(key, title, lang);
  return [
    {
      section: 'receivables',
      list: 'items',
      title: words.items,
      definition: 'REC-1 REC-2',
      narrow: 3,
      columns: [
        linked('document_number', words.number, record('core.receivable_document', 'document_id'), narrow),
        cny('open_amount_cny', words.openAmount),
        countColumn('days_overdue', words.daysOverdue, lang),
        dayColumn('effective_due_date', words.dueDate),
      ],
    },
    {
      section: 'receivables',
      list: 'ageing',
      title: words.ageing,
      definition: 'REC-2',
      narrow: 2,
      columns: [
        textColumn('bucket', words.bucket, (row) => bucketWord(values, row['bucket'] ?? null)),
        cny('amount_cny', words.amount),
      ],
    },
    {
      section: 'receipts',
      list: 'latest',
      title: words.receipts,
      definition: 'COL-1',
      narrow: 3,
      columns: [
        dayColumn('value_date', words.date),
        cny('amount_cny', words.amount),
        worded('kind', words.kind, values.collectionKind),
      ],
    },
    {
      section: 'statements',
      list: 'standing',
      title: words.statements,
      narrow: 3,
      columns: [
        dayColumn('expected_date', words.expected),
        cny('amount_cny', words.amount),
        worded('certainty', words.certainty, values.certainty),
        textColumn('stated_by_name', words.who),
      ],
    },
    {
      section: 'orders',
      list: 'months',
      title: words.orders,
      definition: 'ORD-1 CUS-1 ORD-7',
      narrow: 3,
      isNewestLast: true,
      columns: [
        textColumn('month', words.month),
        cny('intake_cny', words.intake),
        cny('repeat_cny', words.repeatAmount),
        cny('delivered_cny', words.delivered),
        cny('returned_cny', words.returned),
      ],
    },
    {
      section: 'orders',
      list: 'latest',
      title: words.latestOrders,
      definition: 'ORD-1',
      narrow: 3,
      columns: [
        textColumn('number', words.number),
        dayColumn('order_date', words.date),
        cny('amount_cny', words.amount),
      ],
    },
    {
      section: 'bills',
      list: 'held',
      title: words.bills,
      narrow: 3,
      columns: [
        linked('number', words.number, record('core.acceptance_bill', 'bill_id'), narrow),
        cny('on_hand_cny', words.amount),
        dayColumn('maturity_date', words.maturity),
      ],
    },
    {
      section: 'disputes',
      list: 'disputes',
      title: words.disputes,
      definition: 'FIN-2',
      narrow: 3,
      columns: [
        textColumn('document_number', words.number),
        cny('amount_cny', words.amount),
        textColumn('is_open', words.status, (row) => (row['is_open'] === 'true' ? words.open : words.closed)),
        dayColumn('opened_date', words.date),
      ],
    },
  ];
}

function workLists(words: CustomerWords, lang: Lang): ListOf[] {
  const cny = (key: string, title: string) => moneyColumn(key, title, lang);
  return [
    {
      section: 'health',
      list: 'history',
      title: words.health,
      definition: 'HEA-6',
      narrow: 3,
      isNewestLast: true,
      columns: [
        textColumn('month', words.month),
        { ...textColumn('colour', words.colour), cell: (row) => <Colour colour={row['colour']} /> },
        { key: 'score', title: words.score, isNumber: true, text: (row) => tenth(row['score'], lang) },
        {
          key: 'coverage',
          title: words.coverage,
          isNumber: true,
          text: (row) => percent(row['coverage'], lang),
        },
      ],
    },
    {
      section: 'health',
      list: 'reasons',
      title: words.reasons,
      definition: 'HEA-6',
      narrow: 3,
      columns: [
        worded('indicator', words.reasons, words.indicators),
        {
          key: 'score_points_lost',
          title: words.lost,
          isNumber: true,
          text: (row) => tenth(row['score_points_lost'], lang),
        },
        { key: 'value', title: words.score, isNumber: true, text: (row) => tenth(row['value'], lang) },
      ],
    },
    {
      section: 'risk',
      list: 'events',
      title: words.risk,
      definition: 'HEA-5',
      narrow: 3,
      columns: [
        worded('kind', words.kind, words.riskKinds),
        textColumn('is_live', words.status, (row) => (row['is_live'] === 'true' ? words.live : words.past)),
        dayColumn('event_date', words.date),
        cny('amount_cny', words.amount),
      ],
    },
    {
      section: 'opportunities',
      list: 'opportunities',
      title: words.opportunities,
      narrow: 3,
      columns: [
        textColumn('name', words.opportunities),
        textColumn('status', words.status, (row) =>
          [
            wordFor(words.states2, row['status']),
            row['stall_days'] && words.stalled(count(row['stall_days'], lang)),
          ]
            .filter(Boolean)
            .join(' · '),
        ),
        cny('amount_cny', words.amount),
        textColumn('stage_name', words.stage),
        dayColumn('expected_close_date', words.close),
      ],
    },
    {
      section: 'contacts',
      list: 'contacts',
      title: words.contacts,
      narrow: 3,
      columns: [
        textColumn(
          'name',
          words.person,
          (row) => `${row['name'] ?? ''}${row['is_key_person'] === 'true' ? ` · ${words.key}` : ''}`,
        ),
        textColumn('title', words.job),
        textColumn('has_left', words.status, (row) =>
          row['has_left'] === 'true' ? `${words.left} ${day(row['left_date'])}` : words.here,
        ),
        textColumn('department', words.department),
        textColumn('phone', words.phone),
      ],
    },
    {
      section: 'contacts',
      list: 'changes',
      title: words.changes,
      narrow: 3,
      columns: [
        textColumn('name', words.person),
        textColumn('kind', words.change, (row) => changeText(row, words)),
        dayColumn('changed_date', words.date),
        worded('precision', words.precision, words.precisions),
      ],
    },
    {
      section: 'interactions',
      list: 'latest',
      title: words.latest,
      definition: 'HEA-3',
      narrow: 3,
      columns: [
        dayColumn('activity_date', words.date),
        worded('activity_type', words.kind, words.types),
        textColumn('note', words.note),
        textColumn('owner_name', words.owner),
      ],
    },
    {
      section: 'interactions',
      list: 'months',
      title: words.interactions,
      definition: 'HEA-3',
      narrow: 3,
      isNewestLast: true,
      columns: [
        textColumn('month', words.month),
        worded('activity_type', words.kind, words.types),
        countColumn('activities', words.activities, lang),
        countColumn('contacts', words.contactsOf, lang),
      ],
    },
    {
      section: 'records',
      list: 'records',
      title: words.records,
      definition: 'DAT-5',
      narrow: 3,
      columns: [
        worded('kind', words.kind, words.parts),
        textColumn('name', words.name),
        worded('rule', words.rule, words.rules),
        textColumn('record_id', words.record),
        dayColumn('updated_date', words.changed),
      ],
    },
    {
      section: 'suggestions',
      list: 'suggestions',
      title: words.suggestions,
      definition: 'HEA-7',
      narrow: 2,
      columns: [worded('kind', words.suggestions, words.suggestionKinds), dayColumn('raised_at', words.date)],
    },
  ];
}

function changeText(row: Row, words: CustomerWords): string {
  const kind = wordFor(words.changeKinds, row['kind']);
  if (row['kind'] === 'moved') {
    const other = row['other_customer_name'] ?? '—';
    return row['is_here_now'] === 'true' ? words.movedHere(other) : words.movedAway(other);
  }
  if (row['kind'] === 'left') return kind;
  return `${kind} ${row['from_value'] ?? '—'} → ${row['to_value'] ?? '—'}`;
}
