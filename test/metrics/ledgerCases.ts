import { allocation, document, line, merge, of, type Records, receipt } from '../models/records';

/** Customers of METRICS section 3, one for each worked example. Each is known from its own day. */
const today = '2025-05-31';

const on = (day: string) => ({ recorded_at: `${day} 02:00:00` });
const term = (kind: string, days: number) => [{ source_id: `${kind} ${days}`, kind, days }];
const due = (customer: string, payment_term: Records[string], more: Records[string][number] = {}): Records =>
  of(customer, {
    payment_term,
    receivable_document: [document(`3.1 ${customer}`, '2025-03-05', '1000', more)],
  });

const dueDates = merge(
  of('a plan', {
    payment_term: term('net', 60),
    receivable_document: [document('3.1 a plan', '2025-03-05', '1000', { due_date: '2025-05-05' })],
    instalment: [{ source_id: 'p0', document_ref: '3.1 a plan', due_date: '2025-04-10', amount_cny: '1000' }],
  }),
  due('its own', term('net', 61), { due_date: '2025-04-04' }),
  due('net 30', term('net', 30)),
  due('月结 30', term('month_end', 30)),
  due('货到 60', term('delivery', 60), { delivery_date: '2025-03-02' }),
  due('货到 60, not delivered', term('delivery', 61)),
  due('票到 45', term('document', 45)),
  due('no term', []),
);

/** The example of REC-1: the clerk allocates the 80,000 only on 6 May. */
const late = of('REC-1', {
  receivable_document: [
    document('A', '2025-03-05', '100000', { due_date: '2025-04-04', ...on('2025-03-05') }),
    document('B', '2025-03-20', '56500', { due_date: '2025-04-19', ...on('2025-03-20') }),
    document('N', '2025-04-15', '-6500', { is_credit_note: true, ...on('2025-04-15') }),
  ],
  receipt: [
    receipt('r1', '2025-04-10', '80000', on('2025-04-10')),
    receipt('r2', '2025-04-11', '15000', { method: 'bank_bill', ...on('2025-04-11') }),
    receipt('r3', '2025-04-28', '3000', on('2025-04-28')),
  ],
  allocation: [
    allocation('A', '80000', { receipt_ref: 'r1', allocated_at: '2025-05-06 02:00:00' }),
    allocation('A', '15000', { receipt_ref: 'r2', kind: 'bank_bill', allocated_at: '2025-04-11 03:00:00' }),
    allocation('B', '6500', {
      credit_note_number: 'N',
      kind: 'credit_note',
      allocated_at: '2025-04-15 03:00:00',
    }),
  ],
});

const KINDS = ['discount', 'deduction', 'set_off', 'bank_fee', 'fx_diff', 'rounding', 'write_off'];

const settled = merge(
  of('every kind', {
    receivable_document: [document('K', '2025-03-01', '10000'), document('KN', '2025-03-02', '-100')],
    receipt: [
      receipt('k1', '2025-03-10', '1000'),
      receipt('k2', '2025-03-10', '1000', { method: 'bank_bill' }),
      receipt('k3', '2025-03-10', '1000', { method: 'commercial_bill' }),
      receipt('k4', '2025-03-10', '1000', { method: 'supply_chain_note' }),
      receipt('k5', '2025-02-10', '1000', { is_prepayment: true }),
    ],
    allocation: [
      ...['cash', 'bank_bill', 'commercial_bill', 'supply_chain_note', 'prepayment_applied'].map((kind, n) =>
        allocation('K', '1000', { receipt_ref: `k${n + 1}`, kind }),
      ),
      allocation('K', '100', { credit_note_number: 'KN', kind: 'credit_note' }),
      ...KINDS.map((kind, n) =>
        allocation('K', `${n + 1}.01`, { kind, value_date: '2025-03-12', source_id: `K ${kind}` }),
      ),
    ],
  }),
  of('a write-off recovered', {
    receivable_document: [document('W', '2025-01-01', '500')],
    receipt: [receipt('w1', '2025-05-20', '200')],
    allocation: [
      allocation('W', '500', { kind: 'write_off', value_date: '2025-03-31', source_id: 'W lost' }),
      allocation('W', '-200', { kind: 'write_off', value_date: '2025-05-20', source_id: 'W found' }),
      allocation('W', '200', { receipt_ref: 'w1' }),
    ],
  }),
  of('a dollar invoice', {
    // 1,000 USD at 7.00; 1,000 USD came at 7.20
    receivable_document: [document('F', '2025-03-01', '7000')],
    receipt: [receipt('f1', '2025-04-01', '7200')],
    allocation: [
      allocation('F', '7200', { receipt_ref: 'f1' }),
      allocation('F', '-200', { kind: 'fx_diff', value_date: '2025-04-01', source_id: 'F fx' }),
    ],
  }),
  of('the bank is earlier', {
    receivable_document: [document('T1', '2025-03-01', '100')],
    receipt: [receipt('t1', '2025-04-03', '100', { bank_reference: 'T-1', ...on('2025-04-03') })],
    allocation: [allocation('T1', '100', { receipt_ref: 't1', allocated_at: '2025-04-03 03:00:00' })],
    bank_transaction: [line('T-1', '2025-03-31', '100', { reference: 'T-1', ...on('2025-04-07') })],
  }),
  of('the money is earlier', {
    receivable_document: [document('T2', '2025-04-20', '100')],
    receipt: [receipt('t2', '2025-03-31', '100')],
    allocation: [allocation('T2', '100', { receipt_ref: 't2' })],
  }),
);

