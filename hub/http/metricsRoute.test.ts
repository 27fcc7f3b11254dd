import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asked, pagesIn } from '../../test/hub/hubOver';
import { engines } from '../../test/cube/cubeOver';
import type { Warehouse } from '../../warehouse';
import { Tokens } from '../access/tokens';
import { connectors } from '../connectors';
import { configSchema } from '../config/schema';
import type { Setup } from '../setup/setup';
import { metricsOver } from './metricsRoute';
import { startWeb, type Web } from './server';

/** One sync of two streams that ended ten minutes ago, a build, a record in quarantine, two paid calls. */
const RECORDS = [
  "insert into meta.run (run_id, kind, connection, cause, started_at, ended_at, status) values ('r1', 'sync', 'erp', 'manual', timezone('UTC', now()) - interval '11 minutes', timezone('UTC', now()) - interval '10 minutes', 'done')",
  "insert into meta.run (run_id, kind, cause, started_at, status) values ('r2', 'build', 'manual', timezone('UTC', now()), 'running')",
  `insert into meta.run_stream (run_id, connection, stream, read_rows, loaded_rows, unchanged_rows, quarantined_rows, deleted_rows, bytes, batches, started_at, ended_at, status) values
    ('r1', 'erp', 'orders', 10, 7, 2, 1, 3, 1000, 1, timezone('UTC', now()) - interval '11 minutes', timezone('UTC', now()) - interval '10 minutes', 'done'),
    ('r1', 'erp', 'odd "name"', 9007199254740993, 9007199254740993, 0, 0, 0, 0, 1, timezone('UTC', now()), null, 'running')`,
  "insert into quarantine.record (connection, stream, record_hash, reasons, amount_cny, raw, first_seen_at, last_seen_at, sync_id) values ('erp', 'orders', 'h', 'amount: no number', 12.30, '{}', timezone('UTC', now()), timezone('UTC', now()), 'r1')",
  "insert into meta.bureau_call values ('c1', 'qcc', 'Check', 's', 0.60, timezone('UTC', now())), ('c2', 'qcc', 'Check', 's', 0.7001, timezone('UTC', now()))",
];

describe.each(engines)('GET /metrics over $engine', ({ open }) => {
  let folder: string;
  let warehouse: Warehouse;
  let web: Web;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'millrace-metrics-'));
    warehouse = await open();
    for (const sql of RECORDS) await warehouse.run(sql);
  });
  afterAll(async () => {
    await warehouse.close();
    rmSync(folder, { recursive: true });
  });
  afterEach(async () => {
    delete process.env.MILLRACE_METRICS_TOKEN;
    await web.close();
  });

  const start = async (isServing = true) => {
    const metrics = metricsOver(() => undefined);
    const personOf = () => Promise.reject(new Error('nobody asks'));
    const auth = { tokens: new Tokens(folder), adminToken: 'a', personOf };
    web = await startWeb({
      port: 0,
      auth,
      health: () => ({}),
      pages: pagesIn(folder),
      metrics: metrics.handler,
    });
    if (isServing) metrics.serve(warehouse, setup());
  };
  const setup = (): Setup => {
    const kingdee = connectors.get('kingdee');
    if (!kingdee) throw new Error('there is no kingdee');
    const config = configSchema.parse({
      company: 'A',
      connections: { erp: { connector: 'kingdee' }, crm: { connector: 'kingdee' } },
    });
    const settings = () => Promise.resolve({});
    const connections = ['erp', 'crm'].map((name) => ({ name, connector: kingdee, settings }));
    return { config, connections, asOfDate: () => '2026-01-01' } as unknown as Setup;
  };
  const ask = (headers: Record<string, string> = {}) => asked(web.port, '/metrics', { headers });

  test('runs, rows, bytes, lag, quarantine and the cost of paid calls, with exact figures', async () => {
    await start();
    const { status, headers, text } = await ask();
    expect([status, headers['content-type']]).toEqual([200, 'text/plain; charset=utf-8; version=0.0.4']);
    const lines = text.split('\n');
    expect(lines).toEqual(
      expect.arrayContaining([
        '# TYPE millrace_runs_total counter',
        'millrace_runs_total{kind="sync",connection="erp",status="done"} 1',
        'millrace_runs_total{kind="build",connection="",status="running"} 1',
        'millrace_rows_total{connection="erp",stream="orders",outcome="loaded"} 7',
        'millrace_rows_total{connection="erp",stream="orders",outcome="quarantined"} 1',
        'millrace_rows_total{connection="erp",stream="odd \\"name\\"",outcome="read"} 9007199254740993',
        'millrace_bytes_total{connection="erp",stream="orders"} 1000',
        'millrace_source_late{connection="erp"} 0',
        'millrace_source_late{connection="crm"} 1',
        'millrace_quarantine_waiting{connection="erp",stream="orders"} 1',
        'millrace_quarantine_waiting_cny{connection="erp",stream="orders"} 12.30',
        'millrace_bureau_calls_total{connection="qcc",service="Check"} 2',
        'millrace_bureau_cost_cny_total{connection="qcc",service="Check"} 1.3001',
      ]),
    );
    const lag = lines.filter((line) => line.startsWith('millrace_source_lag_seconds{'));
    expect(lag).toEqual([
      expect.stringMatching(/^millrace_source_lag_seconds\{connection="erp"\} 6\d\d\.\d+$/),
    ]);
  });

  test('every line is one that Prometheus reads', async () => {
    await start();
    for (const line of (await ask()).text.trimEnd().split('\n'))
      expect(line).toMatch(
        /^(# (HELP|TYPE) millrace_\w+ .+|millrace_\w+(\{(\w+="([^"\\]|\\["\\n])*",?)*\})? -?\d+(\.\d+)?(e[+-]\d+)?)$/,
      );
  });

  test('without a token only under the name of this machine, with one under any name, but only with it', async () => {
    await start();
    expect((await ask({ host: 'hub:4000' })).status).toBe(403);
    await web.close();
    process.env.MILLRACE_METRICS_TOKEN = 'secret';
    await start();
    expect((await ask()).status).toBe(403);
    expect((await ask({ host: 'hub:4000', authorization: 'Bearer wrong' })).status).toBe(403);
    expect((await ask({ host: 'hub:4000', authorization: 'Bearer secret' })).status).toBe(200);
  });

  test('before the warehouse is open it says so', async () => {
    await start(false);
    expect((await ask()).status).toBe(503);
  });
});
