import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { buildModels, DuckDbWarehouse, PostgresWarehouse, type Warehouse } from '../../../warehouse';
import { modelFiles } from '../../../warehouse/models/modelFile';
import { servedCube, type ServedCube } from '../../cube/cubeOver';
import { startPostgres } from '../../support/postgres';
import { measure, type Measured } from '../measure';
import { type Entity, largeCompany, type Size } from './largeCompany';

const TODAY = '2026-11-24';
const FULL: Size = { customers: 50_000, opportunities: 100_000, activities: 1_000_000, orders: 200_000 };
const WARM_RUNS = 5;

/** What the pages of customers, health and the funnel ask, by what it is for. */
const QUERIES: Readonly<Record<string, object>> = {
  'customers by colour': {
    measures: ['customer_health.customers'],
    dimensions: ['customer_health.colour'],
    filters: [{ member: 'customer_health.month', operator: 'equals', values: ['2026-10'] }],
  },
  'worst 50 customers': {
    dimensions: [
      'customer_health.customer_id',
      'customer_health.customer_name',
      'customer_health.score',
      'customer_health.owner_name',
    ],
    filters: [{ member: 'customer_health.month', operator: 'equals', values: ['2026-10'] }],
    order: { 'customer_health.score': 'asc' },
    limit: 50,
  },
  'conversion by stage': {
    measures: ['funnel.entered', 'funnel.advanced', 'funnel.conversion'],
    dimensions: ['funnel.stage_order', 'funnel.stage_name'],
  },
  'conversion by person': {
    measures: ['funnel.entered', 'funnel.conversion'],
    dimensions: ['funnel.owner_name'],
  },
  'time in stage': {
    measures: ['stage_times.median_days'],
    dimensions: ['stage_times.stage_order', 'stage_times.stage_name'],
  },
};

interface Figure extends Measured {
  what: string;
}

/**
 * `npm run bench -- scale [share]`: all models over 50,000 customers, 100,000 opportunities and a million activities (times `share`), then
 * the queries of pages through Cube, on both engines. Peers in the same run: the engine reading all activities once (for the build), and
 * the same figure by SQL on the mart (for a query).
 */
export async function benchScale(share = 1): Promise<void> {
  const size = scaled(share);
  const folder = mkdtempSync(join(tmpdir(), 'millrace-scale-'));
  const postgres = await startPostgres();
  try {
    const files = await written(largeCompany(size), folder);
    console.log(
      `\n${Object.entries(size)
        .map(([what, n]) => `${n.toLocaleString('en-US')} ${what}`)
        .join(', ')}`,
    );
    const engines = [
      () => DuckDbWarehouse.open({ file: join(folder, 'scale.duckdb') }),
      () => PostgresWarehouse.open({ url: postgres.url }),
    ];
    for (const open of engines) await benchEngine(await open(), files);
  } finally {
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

const scaled = (share: number): Size => ({
  customers: Math.round(FULL.customers * share),
  opportunities: Math.round(FULL.opportunities * share),
  activities: Math.round(FULL.activities * share),
  orders: Math.round(FULL.orders * share),
});

async function benchEngine(warehouse: Warehouse, files: ReadonlyMap<string, WrittenEntity>): Promise<void> {
  try {
    const { engine } = warehouse.dialect;
    await fill(warehouse, files);
    const build = await measure(() =>
      buildModels(warehouse, { runId: 'scale', connections: [], asOfDate: TODAY, keepStaging: true }),
    );
    const scan = await measure(() =>
      warehouse.rows('select customer_ref, count(*) as n from staging.activity group by customer_ref'),
    );
    print(`${engine}: all models`, [
      { what: 'all models', ...build },
      { what: 'activities by customer, one scan', ...scan },
    ]);
    const [sums] = await warehouse.rows(
      `select (select sum(seconds) from meta.model_run) as models, (select sum(seconds) from meta.model_test_run where kind <> 'key') as tests`,
    );
    console.log(
      `\nmodels ${Number(sums?.models).toFixed(1)} s, tests ${Number(sums?.tests).toFixed(1)} s; the slowest:`,
    );
    const slow = await warehouse.rows(
      'select model, row_count, seconds from meta.model_run order by seconds desc limit 12',
    );
    for (const { model, row_count, seconds } of slow)
      console.log(`  ${model} ${row_count} rows ${Number(seconds).toFixed(2)} s`);
    const cube = await servedCube(warehouse);
    try {
      print(`${engine}: queries, cold then warm`, await queried(cube));
    } finally {
      await cube.close();
    }
  } finally {
    await warehouse.close();
  }
}

async function queried(cube: ServedCube): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const [what, query] of Object.entries(QUERIES)) {
    const ask = async () => {
      const { error } = await cube.ask(query);
      if (error !== undefined) throw new Error(`${what}: ${error}`);
    };
    figures.push({ what: `${what}, cold`, ...(await measure(ask)) });
    const warm: Figure[] = [];
    for (let run = 0; run < WARM_RUNS; run++) warm.push({ what, ...(await measure(ask)) });
    figures.push(...warm.toSorted((one, other) => one.wallSeconds - other.wallSeconds).slice(-1));
  }
  return figures;
}

function print(title: string, figures: readonly Figure[]): void {
  console.log(`\n| ${title} | wall s | CPU s of this process |\n| --- | --- | --- |`);
  for (const { what, wallSeconds, cpuSeconds } of figures)
    console.log(`| ${what} | ${wallSeconds.toFixed(3)} | ${cpuSeconds.toFixed(3)} |`);
}

interface WrittenEntity {
  columns: readonly string[];
  file: string;
}

async function written(entities: readonly Entity[], folder: string): Promise<Map<string, WrittenEntity>> {
  const files = new Map<string, WrittenEntity>();
  for (const { name, columns, rows } of entities) {
    const file = join(folder, `${name}.csv`);
    const lines = function* () {
      yield `${columns.join(',')}\n`;
      for (const row of rows()) yield `${row.map((cell) => cell ?? '').join(',')}\n`;
    };
    await pipeline(Readable.from(lines()), createWriteStream(file));
    files.set(name, { columns, file });
  }
  return files;
}

/** Staging as tables: what a record does not say is filled as connectors do. */
async function fill(warehouse: Warehouse, files: ReadonlyMap<string, WrittenEntity>): Promise<void> {
  await warehouse.transaction(async (session) => {
    for (const { name, sql } of modelFiles('staging')) {
      await session.run(`create table ${name} as ${sql}`);
      const entity = files.get(name.replace('staging.', ''));
      if (!entity) continue;
      const columns = await warehouse.dialect.columnsOf(session, sql);
      const given = entity.columns.flatMap((name) => columns.filter((column) => column.name === name));
      const empty = given.map((column) => `cast(null as ${column.type}) as ${column.name}`).join(', ');
      await session.run(`create table ${name}_csv as select ${empty} where false`);
      await warehouse.dialect.loadCsv(session, `${name}_csv`, given, entity.file);
      const values = columns.map(({ name: column }) =>
        entity.columns.includes(column) ? column : (DEFAULTS[column] ?? 'null'),
      );
      await session.run(`insert into ${name} select ${values.join(', ')} from ${name}_csv`);
      await session.run(`drop table ${name}_csv`);
    }
  });
}

const KNOWN = "timestamp '2026-11-24 00:00:00'";
const DEFAULTS: Readonly<Record<string, string>> = {
  is_deleted: 'false',
  is_internal: 'false',
  is_closed: 'false',
  is_prepayment: 'false',
  is_credit_note: 'false',
  source_updated_at: KNOWN,
  recorded_at: KNOWN,
};
