import type { Case } from '../models/given';
import { allocation, document, merge, of, type Records, receipt } from '../models/records';

/**
 * The worked examples of METRICS sections 2 and 3, each a customer of its own, in one build as of 15 July 2025. What an example
 * leaves open (which document is paid, when it is due) is chosen so that its stated totals come out.
 */
export const today = '2025-07-15';

const paid = (number: string, amount: string, more: object) =>
  allocation(number, amount, { ...more, allocated_at: '2025-07-10 02:00:00' });

/** REC-3, 4, 5, 6, 9: net 5,200,000 of gross 5,260,000, of which 3,900,000 is not due; sales 3.0, 3.3 and 2.8 million. */
const days = of('DSO', {
  receivable_document: [
    document('S4', '2025-04-10', '3000000', { due_date: '2025-05-30' }),
    document('S5a', '2025-05-08', '2200000', { due_date: '2025-06-20' }),
    document('S5b', '2025-05-08', '1100000', { due_date: '2025-07-31' }),
    document('S6', '2025-06-10', '2800000', { due_date: '2025-08-15' }),
  ],
  receipt: [
    receipt('S-1', '2025-05-30', '3000000'),
    receipt('S-2', '2025-06-18', '840000'),
    receipt('S-3', '2025-06-27', '60000'),
  ],
  allocation: [paid('S4', '3000000', { receipt_ref: 'S-1' }), paid('S5a', '840000', { receipt_ref: 'S-2' })],
});

/** REC-8 and REC-16: 4.80 + 2.80 - 2.20 cash - 0.13 bills - 0.05 deductions - 0.02 write-off = 5.20 million, 3.90 not due. */
const rolled = of('roll-forward', {
  receivable_document: [
    document('C5a', '2025-05-12', '3700000', { due_date: '2025-06-20' }),
    document('C5b', '2025-05-12', '1100000', { due_date: '2025-08-15' }),
    document('C6', '2025-06-11', '2800000', { due_date: '2025-08-29' }),
  ],
  receipt: [
    receipt('C-1', '2025-06-16', '2200000'),
    receipt('C-2', '2025-06-17', '130000', { method: 'bank_bill' }),
  ],
  allocation: [
    paid('C5a', '2200000', { receipt_ref: 'C-1' }),
    paid('C5a', '130000', { receipt_ref: 'C-2', kind: 'bank_bill' }),
    paid('C5a', '50000', { kind: 'deduction', value_date: '2025-06-18' }),
    paid('C5a', '20000', { kind: 'write_off', value_date: '2025-06-19' }),
  ],
});

/** ORD-6: red documents count in their own month; what a prepayment covers never was credit, later money was. */
const billed = merge(
  of('billings', {
    receivable_document: [document('O6', '2025-03-05', '113000'), document('O6r', '2025-03-20', '-6500')],
  }),
  of('prepaid in part', {
    receivable_document: [document('V1', '2025-03-10', '10000')],
    receipt: [
      receipt('V-1', '2025-03-01', '4000', { is_prepayment: true }),
      receipt('V-2', '2025-03-11', '6000'),
    ],
    allocation: [
      paid('V1', '4000', { receipt_ref: 'V-1', kind: 'prepayment_applied' }),
      paid('V1', '6000', { receipt_ref: 'V-2' }),
    ],
  }),
  of('prepaid in full', {
    receivable_document: [document('V2', '2025-06-10', '500')],
    receipt: [receipt('V-3', '2025-06-10', '700')],
    allocation: [paid('V2', '500', { receipt_ref: 'V-3' })],
  }),
);

/** REC-4: what its entry says of edges. */
const backwards = merge(
  of('a month without sales', {
    receivable_document: [document('Z4', '2025-04-02', '100'), document('Z6', '2025-06-02', '60')],
    receipt: [receipt('Z-1', '2025-06-05', '60')],
    allocation: [paid('Z4', '60', { receipt_ref: 'Z-1' })],
  }),
  of('a negative month', {
    receivable_document: [
      document('N4', '2025-04-02', '100'),
      document('N5', '2025-05-02', '100'),
      document('N6', '2025-06-02', '-50'),
    ],
  }),
  of('in mid-month', {
    receivable_document: [document('M6', '2025-06-02', '120'), document('M7', '2025-07-03', '40')],
    receipt: [receipt('M-1', '2025-07-01', '60')],
    allocation: [paid('M6', '60', { receipt_ref: 'M-1' })],
  }),
  of('sold long ago', { receivable_document: [document('L1', '2023-07-20', '10')] }),
  of('owes less than nothing', {
    receivable_document: [document('B1', '2025-06-03', '100'), document('B2', '2025-06-04', '-130')],
  }),
);

