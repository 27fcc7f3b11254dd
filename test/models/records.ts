import type { Given } from './given';

/** Short forms of staging records for money tests. `of` adds a customer and whatever else all of a case's records share. */
export type Records = Record<string, Given[]>;

/** Records of one customer: what names none gets this customer, bank lines its name as payer. */
export function of(customer: string, records: Records): Records {
  const filled = Object.entries(records).map(([entity, rows]) => [
    entity,
    rows.map((row) =>
      entity === 'bank_transaction'
        ? { counterparty_name: customer, ...row }
        : withCustomer(entity, customer, row),
    ),
  ]);
  return merge(
    { customer: [{ source_id: customer, name: customer }] },
    Object.fromEntries(filled) as Records,
  );
}

const withoutCustomer = new Set([
  'customer',
  'employee',
  'instalment',
  'allocation',
  'bank_coverage',
  'bill_event',
]);
const withCustomer = (entity: string, customer: string, row: Given): Given =>
  withoutCustomer.has(entity) ? row : { customer_ref: customer, ...row };

/** All records together; a record without an id gets one. */
export function merge(...parts: Records[]): Records {
  const all: Records = {};
  for (const part of parts) {
    for (const [entity, rows] of Object.entries(part)) all[entity] = [...(all[entity] ?? []), ...rows];
  }
  for (const [entity, rows] of Object.entries(all)) {
    all[entity] = rows.map((row, number) => ({ source_id: `${entity}${number}`, ...row }));
  }
  return all;
}

export const receipt = (
  number: string,
  receipt_date: string,
  amount_cny: string,
  more: Given = {},
): Given => ({
  source_id: number,
  number,
  receipt_date,
  amount_cny,
  method: 'cash',
  ...more,
});

export const document = (
  number: string,
  document_date: string,
  amount_cny: string,
  more: Given = {},
): Given => ({
  source_id: number,
  number,
  document_date,
  amount_cny,
  ...more,
});

/** Allocated by a clerk long after the money came; only its receipt's or document's day may decide. */
export const allocation = (document_number: string, amount_cny: string, more: Given = {}): Given => ({
  source_id: `${document_number} ${amount_cny} ${String(more.receipt_ref ?? more.credit_note_number ?? '')}`,
  document_number,
  amount_cny,
  kind: 'cash',
  allocated_at: '2025-08-09 02:00:00',
  ...more,
});

export const line = (source_id: string, value_date: string, amount_cny: string, more: Given = {}): Given => ({
  connection: 'bank',
  source_id,
  account: 'a1',
  value_date,
  amount_cny,
  category: 'customer',
  ...more,
});

/** All lines of an account are loaded for these days. */
export const loaded = (covered_from: string, covered_to: string, account = 'a1'): Given => ({
  connection: 'bank',
  source_id: `${account} ${covered_from}`,
  account,
  covered_from,
  covered_to,
});

/** Said at noon in Shanghai. */
export const statement = (
  thread_key: string,
  day: string,
  amount_cny: string,
  expected_date: string,
  more: Given = {},
): Given => ({
  source_id: `${thread_key} ${day}`,
  thread_key,
  stated_at: `${day} 04:00:00`,
  amount_cny,
  expected_date,
  subject_kind: 'none',
  certainty: 'expected',
  stated_by_ref: 'e1',
  ...more,
});

/** The two who make statements: e1 王一 and e2 李二. */
export const people = {
  employee: [
    { source_id: 'e1', employee_number: 'E1', name: '王一', role: 'sales' },
    { source_id: 'e2', employee_number: 'E2', name: '李二', role: 'sales' },
  ],
};
