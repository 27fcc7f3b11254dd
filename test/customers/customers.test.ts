import { buildModels, type Row } from '../../warehouse';
import { freezeMonths } from '../../workflows/activities/freeze';
import { type AskOptions, hubOver, type HubUnderTest } from '../hub/hubOver';
import type { Given } from '../models/given';
import { document, line, loaded, merge, type Records, receipt, statement } from '../models/records';
import { engines } from '../support/engines';

/**
 * Who is one customer, as people decide it over HTTP (A11): checks and rights of each act, what it says at once, and that every number
 * follows with the next build and comes back with the undo, to the cent. Figures by hand. June is frozen before anybody acts.
 */
const TODAY = '2025-07-10';
const CONFIG = `
company: 织水精密
users:
  - { id: fin, name: 财务, role: finance }
  - { id: east, name: 华东经理, role: region_manager, regions: [华东] }
  - { id: E1, name: 王一, role: sales }
`;
const [CODE_1, CODE_2] = ['91320594MA1XK3QY5J', '91310115MA1K4BHW25'];

const of = (ref: string, name: string, more: Given, records: Records): Records =>
  merge(
    { customer: [{ source_id: ref, name, ...more }] },
    Object.fromEntries(
      Object.entries(records).map(([entity, rows]) => [
        entity,
        rows.map((row) => ({ customer_ref: ref, ...row })),
      ]),
    ),
  );
const of1 = (region: string, owner_ref: string, ref: string): Records => ({
  territory_assignment: [{ source_id: ref, customer_ref: ref, owner_ref, region, valid_from: '2020-01-01' }],
});
const order = (number: string, order_date: string, amount_cny: string): Given => ({
  source_id: number,
  number,
  order_date,
  amount_cny,
});
const onDocument = (number: string): Given => ({ subject_kind: 'document', subject_number: number });

const entities = merge(
  {
    employee: [
      { source_id: 'e1', employee_number: 'E1', name: '王一', role: 'sales' },
      { source_id: 'e2', employee_number: 'E2', name: '李二', role: 'sales' },
    ],
    bank_coverage: [loaded('2025-01-01', TODAY)],
  },
  of(
    'K1',
    '明光轴承有限公司',
    { credit_code: CODE_1 },
    {
      receivable_document: [document('D1', '2025-06-05', '1000', { due_date: '2025-06-20' })],
      receipt: [receipt('R1', '2025-07-09', '150')],
      sales_order: [order('O1', '2025-03-01', '5000'), order('O0', '2024-07-10', '90000')], // the latter a day too old
      forecast_statement: [statement('s1', '2025-06-01', '600', '2025-06-18', onDocument('D1'))],
    },
  ),
  of(
    'K2',
    '明光轴承机械厂',
    {},
    {
      receivable_document: [document('D2', '2025-06-10', '300', { due_date: '2025-07-10' })],
      receipt: [receipt('R2', '2025-07-01', '400')],
      sales_order: [order('O2', '2025-06-01', '700')],
      forecast_statement: [
        statement('s2', '2025-06-20', '300', '2025-07-07', { ...onDocument('D2'), certainty: 'confirmed' }),
      ],
    },
  ),
  of(
    'K3',
    '天河阀门有限公司',
    { credit_code: CODE_2 },
    {
      receivable_document: [document('D3', '2025-06-11', '40', { due_date: '2025-07-30' })],
    },
  ),
  {
    customer: [
      {
        connection: 'crm',
        kind: 'crm',
        source_id: 'C1',
        name: '明光轴承',
        credit_code: CODE_1,
        owner_ref: null,
      },
    ],
  },
  {
    bank_transaction: [line('x', '2025-07-02', '66.60', { counterparty_name: '谁也不认识的厂' })],
  },
  of1('华东', 'e1', 'K1'),
  of1('华东', 'e1', 'K2'),
  of1('华南', 'e2', 'K3'),
);

/** Rows that only one of the two has, with their table. */
function differing(one: Map<string, string[]>, other: Map<string, string[]>): string[] {
  const flat = (tables: Map<string, string[]>) =>
    [...tables].flatMap(([name, rows]) => rows.map((row) => `${name} ${row}`));
  const [a, b] = [flat(one), flat(other)];
  const [inA, inB] = [new Set(a), new Set(b)];
  return [
    ...a.filter((row) => !inB.has(row)),
    ...b.filter((row) => !inA.has(row)),
    ...(a.length === b.length ? [] : [`${a.length} rows, not ${b.length}`]),
  ];
}