/** REC-7: 100,000 ten days late and 300,000 two days early; a commercial bill counts on the day it is paid. */
const lateness = merge(
  of('late and early', {
    receivable_document: [
      document('P1', '2025-02-05', '100000', { due_date: '2025-03-10' }),
      document('P2', '2025-02-05', '300000', { due_date: '2025-03-21' }),
    ],
    receipt: [receipt('P-1', '2025-03-20', '100000'), receipt('P-2', '2025-03-19', '300000')],
    allocation: [paid('P1', '100000', { receipt_ref: 'P-1' }), paid('P2', '300000', { receipt_ref: 'P-2' })],
  }),
  of('a commercial bill', {
    receivable_document: [document('P3', '2025-01-06', '50000', { due_date: '2025-02-10' })],
    receipt: [receipt('P-3', '2025-02-10', '50000', { method: 'commercial_bill', bank_reference: 'CB1' })],
    allocation: [paid('P3', '50000', { receipt_ref: 'P-3', kind: 'commercial_bill' })],
    acceptance_bill: [
      {
        source_id: 'CB1',
        number: 'CB1',
        kind: 'commercial_bill',
        acceptor: '苏州某公司',
        face_cny: '50000',
        signed_date: '2025-02-10',
        maturity_date: '2025-05-12',
      },
    ],
  }),
  { bill_event: [{ source_id: 'CB1 paid', bill_ref: 'CB1', event: 'matured', event_date: '2025-05-12' }] },
);

/** REC-11: 50, 30 and 20 of a region, and one who is owed money; eleven alike of another. */
const concentration = merge(
  ...(['50', '30', '20', '-40'] as const).map((amount) => inRegion('三家', amount, amount)),
  ...Array.from({ length: 11 }, (_, n) => inRegion('十一家', String(n), '10')),
);

function inRegion(region: string, name: string, amount: string): Records {
  const ref = `${region} ${name}`;
  return {
    customer: [{ source_id: ref, name: ref, region }],
    receivable_document: [{ ...document(ref, '2025-06-03', amount), customer_ref: ref }],
  };
}

/** REC-12: (120,000 - 20,000) / 36,000,000; the year before does not count. Ages by anniversaries, also of 29 February. */
const losses = merge(
  of('write-offs', {
    receivable_document: [document('W1', '2024-06-30', '500000'), document('W2', '2024-07-01', '36000000')],
    allocation: [
      paid('W1', '7000', { kind: 'write_off', value_date: '2024-06-30' }),
      paid('W2', '120000', { kind: 'write_off', value_date: '2025-02-10' }),
      paid('W2', '-20000', { kind: 'write_off', value_date: '2025-06-30' }),
    ],
  }),
  of('a leap year', { receivable_document: [document('Y1', '2024-02-29', '1000.10')] }),
);

