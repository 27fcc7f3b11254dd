import { engines } from '../support/engines';
import { type BuiltCase, given } from '../models/given';
import { allocation, document, line, loaded, merge, of, people, receipt, statement } from '../models/records';

/**
 * Disputes, the morning list and control totals (REQUIREMENTS A12, B7, B9; METRICS DAT-4, FVA-7). Expected values by hand. Today is
 * Friday 2025-05-09; the list is for Monday the 12th. One build serves all cases: each is a customer of its own.
 */
const today = '2025-05-09';

const entities = merge(
  people,
  of('争议客户', {
    receivable_document: [document('D1', '2025-04-01', '1000'), document('D2', '2025-04-02', '500')],
    receipt: [receipt('rd', '2025-05-05', '400')],
    allocation: [
      allocation('D2', '400', { receipt_ref: 'rd' }),
      allocation('D2', '60', { kind: 'deduction', value_date: '2025-05-06' }),
    ],
  }),
  of('到期客户', {
    receivable_document: [
      document('T0', '2025-04-01', '10', { due_date: '2025-05-08' }), // overdue since yesterday: not for today
      document('T1', '2025-04-01', '11', { due_date: '2025-05-09' }),
      document('T2', '2025-04-01', '12', { due_date: '2025-05-10' }), // Saturday: effective on Monday
      document('T3', '2025-04-01', '13', { due_date: '2025-05-13' }),
    ],
  }),
  of('承诺客户', {
    receivable_document: [
      document('P1', '2025-03-01', '100'),
      document('P2', '2025-03-01', '200'),
      document('P3', '2025-03-01', '300'),
      document('P4', '2025-03-01', '400'),
    ],
    forecast_statement: [
      said('P1', '2025-04-20', '100', '2025-04-30', 'promised'), // + 3 workdays = 8 May: broken
      said('P2', '2025-04-20', '200', '2025-05-06', 'promised'), // + 3 workdays = 9 May: not yet over
      said('P3', '2025-05-08', '300', '2025-05-12', 'promised'), // for Monday
      said('P4', '2025-05-07', '400', '2025-05-07', 'confirmed'), // nothing came: flagged on the 8th
    ],
  }),
  of('到账客户', {
    bank_transaction: [line('a1', '2025-05-09', '77'), line('a0', '2025-05-08', '78')],
  }),
  {
    bank_transaction: [line('u1', '2025-05-02', '55', { counterparty_name: '不认识的公司', remark: '货款' })],
    bank_coverage: [loaded('2025-01-01', '2025-05-09'), loaded('2025-01-01', '2025-05-07', 'a2')],
  },
);

function said(document: string, day: string, amount: string, expected: string, certainty: string) {
  return statement(document, day, amount, expected, {
    subject_kind: 'document',
    subject_number: document,
    certainty,
    evidence: 'slip',
  });
}

const event = (
  id: string,
  kind: string,
  subject: string,
  body: Record<string, unknown>,
  reason?: string,
) => ({
  id,
  kind,
  actor: 'E1',
  subject,
  body,
  ...(reason !== undefined && { reason }),
  happenedAt: '2025-05-05 02:00:00',
});

const events = [
  event('e1', 'dispute.opened', 'dp1', {
    item_id: 'erp:D1',
    document_id: 'erp:D1',
    customer_id: 'x',
    amount: '300.00',
    reason: 'quality',
  }),
  event('e2', 'dispute.opened', 'dp2', {
    item_id: 'erp:D1',
    amount: '900.00',
    reason: 'price',
    note: '单价',
  }),
  event('e3', 'dispute.opened', 'dp3', { item_id: 'erp:D2', amount: '100.00', reason: 'delivery' }),
  event('e4', 'deduction.agreed', 'dp3', { amount: '90.00' }),
  event('e5', 'dispute.opened', 'dp4', { item_id: 'erp:D1', amount: '10.00', reason: 'other' }),
  event('e6', 'dispute.closed', 'dp4', { outcome: 'withdrawn' }),
  event('e7', 'dispute.closed', 'dp4', { outcome: 'deduction' }), // too late: it is closed
  event('t1', 'todo.done', 'due:erp:T1', {}),
  event('t2', 'todo.snoozed', 'due:erp:T2', { until: '2025-05-20' }, '客户月底付'),
  event('t3', 'todo.snoozed', 'payer:bank:u1', { until: '2025-05-08' }, '等回复'),
  event('t4', 'todo.done', 'arrived:bank:a1', {}),
  event('t5', 'todo.reopened', 'arrived:bank:a1', {}),
];

describe.each(engines)('finance models on $name', ({ open }) => {
  let built: BuiltCase;
  beforeAll(async () => {
    built = await given({ today, entities, events }, open);
  });
  afterAll(() => built.close());

  test('a dispute is a flag: no cent of an item is contested twice, and receivables stay', async () => {
    expect(
      await built.rows(
        `select dispute_id, is_open, outcome, open_amount_cny, disputed_open_cny, booked_deduction_cny, awaited_deduction_cny
         from marts.dispute order by dispute_id`,
      ),
    ).toEqual([
      row('dp1', true, null, '1000.00', '300.00', '0.00', '0.00'),
      row('dp2', true, null, '1000.00', '700.00', '0.00', '0.00'),
      row('dp3', true, null, '40.00', '40.00', '60.00', '30.00'),
      row('dp4', false, 'withdrawn', '1000.00', '0.00', '0.00', '0.00'),
    ]);
    expect(
      await built.rows(
        `select sum(net_cny)::decimal(18, 2) as net from marts.receivable_balance
         where as_of_date = date '2025-05-09' and customer_name = '争议客户'`,
      ),
    ).toEqual([{ net: '1040.00' }]);
  });

  test('the morning list has one row for each thing to do, with the last word on it', async () => {
    const rows = await built.rows(
      `select task_key, amount_cny, days, state, cast(task_date as varchar) as task_date, who from marts.morning_task order by task_key`,
    );
    expect(rows.map(({ task_key, amount_cny, days, state }) => [task_key, amount_cny, days, state])).toEqual([
      ['arrived:bank:a1', '77.00', 0, 'open'],
      ['bank:bank:a2', null, 2, 'open'],
      ['broken:erp:P1 2025-04-20', '100.00', 9, 'open'],
      ['due:erp:T1', '11.00', 0, 'done'],
      ['due:erp:T2', '12.00', -3, 'snoozed'],
      ['match:bank:a0', '78.00', 1, 'open'], // since yesterday it pays nothing
      ['missing:erp:P4 2025-05-07', '400.00', 2, 'open'],
      ['payer:bank:u1', '55.00', 7, 'open'],
      ['said:erp:P3 2025-05-08', '300.00', -3, 'open'],
    ]);
    expect(rows.find(({ task_key }) => task_key === 'said:erp:P3 2025-05-08')?.who).toBe('王一');
  });
});

const row = (
  dispute_id: string,
  is_open: boolean,
  outcome: string | null,
  open_amount_cny: string,
  disputed_open_cny: string,
  booked_deduction_cny: string,
  awaited_deduction_cny: string,
) => ({
  dispute_id,
  is_open,
  outcome,
  open_amount_cny,
  disputed_open_cny,
  booked_deduction_cny,
  awaited_deduction_cny,
});
