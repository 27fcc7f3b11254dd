import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { DuckDbWarehouse, loadFile, loadStream, loadTable, type Progress } from '../../warehouse';
import { type EngineTable, MEMORY_LIMIT, openEngine } from './engine';
import { type Measured, measure } from './measure';
import { openOrderApi } from './orderApi';
import { countOfOrders, flatOrders, orders } from './orders';

/** One side of one workload; index.ts runs each in a process of its own. */
export interface Step {
  side: 'loader' | 'engine' | 'engine, same table';
  source: 'api' | 'api, 1 % bad' | 'ndjson' | 'csv' | 'parquet' | 'table';
  rows: number;
  /** Scratch folder of the run, with the input files. */
  folder: string;
  apiUrl?: string;
  databaseUrl?: string;
}

/** Figures by what was done: `first` load; for an API and its file also 5 % and 1 % changed, into the same table. */
export interface Outcome {
  measured: Record<string, Measured>;
  peakBytes: number;
}

export const BAD_EVERY = 100;
export const CHANGES = { 'changed 1 %': 100, 'changed 5 %': 20 } as const;

export async function runStep(step: Step): Promise<Outcome> {
  const file = join(step.folder, 'bench.duckdb');
  try {
    const measured = step.side === 'loader' ? await runLoader(step, file) : await runEngine(step, file);
    return { measured, peakBytes: process.resourceUsage().maxRSS * 1024 };
  } finally {
    for (const name of [file, `${file}.wal`]) await rm(name, { force: true });
  }
}

/** Input files of a run: <name>.ndjson and others; engine and loader read the same ones. */
export const inputFile = (folder: string, name: string) => join(folder, name);

async function runLoader(step: Step, file: string) {
  const warehouse = await DuckDbWarehouse.open({ file, memoryLimit: MEMORY_LIMIT });
  try {
    return await loadWith(warehouse, step);
  } finally {
    await warehouse.close();
  }
}

async function loadWith(
  warehouse: DuckDbWarehouse,
  { source, rows, folder, apiUrl = '', databaseUrl = '' }: Step,
) {
  const stream = source.startsWith('api') || source === 'ndjson' ? orders : flatOrders;
  const request = { connection: 'bench', stream, syncId: 'bench', spoolFolder: join(folder, 'spool') };
  await warehouse.run(
    "insert into meta.run_stream values ('bench', 'bench', ?, 0, 0, 0, 0, 0, 0, 0, timezone('UTC', now()), null, 'running', null, null, null)",
    [stream.name],
  );
  const measured: Record<string, Measured> = {};
  const load = async (name: string, expected: Partial<Progress>, work: () => Promise<Progress>) => {
    measured[name] = await measure(async () => {
      const counts = await work();
      for (const [key, value] of Object.entries(expected))
        assertEqual(`${source}, ${name}: ${key}`, counts[key as keyof Progress], value);
    });
  };
  const fromApi = async (set: string) =>
    loadStream(warehouse, { ...request, source: await openOrderApi(apiUrl, set) });
  let stored = rows;
  switch (source) {
    case 'api':
      await load('first', { read: rows, loaded: rows, unchanged: 0, quarantined: 0 }, () => fromApi('first'));
      for (const [name, changedEvery] of Object.entries(CHANGES)) {
        const count = countOfOrders({ rows, changedEvery });
        await load(name, { read: count, loaded: count, quarantined: 0 }, () => fromApi(name));
      }
      break;
    case 'api, 1 % bad': {
      const quarantined = Math.ceil(rows / BAD_EVERY);
      stored = rows - quarantined;
      await load('first', { read: rows, loaded: stored, unchanged: 0, quarantined }, () => fromApi('bad'));
      const [kept] = await warehouse.rows(
        'select count(*) as n from quarantine.record where resolved_at is null',
      );
      assertEqual('rows in quarantine', Number(kept?.n), quarantined);
      break;
    }
    case 'table':
      await load('first', { read: rows, loaded: rows, quarantined: 0 }, () =>
        loadTable(warehouse, { ...request, url: databaseUrl, table: 'orders' }),
      );
      break;
    default:
      await load('first', { read: rows, loaded: rows, quarantined: 0 }, () =>
        loadFile(warehouse, { ...request, file: inputFile(folder, `orders.${source}`), format: source }),
      );
  }
  const [found] = await warehouse.rows(
    `select count(*) as n, count(distinct _source_id) as keys from raw.bench__${stream.name}`,
  );
  assertEqual(`${source}: rows stored`, Number(found?.n), stored);
  assertEqual(`${source}: keys stored`, Number(found?.keys), stored);
  return measured;
}

async function runEngine({ side, source, rows, folder, databaseUrl = '' }: Step, file: string) {
  const isApi = source === 'api';
  const format = isApi || source === 'ndjson' ? 'json' : source === 'parquet' ? 'parquet' : 'csv';
  const stream = format === 'json' ? orders : flatOrders;
  const engine = await openEngine(file, stream, format, side === 'engine, same table');
  const measured: Record<string, Measured> = {};
  if (source === 'table') {
    measured.first = await measure(() => copyAndMerge(engine, databaseUrl, folder));
  } else {
    const input = inputFile(folder, `orders.${isApi ? 'ndjson' : source}`);
    measured.first = await measure(() => engine.merge(input));
  }
  if (isApi) {
    for (const [name, every] of Object.entries(CHANGES))
      measured[name] = await measure(() => engine.merge(inputFile(folder, `changed-${every}.ndjson`)));
  }
  assertEqual(`${source}: rows merged by the engine`, await engine.count(), rows);
  engine.close();
  return measured;
}

/** The server writes the file by itself: nothing of the copy is on this process. */
async function copyAndMerge(engine: EngineTable, url: string, folder: string): Promise<void> {
  const file = inputFile(folder, 'table.csv');
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(`copy orders to '${file}' (format csv, header)`);
  } finally {
    await client.end();
  }
  await engine.merge(file);
}

function assertEqual(what: string, found: unknown, expected: unknown): void {
  if (found !== expected) throw new Error(`${what}: ${String(found)}, not ${String(expected)}`);
}
