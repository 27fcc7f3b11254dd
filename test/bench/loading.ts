import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { z } from 'zod';
import {
  businessDate,
  createKit,
  defineConnector,
  defineStream,
  flag,
  type Http,
  isRaw,
  json,
  localTime,
  money,
  quantity,
  type Split,
} from '../../connectors/kit';
import { DuckDbWarehouse, loadStream } from '../../warehouse';
import { DuckDbSession } from '../../warehouse/duckdb/session';
import { orderJson } from './orderServer';

const orders = defineStream({
  name: 'orders',
  vendorName: 'orders',
  key: ['id'],
  cursor: { field: 'modified', tie: 'id', overlap: '5 minutes' },
  amount: 'amount',
  contract: z.object({
    id: z.string(),
    bill_no: z.string(),
    modified: localTime('Asia/Shanghai'),
    order_date: businessDate(),
    customer_code: z.string(),
    customer_name: z.string(),
    amount: money(),
    tax_rate: quantity(),
    approved: flag(),
    sales_id: z.string(),
    remark: z.string().nullable(),
    lines: json(),
    status: z.enum(['A', 'C']),
    currency: z.string(),
  }),
});

/** A connector with nothing but its pages: what is measured is the kit, the loader and the engine. */
const bench = defineConnector({
  name: 'bench',
  title: { zh: '测速', en: 'Bench' },
  spec: z.object({ baseUrl: z.url() }),
  streams: [orders],
  open: ({ baseUrl }, kit) => kit.http({ baseUrl }),
  check: async () => undefined,
  async *read(api: Http) {
    let next = page(api, 0);
    for (let number = 0; ; number++) {
      const records = await next;
      if (isRaw(records) && records.count === 0) return;
      next = page(api, number + 1); // the next one is on its way while this one is spooled
      yield { records, state: { page: number } };
    }
  },
});

const page = (api: Http, number: number): Promise<Split> =>
  api.records('GET', '/orders', { path: ['data', 'list'] }, { params: { page: number } });

/** Rows through one HTTP connector into DuckDB with full checking, against DuckDB reading the same records from a file. */
export async function benchLoading(rows: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'millrace-bench-'));
  try {
    const limit = await engineLimit(folder, rows);
    const ours = await throughHttp(folder, rows);
    console.log(`rows ${rows.toLocaleString('en-US')}`);
    console.log(
      `DuckDB's own reader, the same records in a file   ${limit.wall.toFixed(1)} s, CPU ${limit.cpu.toFixed(1)} s`,
    );
    console.log(
      `HTTP connector, checked, merged by key, committed ${ours.wall.toFixed(1)} s, CPU ${ours.cpu.toFixed(1)} s, ${Math.round(rows / ours.wall).toLocaleString('en-US')} rows/s`,
    );
    console.log(
      `ratio of CPU ${(ours.cpu / limit.cpu).toFixed(2)}, of wall time ${(ours.wall / limit.wall).toFixed(2)}`,
    );
    console.log(
      `peak memory of the process ${(ours.peakBytes / 1e9).toFixed(2)} GB${ours.peakBytes < 1.5e9 ? '' : '  ABOVE 1.5 GB'}`,
    );
    if (ours.peakBytes >= 1.5e9) process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function engineLimit(folder: string, rows: number) {
  const file = join(folder, 'orders.ndjson');
  const out = createWriteStream(file);
  for (let n = 0; n < rows; n++) if (!out.write(`${orderJson(n)}\n`)) await once(out, 'drain');
  out.end();
  await once(out, 'finish');
  const warehouse = await DuckDbWarehouse.open({ file: join(folder, 'limit.duckdb') });
  const session = new DuckDbSession(await warehouse.instance.connect());
  const measured = await measure(() =>
    session.run(`create table orders as select * from read_json('${file}', format = 'newline_delimited',
    columns = {id: 'VARCHAR', bill_no: 'VARCHAR', modified: 'TIMESTAMP', order_date: 'DATE', customer_code: 'VARCHAR', customer_name: 'VARCHAR',
      amount: 'DECIMAL(18,2)', tax_rate: 'DECIMAL(18,6)', approved: 'BOOLEAN', sales_id: 'VARCHAR', remark: 'VARCHAR', lines: 'JSON', status: 'VARCHAR', currency: 'VARCHAR'})`),
  );
  session.close();
  await warehouse.close();
  rmSync(file);
  return measured;
}

async function throughHttp(folder: string, rows: number) {
  const server = fork(join(__dirname, 'orderServer.js'), [String(rows)]);
  const [port] = (await once(server, 'message')) as [number];
  const warehouse = await DuckDbWarehouse.open({ file: join(folder, 'warehouse.duckdb') });
  await warehouse.run(
    "insert into meta.run_stream values ('bench', 'bench', 'orders', 0, 0, 0, 0, 0, 0, 0, timezone('UTC', now()), null, 'running', null, null, null)",
  );
  const source = await bench.connect(
    { baseUrl: `http://127.0.0.1:${port}` },
    createKit({ connection: 'bench', secrets: [] }),
  );
  let peakBytes = 0;
  const watch = setInterval(() => {
    peakBytes = Math.max(peakBytes, process.memoryUsage().rss);
  }, 50);
  const measured = await measure(() =>
    loadStream(warehouse, {
      connection: 'bench',
      stream: orders,
      syncId: 'bench',
      source,
      spoolFolder: join(folder, 'spool'),
    }),
  );
  clearInterval(watch);
  const [stored] = await warehouse.rows(
    'select count(*) as n, count(distinct _source_id) as keys from raw.bench__orders',
  );
  if (Number(stored?.n) !== rows || Number(stored?.keys) !== rows)
    throw new Error(`${String(stored?.n)} rows with ${String(stored?.keys)} keys are stored, not ${rows}`);
  await warehouse.close();
  server.kill();
  return { ...measured, peakBytes };
}

/** CPU of this process, DuckDB's threads included; the server is another process. */
async function measure(work: () => Promise<unknown>): Promise<{ wall: number; cpu: number }> {
  const started = performance.now();
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return { wall: (performance.now() - started) / 1_000, cpu: (user + system) / 1e6 };
}
