import type { Case, Given } from '../models/given';
import { document, line, loaded, merge } from '../models/records';
import { engines } from '../support/engines';
import { overCube } from './overCube';

/**
 * DAT-5 and DAT-6 by hand. 1,500.00 is owed: 1,000 by a customer of one credit code in ERP and CRM, 300 by one that its name holds
 * together, 50 and 20 by two that a person merged, 130 by one that stands alone. A payer is unknown.
 */
const CODE = '91320594MA1XK3QY5J';
const customer = (source_id: string, name: string, more: Given = {}): Given => ({ source_id, name, ...more });
const crm = (source_id: string, name: string, more: Given = {}): Given =>
  customer(source_id, name, { connection: 'crm', kind: 'crm', ...more });
const owes = (customer_ref: string, amount: string, more: Given = {}): Given => ({
  customer_ref,
  ...document(`D${customer_ref}`, '2025-05-02', amount, more),
});

const company: Case = {
  today: '2025-05-30',
  entities: merge({
    employee: [{ source_id: 'e1', employee_number: 'E1', name: '王一', region: '华东', role: 'sales' }],
    customer: [
      customer('1', '苏州恒力精密机械有限公司', { credit_code: CODE, owner_ref: 'e1' }),
      crm('c1', '恒力精密', { credit_code: CODE }),
      customer('2', '无锡（太湖）传动厂'),
      crm('c2', '无锡(太湖) 传动厂'),
      customer('3', '宁波甬江阀门厂'),
      customer('4', '甬江阀业'),
      customer('5', '合肥包河轴承厂'),
    ],
    receivable_document: [
      owes('1', '1000.00', { due_date: '2025-06-30' }),
      owes('2', '300.00'),
      owes('3', '50.00'),
      owes('4', '20.00'),
      owes('5', '130.00'),
    ],
    instalment: [{ source_id: 'i1', document_ref: 'D5', due_date: '2025-07-01', amount_cny: '100.00' }],
    payment_term: [{ source_id: 't2', customer_ref: '2', kind: 'net', days: 60 }],
    bank_coverage: [loaded('2025-05-01', '2025-05-30')],
    bank_transaction: [line('x', '2025-05-20', '88.00', { counterparty_name: '谁也不认识的厂' })],
  }),
  events: [
    {
      id: 'm1',
      kind: 'customer.merged',
      actor: 'fin',
      body: { records: ['erp:3', 'erp:4'] },
      happenedAt: '2025-05-10 02:00:00',
    },
  ],
};

describe.each(engines)('METRICS section 11 over $name', ({ open }) => {
  const over = overCube(company, open);
  const ask = (query: object) => over.cube.load(query, { scope: 'all' });

  test('DAT-5: two records each by credit code, name and a person; one record and one payer by nothing', async () => {
    const rows = await ask({
      measures: ['customer_identity.records', 'customer_identity.receivables'],
      dimensions: ['customer_identity.rule'],
      order: { 'customer_identity.rule': 'asc' },
    });
    expect(rows.map((row) => Object.values(row).map(String).sort())).toEqual(
      [
        ['credit_code', '2', '1000.00'],
        ['name', '2', '300.00'],
        ['none', '2', '130.00'],
        ['reviewed', '2', '70.00'],
      ].map((row) => row.sort()),
    );
  });

  test('DAT-5: 6 of 8 records are 75 %, 1,370 of 1,500 are 91.3 %', async () => {
    const [row] = await ask({
      measures: ['customer_identity.resolved_share', 'customer_identity.resolved_receivables_share'],
    });
    expect(Number(row?.['customer_identity.resolved_share'])).toBeCloseTo(0.75, 9);
    expect(Number(row?.['customer_identity.resolved_receivables_share'])).toBeCloseTo(1370 / 1500, 9);
  });

  test('DAT-5: the receivables of records are REC-1, customer by customer', async () => {
    const rows = await over.built.rows(`
      select resolved.customer_id from (
        select customer_id, sum(receivable_cny) as amount from marts.resolved_record where customer_id is not null group by customer_id
      ) as resolved
      left join marts.receivable_balance as balance
        on balance.customer_id = resolved.customer_id and balance.as_of_date = date '2025-05-30'
      where resolved.amount <> coalesce(balance.gross_cny, 0)`);
    expect(rows).toEqual([]);
  });

  test.each`
    field            | complete     | share          | items
    ${'credit_code'} | ${'1000.00'} | ${1000 / 1500} | ${1}
    ${'due_date'}    | ${'1100.00'} | ${1100 / 1500} | ${2}
    ${'term'}        | ${'300.00'}  | ${300 / 1500}  | ${1}
    ${'owner'}       | ${'1000.00'} | ${1000 / 1500} | ${1}
  `('DAT-6: $field is there for $complete of 1,500.00, $items of 6 items', async (expected) => {
    const view = (name: string) => `completeness.${name}`;
    const [row] = await ask({
      measures: ['receivables', 'complete_receivables', 'complete_share', 'complete_item_share'].map(view),
      filters: [{ member: view('field'), operator: 'equals', values: [expected.field] }],
    });
    expect([row?.[view('receivables')], row?.[view('complete_receivables')]]).toEqual([
      '1500.00',
      expected.complete,
    ]);
    expect(Number(row?.[view('complete_share')])).toBeCloseTo(expected.share, 9);
    expect(Number(row?.[view('complete_item_share')])).toBeCloseTo(expected.items / 6, 9);
  });
});
