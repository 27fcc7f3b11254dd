import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bank as bankFolder } from '../connectors/bank';
import { fxiaoke } from '../connectors/fxiaoke';
import { kingdee } from '../connectors/kingdee';
import { type Connector, countOf, createKit, linesOf } from '../connectors/kit';
import { qichacha } from '../connectors/qichacha';
import { makeCompany } from './company/makeCompany';
import { type RunningDemo, startDemo } from './index';

/** The demo through its real connectors, over HTTP: what they read is what the company has. */
const OPTIONS = { today: '2026-11-24', seed: 1, live: false };
const company = makeCompany(OPTIONS);
const folder = mkdtempSync(join(tmpdir(), 'millrace-demo-'));
let demo: RunningDemo;
beforeAll(async () => {
  demo = await startDemo({ ...OPTIONS, folder });
});
afterAll(async () => {
  await demo.stop();
  rmSync(folder, { recursive: true });
});

async function open(name: string, connector: Connector) {
  const config = demo.connections.find((each) => each.name === name)?.config;
  const targets = company.customers
    .slice(0, 5)
    .map(({ creditCode, name: company_name }) => ({ credit_code: creditCode, company_name }));
  const kit = createKit({ connection: name, secrets: [], lookup: () => Promise.resolve(targets) });
  return connector.connect(connector.spec.parse(config), kit);
}

/** Records of each stream. */
async function counts(name: string, connector: Connector): Promise<Record<string, number>> {
  const source = await open(name, connector);
  const found: Record<string, number> = {};
  for (const stream of source.streams) {
    await source.check(stream);
    found[stream.name] = 0;
    for await (const { records } of source.read(stream, undefined, {}))
      found[stream.name] = (found[stream.name] ?? 0) + countOf(records);
  }
  return found;
}

test('Kingdee gives every document, and seven bad ones', async () => {
  const lines = company.orders.reduce((sum, order) => sum + order.lines.length, 0);
  const plans = company.documents.reduce((sum, document) => sum + document.instalments.length, 0);
  const positive = company.receipts.filter(({ amount }) => amount > 0).length;
  const inErp = company.customers.filter(({ erpNumber }) => erpNumber !== null);
  expect(await counts('kingdee', kingdee)).toMatchObject({
    customers: inErp.length + inErp.filter(({ erpTwin }) => erpTwin).length,
    sales_orders: company.orders.length + 3,
    sales_order_entries: lines,
    deliveries: company.deliveries.length + 1,
    goods_returns: company.returns.length,
    receivables: company.documents.length + 2,
    receivable_entries: company.documents.length,
    receivable_plans: plans,
    receipts: positive + 1,
    refunds: company.receipts.length - positive,
  });
});

test('纷享销客 gives every record, and five bad ones', async () => {
  expect(await counts('fxiaoke', fxiaoke)).toMatchObject({
    accounts: company.customers.length,
    employees: company.employees.length,
    departments: 6,
    opportunities: company.opportunities.length + 1,
    stage_changes: company.opportunities.reduce((sum, { changes }) => sum + changes.length, 0) + 1,
    opportunity_changes: company.opportunities.reduce((sum, { edits }) => sum + edits.length, 0),
    activities: company.activities.length,
    collection_forecasts: company.statements.length + 2,
    territory_assignments: company.assignments.length + 1,
  });
});

test('the bank gives every line once, although one file is there twice and another overlaps', async () => {
  const source = await open('bank', bankFolder);
  const ids = new Set<string>();
  for (const stream of source.streams.filter(({ name }) => name === 'transactions')) {
    for await (const { records } of source.read(stream, undefined, {})) {
      for (const line of linesOf(records).toString('utf8').split('\n').filter(Boolean))
        ids.add((JSON.parse(line) as { id: string }).id);
    }
  }
  expect(ids.size).toBe(company.bankLines.length);
});

test('企查查 answers about every company', async () => {
  const { answers } = await counts('qichacha', qichacha);
  expect(answers).toBeGreaterThanOrEqual(5 * 13); // thirteen services, at least the check itself
});

test('a second start makes the same company from what the first one remembered', async () => {
  const again = await startDemo({ folder, today: '2027-05-05', seed: 99, live: false });
  await again.stop();
  expect([again.today, again.truths]).toEqual([demo.today, demo.truths]);
  expect(JSON.parse(readFileSync(join(folder, 'demo.json'), 'utf8'))).toMatchObject({
    seed: 1,
    today: '2026-11-24',
  });
});
