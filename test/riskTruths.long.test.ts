import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import { createKit, type OpenSource } from '../connectors/kit';
import { qichacha } from '../connectors/qichacha';
import { QichachaSandbox } from '../connectors/qichacha/sandbox';
import { makeCompany } from '../demo/company/makeCompany';
import { qichachaSeeds, qichachaTurn } from '../demo/feed/qichacha';
import { truthsOf } from '../demo/truths';
import { type EmbeddedCube, startCube } from '../hub/cube';
import { buildModels, DuckDbWarehouse, loadStream } from '../warehouse';

const NINETY_DAYS = 90 * 86_400_000;

/** Planted between two checks of the demo company's bureau, and found by the queries of the pages with the paid call behind it. */
describe('an entry and a controller that were not there at the check before', () => {
  const company = makeCompany({ seed: 1, today: '2026-07-15' });
  const { debtor, controller } = truthsOf(company).risk;
  const clock = { now: Date.parse('2026-04-15T02:00:00Z') };
  const sandbox = new QichachaSandbox({ now: () => clock.now });
  const folder = mkdtempSync(join(tmpdir(), 'millrace-turn-'));
  let warehouse: DuckDbWarehouse;
  let cube: EmbeddedCube;
  let source: OpenSource;

  beforeAll(async () => {
    for (const { kind, records } of qichachaSeeds(company)) sandbox.seed(kind, records);
    await sandbox.start();
    warehouse = await DuckDbWarehouse.open({ file: ':memory:' });
    const { appKey, secretKey } = sandbox.options;
    const others = company.customers.slice(0, 20).map(({ creditCode, name }) => ({ creditCode, name }));
    const asked = [debtor, controller].map(({ creditCode, customerName }) => ({
      creditCode,
      name: customerName,
    }));
    source = await qichacha.connect(
      qichacha.spec.parse({
        baseUrl: sandbox.baseUrl,
        appKey,
        secretKey,
        services: ['ShixinCheck', 'ActualControl'],
        companies: [...asked, ...others],
      }),
      createKit({ connection: 'qichacha', secrets: [], now: () => new Date(clock.now) }),
    );
    await sync('first');
    for (const { kind, records } of qichachaTurn(company)) sandbox.seed(kind, records);
    clock.now += NINETY_DAYS;
    await sync('second');
    await buildModels(warehouse, {
      runId: 'build',
      connections: [{ name: 'qichacha', connector: 'qichacha', streams: source.streams }],
      asOfDate: '2026-07-14',
    });
    cube = await startCube({
      app: express(),
      warehouse,
      apiSecret: 'test',
      authenticate: async () => null,
    });
  }, 300_000);
  afterAll(async () => {
    await cube?.close();
    await warehouse?.close();
    await sandbox.stop();
    rmSync(folder, { recursive: true });
  });

  async function sync(syncId: string): Promise<void> {
    for (const stream of source.streams) {
      await warehouse.run(
        `insert into meta.run_stream values (?, 'qichacha', ?, 0, 0, 0, 0, 0, 0, 0, utc_now(), null, 'running', null, null, null)`,
        [syncId, stream.name],
      );
      await loadStream(warehouse, { connection: 'qichacha', stream, syncId, source, spoolFolder: folder });
    }
  }

  test('the new ones are these two, each with its paid call, its price and the check that did not have it', async () => {
    const rows = await cube.load(
      {
        dimensions: [
          'customer_name',
          'kind',
          'title',
          'case_number',
          'service',
          'order_number',
          'call_cost',
          'not_there_date',
        ].map((name) => `risk_events.${name}`),
        measures: ['risk_events.count'],
        filters: [{ member: 'risk_events.change', operator: 'equals', values: ['new'] }],
        order: [['risk_events.kind', 'asc']],
      },
      { scope: 'all' },
    );
    const order = /^(ACTUALCONTROL|SHIXINCHECK)[0-9a-f]+$/;
    expect(rows).toHaveLength(2);
    const [changed, listed] = rows;
    expect(changed).toMatchObject({
      'risk_events.customer_name': controller.customerName,
      'risk_events.kind': 'controller_change',
      'risk_events.title': `${controller.from} → ${controller.to}`,
      'risk_events.service': controller.service,
    });
    expect(listed).toMatchObject({
      'risk_events.customer_name': debtor.customerName,
      'risk_events.kind': 'dishonest_debtor',
      'risk_events.case_number': debtor.caseNumber,
      'risk_events.service': debtor.service,
    });
    for (const row of rows) {
      expect(String(row['risk_events.order_number'])).toMatch(order);
      expect(Number(row['risk_events.call_cost'])).toBe(1);
      expect(String(row['risk_events.not_there_date'])).toContain('2026-04-15');
    }
  });

  test('each company was asked twice about each of two services, and what the first check held is not new', async () => {
    expect(sandbox.billedCalls).toBe(2 * 2 * 22);
    const known = company.riskRecords.filter(
      ({ customer, kind }) => customer < 20 && kind === 'dishonest_debtor',
    ).length;
    const [row] = await warehouse.rows(
      "select count(*) as n from core.risk_event where kind = 'dishonest_debtor' and not is_new",
    );
    expect(Number(row?.n)).toBe(known);
  });
});
