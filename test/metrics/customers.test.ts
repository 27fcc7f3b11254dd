import type { CustomerPage } from '../../hub/customer360/customer360Work';
import { buildModels } from '../../warehouse';
import { type HubUnderTest, hubOver } from '../hub/hubOver';
import { engines } from '../support/engines';
import { customerCase, today } from './customerCases';

const CONFIG = `company: 测试公司
users:
  - { id: finance1, name: 会计, role: finance }
  - { id: E1, name: 销售1, role: sales }
  - { id: E2, name: 销售2, role: sales }
`;

/** METRICS CUS-1 to CUS-4, PEO-5 and one customer's page (C4), over both engines: by hand, and against Cube for the same ids. */
describe.each(engines)('customers over $name', ({ open }) => {
  let on: HubUnderTest;
  let page: CustomerPage;
  const ask = async (query: object): Promise<Record<string, unknown>> => {
    const { body } = await on.ask('/api/query', {
      method: 'POST',
      headers: { authorization: `Bearer ${on.adminToken}` },
      body: { query },
    });
    expect(body).toEqual([expect.anything()]);
    return (body as Record<string, unknown>[])[0] ?? {};
  };
  const equals = (member: string, value: string) => ({ member, operator: 'equals', values: [value] });
  const admin: HubUnderTest['ask'] = (path, options) =>
    on.ask(encodeURI(path), { ...options, headers: { authorization: `Bearer ${on.adminToken}` } });
  const as =
    (person: string): HubUnderTest['ask'] =>
    (path, options) =>
      on.as(person)(encodeURI(path), options);
  const build = () =>
    buildModels(on.warehouse, { runId: 'again', connections: [], asOfDate: today, keepStaging: true });
  beforeAll(async () => {
    on = await hubOver(customerCase, CONFIG, open);
    page = (await admin('/api/customer360/erp:老客户')).body as CustomerPage;
  }, 120_000);
  afterAll(() => on?.close());

  test('CUS-1: 730,000 of 1,000,000 are repeat orders, and every slice adds up', async () => {
    const measures = ['order_flows.intake', 'order_flows.repeat_intake', 'order_flows.repeat_share'];
    const june = { measures, filters: [equals('order_flows.month', '2025-06')] };
    const found = await ask(june);
    expect(found['order_flows.repeat_intake']).toBe('730000.00');
    expect(found['order_flows.intake']).toBe('1000000.00');
    expect(Number(found['order_flows.repeat_share'])).toBeCloseTo(0.73, 9);
    const slices = await on.rows(
      "select customer_name, is_repeat, sum(amount_cny) as a from marts.order_flow where month = '2025-06' and kind = 'intake' group by 1, 2 order by 3",
    );
    expect(slices.map((each) => Object.values(each))).toEqual([
      ['建档早的客户', true, '30000.00'],
      ['取消过的客户', false, '70000.00'],
      ['新客户', false, '200000.00'],
      ['老客户', true, '700000.00'],
    ]);
  });

  test('CUS-2: 164 of 200 customers stayed, 147,600 of 200,000 by value', async () => {
    const names = ['retention', 'retention_by_value', 'retained_customers', 'earlier_customers'];
    const found = await ask({
      measures: names.map((name) => `customer_retention.${name}`),
      filters: [{ member: 'customer_retention.customer_name', operator: 'startsWith', values: ['留存'] }],
    });
    expect(names.map((name) => Number(found[`customer_retention.${name}`]))).toEqual([0.82, 0.738, 164, 200]);
  });

  test('CUS-3: 153 orders of 34 customers are 4.5; gaps of 10, 20 and 60 days have the median 20', async () => {
    const found = await ask({
      measures: ['customer_retention.order_frequency', 'customer_retention.orders'],
      filters: [{ member: 'customer_retention.customer_name', operator: 'startsWith', values: ['常客'] }],
    });
    expect(Object.values(found).map(Number)).toEqual([4.5, 153]);
    const gap = await ask({
      measures: ['order_rhythm.median_gap'],
      filters: [equals('order_rhythm.customer_name', '常客0')],
    });
    expect(Number(gap['order_rhythm.median_gap'])).toBe(20);
  });

  test('CUS-4: 60 days agreed, 74.2 lived', async () => {
    const found = await ask({
      measures: ['payment_terms.agreed_days', 'payment_terms.actual_days'],
      filters: [equals('payment_terms.customer_name', '账期客户')],
    });
    expect(Number(found['payment_terms.agreed_days'])).toBe(60);
    expect(Number(found['payment_terms.actual_days'])).toBeCloseTo(74.2, 9);
  });

  test('PEO-5: from 2.0 to 0.5 persons, against a baseline that stays as it was', async () => {
    const june = { measure: 'admin_hours', from: '2024-06', to: '2024-06' };
    const wanted = { method: 'POST', body: june };
    expect((await as('E1')('/api/outcomes/baseline', wanted)).status).toBe(403);
    expect((await admin('/api/outcomes/baseline', wanted)).body).toEqual(['2024-06']);
    const typed = { ...june, measure: 'sales_cycle', value: '83' };
    expect((await admin('/api/outcomes/baseline', { method: 'POST', body: typed })).status).toBe(200);
    const late = { month: '2024-06', person: 'E2', hours: '0', what: '月度应收统计' };
    expect((await as('E2')('/api/outcomes/hours', { method: 'POST', body: late })).status).toBe(200);
    expect((await as('E1')('/api/outcomes/hours', { method: 'POST', body: late })).status).toBe(403);
    await build();
    const measures = ['outcomes.before', 'outcomes.after'];
    const hours = await ask({
      measures,
      filters: [equals('outcomes.measure', 'admin_hours'), equals('outcomes.month', '2025-06')],
    });
    expect(Object.values(hours).map(Number)).toEqual([2, 0.5]);
    const cycle = await ask({
      measures,
      dimensions: ['outcomes.middle'],
      filters: [equals('outcomes.measure', 'sales_cycle'), equals('outcomes.month', '2025-06')],
    });
    expect(Object.entries(cycle).map(([name, value]) => [name, Number(value)])).toEqual([
      ['outcomes.middle', 61],
      ['outcomes.before', 83],
      ['outcomes.after', 61],
    ]);
    expect((await as('E1')('/api/outcomes')).status).toBe(403);
  });

  test('C4: figures of the page are those of Cube for the same customer and time', async () => {
    const year = (member: string) => [{ dimension: member, dateRange: ['2024-07-16', today] }];
    const of = (view: string) => [equals(`${view}.customer_id`, 'erp:老客户')];
    const flows = await ask({
      measures: ['intake', 'repeat_intake', 'return_rate', 'returned'].map((name) => `order_flows.${name}`),
      filters: of('order_flows'),
      timeDimensions: year('order_flows.flow_date'),
    });
    const money = await ask({
      measures: ['receivables.net', 'receivables.gross', 'receivables.overdue'],
      filters: of('receivables'),
    });
    const terms = await ask({
      measures: ['payment_terms.agreed_days', 'payment_terms.actual_days'],
      filters: of('payment_terms'),
      timeDimensions: year('payment_terms.term_date'),
    });
    const exposure = await ask({ measures: ['credit_exposure.exposure'], filters: of('credit_exposure') });
    const { figures } = page;
    expect([figures.intake_cny, figures.repeat_cny, figures.returned_cny]).toEqual([
      flows['order_flows.intake'],
      flows['order_flows.repeat_intake'],
      flows['order_flows.returned'],
    ]);
    expect([figures.net_cny, figures.gross_cny, figures.overdue_cny]).toEqual(Object.values(money));
    expect(figures.exposure_cny).toBe(exposure['credit_exposure.exposure']);
    expect(Number(figures.return_rate)).toBeCloseTo(Number(flows['order_flows.return_rate']), 9);
    expect(Number(figures.return_rate)).toBeCloseTo(0.03, 9);
    expect([figures.agreed_days, figures.actual_days].map(Number)).toEqual(Object.values(terms).map(Number));
    expect([Number(figures.agreed_days), Number(figures.actual_days)]).toEqual([30, 40]);
    expect([figures.net_cny, figures.overdue_cny]).toEqual(['699749.50', '700000.00']);
  });

  test('C4: people, job changes and interactions stand there once each, with how sure they are', () => {
    const { contacts, interactions, orders } = page.sections;
    expect(
      contacts.lists.contacts?.map(({ name, title, has_left, records }) => [name, title, has_left, records]),
    ).toEqual([
      ['陈工', '采购主管', false, 2],
      ['吴工', null, true, 1],
      ['周工', null, true, 1],
    ]);
    expect(
      contacts.lists.changes?.map(({ kind, name, precision, changed_date, other_customer_name }) => [
        kind,
        name,
        precision,
        changed_date,
        other_customer_name,
      ]),
    ).toEqual([
      ['left', '周工', 'snapshot', '2025-04-01', null],
      ['moved', '吴明', 'matched', '2025-03-03', '新客户'],
      ['title', '陈工', 'exact', '2025-01-08', null],
    ]);
    expect(interactions.lists.months?.map((row) => Object.values(row))).toEqual([
      ['2025-06', 'visit', 1, 1],
      ['2025-07', 'internal_note', 1, 0],
      ['2025-07', 'visit', 2, 2],
    ]);
    expect(interactions.lists.latest?.map(({ activity_id }) => activity_id)).toEqual([
      'erp:v 2025-07-10',
      'erp:note',
      'erp:v 2025-07-01',
      'erp:v 2025-06-01',
      'erp:too old',
    ]);
    expect(orders.lists.latest?.[0]).toMatchObject({ amount_cny: '700000.00', order_date: '2025-06-05' });
    expect(page.statements).toBeLessThan(32);
  });

  test('interactions go on page by page, without a row twice', async () => {
    const at = '/api/customer360/erp:老客户/activities?limit=2';
    const first = (await admin(at)).body as { activity_id: string }[];
    const second = (await admin(`${at}&before=${first[1]?.activity_id}`)).body;
    expect([...first, ...(second as typeof first)].map(({ activity_id }) => activity_id)).toEqual([
      'erp:v 2025-07-10',
      'erp:note',
      'erp:v 2025-07-01',
      'erp:v 2025-06-01',
    ]);
  });

  test('who has no right gets the answer of a customer that does not exist', async () => {
    const seen = await as('E1')('/api/customer360/erp:老客户');
    expect((seen.body as CustomerPage).figures).toEqual(page.figures);
    const hidden = await as('E2')('/api/customer360/erp:老客户');
    const absent = await as('E2')('/api/customer360/erp:没有的客户');
    expect([hidden.status, absent.status]).toEqual([404, 404]);
    const said = ({ body }: typeof hidden, id: string) => {
      const { requestId, ...error } = (body as { error: Record<string, unknown> }).error;
      expect(requestId).toBeTruthy(); // of every answer its own
      return JSON.stringify(error).replaceAll(id, '#');
    };
    expect(said(hidden, 'erp:老客户')).toBe(said(absent, 'erp:没有的客户'));
    expect((await as('E2')('/api/customer360/erp:老客户/activities')).body).toEqual([]);
    const found = (await as('E2')('/api/customer360?text=')).body as { name: string }[];
    expect(found.map(({ name }) => name)).toEqual(['新客户']);
    const review = { method: 'POST', body: {} };
    expect((await as('E2')('/api/customer360/erp:老客户/review', review)).status).toBe(404);
  });

  test('a customer is found by name and by part of it', async () => {
    const found = (await admin('/api/customer360?text=建档&limit=5')).body as { customer_id: string }[];
    expect(found.map(({ customer_id }) => customer_id)).toEqual(['erp:建档早的客户']);
    const whole = (await admin('/api/customer360/老客户')).body as CustomerPage;
    expect(whole.customerId).toBe('erp:老客户');
  });

  test('base data is due after a year, and a review sets the clock back at once', async () => {
    expect(page.base).toMatchObject({ reviewedAt: null, freshDate: '2024-01-01', isReviewDue: true });
    expect(page.base.ages).toEqual([{ part: 'erp', date: '2024-01-01', days: 561 }]);
    const review = { method: 'POST', body: { note: '电话核对' } };
    expect((await as('E1')('/api/customer360/erp:老客户/review', review)).status).toBe(200);
    const after = (await admin('/api/customer360/erp:老客户')).body as CustomerPage;
    expect(after.base).toMatchObject({ reviewedBy: '销售1', isReviewDue: false });
  });

  test('a section says when its source failed, was never connected, or was read on time', async () => {
    expect(page.sections.orders.completeness).toBe('not_connected');
    await on.warehouse.run(`insert into meta.model_source (model, source, kind) values
      ('staging.sales_order', 'erp.orders', 'stream'), ('staging.contact', 'crm.contacts', 'stream')`);
    for (const [run, connection, status, at] of [
      ['r1', 'erp', 'done', '2025-07-15 01:00:00'],
      ['r2', 'crm', 'done', '2025-07-14 01:00:00'],
      ['r3', 'crm', 'failed', '2025-07-15 01:00:00'],
    ] as const)
      await on.warehouse.run(
        `insert into meta.run (run_id, kind, connection, cause, status, started_at, ended_at)
         values (?, 'sync', ?, 'manual', ?, cast(? as timestamp), cast(? as timestamp))`,
        [run, connection, status, at, at],
      );
    const { sections } = (await admin('/api/customer360/erp:老客户')).body as CustomerPage;
    expect([
      sections.orders.completeness,
      sections.contacts.completeness,
      sections.bills.completeness,
    ]).toEqual(['complete', 'failed', 'not_connected']);
    expect(sections.contacts.readAt).toBe('2025-07-14T01:00:00.000Z');
    expect(sections.contacts.sources).toEqual([
      { connection: 'crm', lastSuccessAt: '2025-07-14T01:00:00.000Z', completeness: 'failed' },
    ]);
  });
});