/** REC-13, REC-14 and ORD-1 to ORD-5: the customer of REC-1 with a retention, a bill until October and an order under way. */
const exposed = merge(
  of('exposure', {
    receivable_document: [
      document('A', '2025-03-05', '100000', { due_date: '2025-04-04' }),
      document('B', '2025-03-20', '56500', { due_date: '2025-04-19' }),
      document('N', '2025-04-15', '-6500', { is_credit_note: true }),
      document('Q', '2024-12-02', '20000'),
    ],
    instalment: [
      { document_ref: 'Q', line_number: 1, due_date: '2025-12-02', amount_cny: '20000', is_retention: true },
    ],
    receipt: [
      receipt('A-1', '2025-04-10', '80000'),
      receipt('A-2', '2025-04-11', '15000', { method: 'bank_bill', bank_reference: 'YC1' }),
      receipt('A-3', '2025-04-28', '3000'),
    ],
    allocation: [
      allocation('A', '80000', { receipt_ref: 'A-1', allocated_at: '2025-05-06 02:00:00' }),
      paid('A', '15000', { receipt_ref: 'A-2', kind: 'bank_bill' }),
      paid('B', '6500', { credit_note_number: 'N', kind: 'credit_note' }),
    ],
    acceptance_bill: [
      {
        source_id: 'YC1',
        number: 'YC1',
        kind: 'bank_bill',
        acceptor: '苏州银行',
        face_cny: '15000',
        signed_date: '2025-04-11',
        maturity_date: '2025-10-10',
      },
    ],
    sales_order: [
      { source_id: 'SO1', number: 'SO1', order_date: '2025-04-01', amount_cny: '113000' },
      { source_id: 'SO3', number: 'SO3', order_date: '2025-06-02', amount_cny: '4000000' },
      { source_id: 'SO2', number: 'SO2', order_date: '2025-02-03', amount_cny: '113000' },
    ],
    delivery: [{ number: 'D1', delivery_date: '2025-04-08', amount_cny: '67800' }],
  }),
  {
    bill_event: [
      {
        source_id: 'YC1 discounted',
        bill_ref: 'YC1',
        event: 'discounted',
        event_date: '2025-06-16',
        interest_cny: '90',
        with_recourse: true,
      },
    ],
    sales_order_line: [
      { source_id: 'L1', order_ref: 'SO1', line_number: 1, quantity: '100', amount_cny: '113000' },
      { source_id: 'L3', order_ref: 'SO3', line_number: 1, quantity: '2000', amount_cny: '4000000' },
      { source_id: 'L2', order_ref: 'SO2', line_number: 1, quantity: '100', amount_cny: '113000' },
    ],
    order_line_movement: [
      moved('L1', 'delivered', '60', '2025-04-08'),
      moved('L1', 'returned_for_replacement', '5', '2025-04-15'),
      moved('L1', 'invoiced', '40', '2025-04-20'),
      moved('L2', 'delivered', '60', '2025-02-10'),
      moved('L2', 'invoiced', '60', '2025-02-11'),
      moved('L2', 'closed', null, '2025-03-14'),
    ],
  },
);

function moved(order_line_ref: string, kind: string, quantity: string | null, movement_date: string) {
  return { order_line_ref, kind, quantity, movement_date };
}

/** ORD-7, and ORD-5 by value: a source whose deliveries know no order lines. */
const shipped = of('returns', {
  delivery: [
    { connection: 'erp2', number: 'D2', delivery_date: '2025-04-08', amount_cny: '500000' },
    { connection: 'erp2', number: 'D3', delivery_date: '2025-06-10', amount_cny: '900' },
  ],
  goods_return: [
    { connection: 'erp2', number: 'T1', return_date: '2025-04-22', amount_cny: '15000', reason: '换货' },
  ],
  receivable_document: [
    { connection: 'erp2', ...document('I1', '2025-04-09', '500000') },
    { connection: 'erp2', ...document('I2', '2025-04-23', '-15000') },
  ],
});

/** REC-15: 200,000 thirty days after the last day by law, 31 March 2025; and public bodies by what was agreed. */
const statutory = merge(
  large(
    'a large enterprise',
    'large_enterprise',
    document('G1', '2025-02-05', '200000', delivered('2025-02-28')),
  ),
  large('a public body', 'public_body', document('G2', '2025-02-05', '100', delivered('2025-02-20'))),
  large(
    'a public body, 45 days',
    'public_body',
    document('G3', '2025-02-05', '100', delivered('2025-03-17')),
  ),
  large(
    'a public body, 90 days',
    'public_body',
    document('G4', '2025-02-05', '100', delivered('2025-05-01')),
  ),
  of('a small one', { receivable_document: [document('G5', '2025-02-05', '100', delivered('2025-02-28'))] }),
);

function delivered(due_date: string) {
  return { due_date, delivery_date: '2025-01-30' };
}

function large(name: string, payer_class: string, record: ReturnType<typeof document>): Records {
  return {
    customer: [{ source_id: name, name, payer_class }],
    receivable_document: [{ customer_ref: name, ...record }],
  };
}

export const receivableCases: Case = {
  today,
  entities: withLimit(
    merge(
      days,
      rolled,
      billed,
      backwards,
      lateness,
      concentration,
      losses,
      exposed,
      secondErp(shipped),
      statutory,
    ),
  ),
};

/** The customer of the second ERP is one of that connection. */
function secondErp(records: Records): Records {
  return { ...records, customer: (records.customer ?? []).map((one) => ({ ...one, connection: 'erp2' })) };
}

function withLimit(records: Records): Records {
  return {
    ...records,
    customer: (records.customer ?? []).map((one) =>
      one.name === 'exposure' ? { ...one, credit_limit_cny: '200000' } : one,
    ),
  };
}