describe.each(engines)('who is one customer, on $name', ({ open }) => {
  let on: HubUnderTest;
  let start: Map<string, string[]>;
  let frozen: Map<string, string[]>;
  beforeAll(async () => {
    on = await hubOver({ today: TODAY, entities }, CONFIG, open);
    await freezeMonths(on.warehouse, { runId: 'freeze', asOfDate: TODAY });
    await built();
    start = await tables('marts');
    frozen = await tables('ops', 'frozen_');
  }, 120_000);
  afterAll(() => on?.close());

  const built = () =>
    buildModels(on.warehouse, { runId: 'again', connections: [], asOfDate: TODAY, keepStaging: true });
  const tables = async (schema: string, prefix = ''): Promise<Map<string, string[]>> => {
    const names = await on.rows(
      `select table_name from information_schema.tables where table_schema = '${schema}' and starts_with(table_name, '${prefix}') order by 1`,
    );
    const found = new Map<string, string[]>();
    for (const { table_name: name } of names) {
      const rows = await on.rows(`select * from ${schema}.${String(name)}`);
      found.set(String(name), rows.map((row) => JSON.stringify(row)).sort());
    }
    return found;
  };
  const ask = async (person: string, path: string, options?: AskOptions) => {
    const { status, body } = await on.as(person)(`/api/customers${path}`, options);
    return { status, body: body as Record<string, unknown> & { decision: string; rows: Row[] } };
  };
  const act = (person: string, path: string, body: unknown) => ask(person, path, { body });
  const balance = (customer: string) =>
    on.rows(`select gross_cny, unapplied_cny, net_cny, prepayment_cny from marts.receivable_balance
      where customer_id = '${customer}' and as_of_date = date '${TODAY}'`);

  test('what cannot be is refused, with what to do', async () => {
    const refused: [string, string, unknown, number, string][] = [
      ['E1', '/merge', { refs: ['erp:K1', 'erp:K2'] }, 403, 'Only finance, managers and administrators'],
      ['east', '/merge', { refs: ['erp:K1', 'erp:K3'] }, 404, 'outside of your customers'],
      ['east', '/keep-apart', { pair: ['erp:K1', 'erp:K3'] }, 404, 'outside of your customers'],
      ['fin', '/merge', { refs: ['erp:K1', 'erp:K9'] }, 404, 'It is not there'],
      ['fin', '/merge', { refs: ['erp:K1', 'crm:C1'] }, 400, 'one customer already'],
      ['fin', '/merge', { refs: ['erp:K1', 'erp:K3'] }, 400, 'registered as different companies'],
      [
        'fin',
        '/merge',
        { refs: ['erp:K1', 'erp:K3'], reason: ' ' },
        400,
        'registered as different companies',
      ],
      ['fin', '/split', { records: ['erp:K2'] }, 400, 'nothing would change'],
      ['fin', '/split', { records: ['erp:K1', 'erp:K3'] }, 400, 'several customers'],
      ['fin', '/keep-apart', { pair: ['erp:K1', 'erp:K1'] }, 400, 'from itself'],
      ['fin', '/undo', { decision: 'nothing' }, 404, 'no such decision'],
    ];
    for (const [person, path, body, status, what] of refused) {
      const answer = await act(person, path, body);
      expect([path, body, answer.status]).toEqual([path, body, status]);
      expect(JSON.stringify(answer.body)).toContain(what);
    }
    expect(await on.rows("select * from ops.event where kind like 'customer.%'")).toEqual([]);
  });

  test('the queue holds pairs with their money, largest first, and what was decided is out at once', async () => {
    const queue = async (person: string) => (await ask(person, '/queue')).body;
    const first = await queue('fin');
    expect(
      first.rows.map(({ kind, record_a, record_b, money_cny }) => [kind, record_a, record_b, money_cny]),
    ).toEqual([
      ['pair', 'crm:C1', 'erp:K2', '7000.00'], // the record whose name says most
      ['payer', 'bank:payer:谁也不认识的厂', null, '66.60'],
    ]);
    expect(first.totals).toMatchObject([
      { kind: 'pair', waiting: 1, moneyCny: '7000.00' },
      { kind: 'ambiguous', waiting: 0, moneyCny: '0.00' },
      { kind: 'payer', waiting: 1, moneyCny: '66.60' },
    ]);
    expect((await queue('east')).rows.map((row) => row.kind)).toEqual(['pair']); // payers belong to nobody
    expect([(await queue('E1')).mayDecide, (await queue('east')).mayDecide]).toEqual([false, true]);

    const look = { refs: ['erp:K1', 'erp:K2'], preview: true };
    expect((await act('fin', '/merge', look)).body).toMatchObject({
      preview: true,
      moves: [{ recordId: 'erp:K2' }],
    });
    expect((await queue('fin')).rows.length).toBe(2);
    const kept = await act('east', '/keep-apart', { pair: ['erp:K2', 'erp:K1'] });
    expect(kept.body).toMatchObject({ moves: [], money: [] });
    expect((await queue('fin')).rows.map((row) => row.kind)).toEqual(['payer']);
    expect((await act('fin', '/keep-apart', { pair: ['erp:K1', 'erp:K2'] })).status).toBe(400);
    await act('fin', '/undo', { decision: kept.body.decision });
    expect((await queue('fin')).rows.length).toBe(2);
    const payer = await act('fin', '/merge', { refs: ['erp:K3', 'bank:payer:谁也不认识的厂'] });
    expect(payer.body.moves).toMatchObject([{ recordId: 'bank:payer:谁也不认识的厂', to: 'erp:K3' }]);
    expect((await queue('fin')).rows.map((row) => row.kind)).toEqual(['pair']);
    await act('fin', '/undo', { decision: payer.body.decision });
  });

  test('a merge and a split say at once what moves, the numbers follow, frozen months do not, and the undos give every row back', async () => {
    const merged = await act('east', '/merge', { refs: ['erp:K2', 'erp:K1'], id: 'm1', reason: '同一家' });
    expect([merged.status, merged.body]).toEqual([
      200,
      {
        decision: 'm1',
        kind: 'merged',
        preview: false,
        moves: [
          {
            recordId: 'erp:K2',
            name: '明光轴承机械厂',
            from: 'erp:K2',
            fromName: '明光轴承机械厂',
            to: 'erp:K1',
            toName: '明光轴承有限公司',
          },
        ],
        money: [
          {
            from: 'erp:K2',
            to: 'erp:K1',
            records: 1,
            receivableCny: '300.00',
            openItems: 1,
            intakeCny: '700.00',
            orders: 1,
          },
        ],
      },
    ]);
    expect((await act('fin', '/merge', { refs: ['erp:K2', 'erp:K1'], id: 'm1' })).body.moves).toEqual([]); // sent again
    expect((await act('fin', '/merge', { refs: ['erp:K2', 'erp:K1'] })).status).toBe(400);
    const before = await ask('fin', '/one?ref=erp:K2');
    expect(before.body.records).toMatchObject([{ record_id: 'erp:K2', moves_to: 'erp:K1' }]);

    const split = await act('fin', '/split', { records: ['crm:C1'] }); // against its credit code
    expect(split.body.moves).toMatchObject([{ recordId: 'crm:C1', from: 'erp:K1', to: 'crm:C1' }]);

    await built();
    expect(await balance('erp:K1')).toEqual([
      { gross_cny: '1300.00', unapplied_cny: '550.00', net_cny: '750.00', prepayment_cny: '0.00' },
    ]);
    expect(await balance('erp:K2')).toEqual([]);
    const customersOf = async (mart: string, condition = 'true') =>
      (
        await on.rows(
          `select distinct customer_id from marts.${mart} where customer_id like 'erp:K%' and ${condition} order by 1`,
        )
      ).map((row) => row.customer_id);
    expect(await customersOf('customer_health_live')).toEqual(['erp:K1', 'erp:K3']);
    expect(await customersOf('stated_cash')).toEqual(['erp:K1']);
    expect(await customersOf('morning_task', "task_kind in ('due', 'missing')")).toEqual(['erp:K1']);
    expect(
      await on.rows(
        "select sum(amount_cny) as amount from marts.order_flow where customer_id = 'erp:K1' and kind = 'intake'",
      ),
    ).toEqual([{ amount: '95700.00' }]);
    expect(differing(await tables('ops', 'frozen_'), frozen)).toEqual([]);
    const shown = await ask('east', '/one?ref=erp:K1');
    expect(shown.body.records).toMatchObject([
      { record_id: 'erp:K1', moves_to: null },
      { record_id: 'erp:K2', rule: 'reviewed', decision: 'm1', reviewed_by: 'east', moves_to: null },
    ]);
    const alone = "select customer_id, rule from core.customer_identity where source_id = 'C1'";
    expect(await on.rows(alone)).toEqual([{ customer_id: 'crm:C1', rule: 'reviewed' }]);

    await act('fin', '/undo', { decision: split.body.decision });
    const undone = await act('fin', '/undo', { decision: 'm1' });
    expect(undone.body).toMatchObject({
      moves: [{ recordId: 'erp:K2', from: 'erp:K1', to: 'erp:K2' }],
      money: [{ receivableCny: '300.00', intakeCny: '700.00' }],
    });
    const twice = await act('fin', '/undo', { decision: 'm1' });
    expect([twice.status, JSON.stringify(twice.body)]).toEqual([400, expect.stringContaining('by fin on')]);
    await built();
    expect(differing(await tables('marts'), start)).toEqual([]);
  }, 120_000);

  test('two registered companies are one customer when somebody says why', async () => {
    const merged = await act('fin', '/merge', { refs: ['erp:K1', 'erp:K3'], reason: '分公司' });
    expect(merged.body.moves).toMatchObject([{ recordId: 'erp:K3', from: 'erp:K3', to: 'erp:K1' }]);
    const log = await ask('fin', '/decisions?limit=1');
    expect(log.body).toMatchObject([{ decision: merged.body.decision, reason: '分公司', decided_by: 'fin' }]);
    await act('fin', '/undo', { decision: merged.body.decision });
  });
});