const bill = (number: string, receipt_ref: string, more: Records[string][number] = {}) => ({
  source_id: number,
  number,
  receipt_ref,
  kind: 'bank_bill',
  face_cny: '100000',
  signed_date: '2025-03-10',
  maturity_date: '2025-05-10',
  ...more,
});
const signed = (customer: string, event?: Records[string][number], kind = 'bank_bill'): Records =>
  of(customer, {
    receivable_document: [document(`3.4 ${customer}`, '2025-02-01', '100000', { due_date: '2025-03-03' })],
    receipt: [
      receipt(`b ${customer}`, '2025-03-10', '100000', { method: kind, bank_reference: `no ${customer}` }),
    ],
    allocation: [allocation(`3.4 ${customer}`, '100000', { receipt_ref: `b ${customer}`, kind })],
    acceptance_bill: [bill(`no ${customer}`, `b ${customer}`, { kind })],
    bill_event: event ? [{ source_id: `${customer} end`, bill_ref: `no ${customer}`, ...event }] : [],
  });

const bills = merge(
  signed('held'),
  signed('matured', { event: 'matured', event_date: '2025-05-10' }),
  signed('endorsed', { event: 'endorsed', event_date: '2025-03-20', with_recourse: true }),
  signed('discounted', {
    event: 'discounted',
    event_date: '2025-04-02',
    interest_cny: '800',
    with_recourse: false,
  }),
  signed('dishonoured', { event: 'dishonoured', event_date: '2025-05-12' }),
  signed('云信', undefined, 'supply_chain_note'),
);

const held = merge(
  of('5 % for 12 months', {
    receivable_document: [document('H1', '2024-05-17', '113000.10', { due_date: '2024-06-16' })],
  }),
  of('split by the ERP', {
    receivable_document: [document('H2', '2025-03-01', '1000', { due_date: '2025-03-31' })],
    instalment: [
      { source_id: 'h1', document_ref: 'H2', due_date: '2025-03-31', amount_cny: '950' },
      { source_id: 'h2', document_ref: 'H2', due_date: '2026-03-01', amount_cny: '50', is_retention: true },
    ],
  }),
);

const prepaid = merge(
  of('3.5', {
    receivable_document: [document('P1', '2025-05-01', '100')],
    receipt: [receipt('p1', '2025-05-02', '130'), receipt('p2', '2025-05-02', '80', { is_prepayment: true })],
  }),
  of('undone', {
    receivable_document: [document('U', '2025-05-01', '100', on('2025-05-01'))],
    receipt: [receipt('u1', '2025-05-05', '100', on('2025-05-05'))],
    allocation: [
      allocation('U', '100', {
        receipt_ref: 'u1',
        allocated_at: '2025-05-06 02:00:00',
        is_deleted: true,
        deleted_at: '2025-05-20 02:00:00',
      }),
    ],
  }),
);

export const ledgerCases = {
  today,
  tables: { 'ops.retention_rule': [{ customer: '5 % for 12 months', percent: '5', months: 12 }] },
  entities: merge(dueDates, late, settled, bills, held, prepaid),
};
