import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { freshness } from '../../hub/work/freshness';
import { buildModels, type Row } from '../../warehouse';
import { createActivities } from '../../workflows/activities';
import { Host } from '../../workflows';
import { engines } from '../support/engines';
import { order, orders, ToyLoader } from '../support/toyVendor';

const ENTITY = `-- what     An order of a toy shop.
-- grain    one row per order
-- key      source_id
`;
const FILES = {
  'models/staging/toy_order.sql': `${ENTITY}select null::varchar as source_id, null::decimal(18, 2) as amount_cny, null::boolean as is_deleted where false`,
  'connectors/toys/staging/toy_order.sql': `${ENTITY}-- sources  raw.orders
select _source_id as source_id, amount as amount_cny, _deleted_at is not null as is_deleted from raw.orders`,
  'models/core/toy_order.sql': `${ENTITY}-- sources  staging.toy_order
select source_id, amount_cny from staging.toy_order where not is_deleted`,
};

/** Everything that was ever written down with a time, an hour further on: what the warehouse holds when the clock has jumped back. */
const TIMES: Record<string, readonly string[]> = {
  'meta.run': ['started_at', 'ended_at'],
  'meta.run_stream': ['started_at', 'ended_at'],
  'meta.stream_state': ['updated_at'],
  'meta.generation': ['known_at', 'built_at'],
  'meta.model': ['known_at'],
  'raw.toys__orders': ['_extracted_at', '_first_extracted_at', '_deleted_at'],
};

describe.each(engines)('a clock that jumps back an hour, on $name', ({ open }) => {
  let toys: ToyLoader;
  let folder: string;
  let runs = 0;
  beforeEach(async () => {
    toys = new ToyLoader(await open());
    folder = mkdtempSync(join(tmpdir(), 'millrace-clock-'));
    for (const [name, sql] of Object.entries(FILES)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), sql);
    }
    toys.vendor.rows = Array.from({ length: 30 }, (_, n) => order(String(100 + n)));
    await synced();
    await build();
    for (const [table, columns] of Object.entries(TIMES)) {
      const later = columns.map((column) => `${column} = ${column} + interval '1 hour'`);
      await toys.warehouse.run(`update ${table} set ${later.join(', ')}`);
    }
  });
  afterEach(async () => {
    await toys.close();
    rmSync(folder, { recursive: true });
  });

  /** A run as the workflow writes it down, with the real bookkeeping. */
  async function synced(status: 'done' | 'failed' = 'done'): Promise<void> {
    const runId = `sync-${++runs}`;
    const unused = () => {
      throw new Error('not asked for');
    };
    const host = new Host({
      warehouse: toys.warehouse,
      connections: [],
      spoolFolder: folder,
      folder,
      asOfDate: () => '2026-03-31',
      budgetOf: unused,
      lookup: unused,
    });
    const { beginRun, endRun } = createActivities(host);
    await beginRun({ runId, kind: 'sync', connection: 'toys', cause: 'manual' });
    if (status === 'done') {
      await toys.load({ runId });
      await toys.warehouse.run('update meta.run_stream set ended_at = utc_now() where run_id = ?', [runId]);
    }
    const error = { code: 'login_refused', what: 'The vendor refused', where: '', todo: '' };
    await endRun({ runId, status, ...(status === 'failed' && { error }) });
  }
  const build = () =>
    buildModels(toys.warehouse, {
      runId: `build-${++runs}`,
      connections: [{ name: 'toys', connector: 'toys', streams: [orders] }],
      asOfDate: '2026-03-31',
      folder: join(folder, 'models'),
    });
  const built = () =>
    toys.warehouse.rows('select source_id, amount_cny from core.toy_order order by source_id') as Promise<
      Row[]
    >;

  test('a change loaded afterwards reaches the models', async () => {
    toys.vendor.rows[3] = order('103', { amount: '77.00', changed: '2026-01-06T08:00:00Z' });
    await synced();
    await build();
    expect((await built())[3]).toEqual({ source_id: '103', amount_cny: '77.00' });
  });

  test('a delete found afterwards reaches the models, a row loaded meanwhile is not taken for one', async () => {
    toys.vendor.rows.splice(3, 1);
    await synced();
    expect(await toys.reconcile()).toMatchObject({ deleted: 1 });
    await toys.warehouse.run(
      'update meta.run_stream set deleted_rows = 1, ended_at = utc_now() where run_id = ?',
      [`sync-${runs}`],
    );
    await build();
    expect((await built()).map(({ source_id }) => source_id)).not.toContain('103');
    expect(await built()).toHaveLength(29);
  });

  test('times that are written down never go back, and runs keep their order', async () => {
    const before = await toys.warehouse.rows('select max(started_at) as latest from meta.run');
    await synced();
    await synced('failed');
    const order = await toys.warehouse.rows('select run_id from meta.run order by started_at desc');
    expect(order.slice(0, 2).map(({ run_id }) => run_id)).toEqual([`sync-${runs}`, `sync-${runs - 1}`]);
    const [late] = await toys.warehouse.rows(
      'select count(*) as n from meta.run where ended_at < started_at',
    );
    expect(late).toEqual({ n: '0' });
    const after = await toys.warehouse.rows('select max(started_at) as latest from meta.run');
    expect(String(after[0]?.latest) > String(before[0]?.latest)).toBe(true);
  });

  test('freshness tells the newest run, not the one with the latest clock', async () => {
    await synced('failed');
    const { sources } = await freshness(toys.warehouse, {
      config: { connections: { toys: { every: '15 minutes' } } } as never,
      connections: [{ name: 'toys', connector: { name: 'toys', title: { zh: '', en: '' } } }] as never,
      asOfDate: () => '2026-03-31',
    });
    expect(sources).toMatchObject([{ connection: 'toys', status: 'failed', late: true }]);
  });
});
