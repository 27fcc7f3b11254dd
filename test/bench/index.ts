import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '../support/postgres';
import { benchBank } from './bank/benchBank';
import { benchCrm } from './crm/benchCrm';
import { benchForecast } from './forecast/benchForecast';
import { benchCustomer360 } from './customer360/benchCustomer360';
import { identityBench } from './identity';
import { fillTable, writeInputs } from './inputs';
import { printTable, type Ran } from './printTable';
import { matchingBench } from './matching';
import { benchScale } from './scale/benchScale';
import type { Outcome, Step } from './workloads';

const SOURCES: readonly Step['source'][] = ['api', 'api, 1 % bad', 'ndjson', 'csv', 'parquet', 'table'];
/** Rows of a workload for each row of the API. */
const SHARE: Partial<Record<Step['source'], number>> = { csv: 5, table: 2 };

/**
 * `npm run bench -- [rows] [api bad ndjson csv parquet table] [loader]`: the loader against DuckDB merging the same records, in one run.
 * Rows of the API default to MILLRACE_BENCH_ROWS or a million; the CSV file has five times as many, the table twice. No test asserts
 * a time: figures are ratios. With `loader` the engine's own sides are left out: from ten million rows on, its MERGE does not fit into
 * the memory that the loader gets. With `bank` first: bank files instead (bank/benchBank.ts); with `forecast` the forecast
 * (forecast/benchForecast.ts), with `crm` real CRM files against their control totals
 * (crm/benchCrm.ts), with `customer360` one customer's page (customer360/benchCustomer360.ts), with `scale` the models and queries over a large company (scale/benchScale.ts).
 */
async function main(): Promise<void> {
  const [first = '', ...others] = process.argv.slice(2);
  if (first === 'matching') return matchingBench();
  if (first === 'identity') return identityBench(...others.map(Number));
  if (first === 'bank') return benchBank(...others.slice(0, 1).map(Number));
  if (first === 'forecast') return benchForecast();
  if (first === 'crm') return benchCrm();
  if (first === 'customer360') return benchCustomer360();
  if (first === 'scale') return benchScale(...others.slice(0, 1).map(Number));
  const isCount = /^\d+$/.test(first);
  const rows = Number(isCount ? first : (process.env.MILLRACE_BENCH_ROWS ?? 1_000_000));
  const words = isCount ? others : [first, ...others].filter(Boolean);
  const isLoaderOnly = words.includes('loader');
  const names = words.filter((word) => word !== 'loader');
  const sources = SOURCES.filter(
    (source) =>
      names.length === 0 ||
      names.some((name) => source === name || (name === 'bad' && source === 'api, 1 % bad')),
  );
  const rowsOf = (source: Step['source']) => rows * (SHARE[source] ?? 1);
  const folder = mkdtempSync(join(tmpdir(), 'millrace-bench-'));
  const server = fork(join(__dirname, 'orderServer.js'), [folder]);
  const [apiUrl] = (await once(server, 'message')) as [string];
  const postgres = sources.includes('table') ? await startPostgres() : undefined;
  try {
    await writeInputs(folder, sources, rowsOf);
    if (postgres) await fillTable(postgres.url, folder, rowsOf('table'));
    const ran: Ran[] = [];
    for (const source of sources) {
      const common = {
        source,
        rows: rowsOf(source),
        folder,
        apiUrl,
        ...(postgres && { databaseUrl: postgres.url }),
      };
      const sides: Step['side'][] =
        isLoaderOnly || source === 'api, 1 % bad' ? ['loader'] : ['engine', 'engine, same table', 'loader'];
      for (const side of sides) {
        const step: Step = { ...common, side };
        console.error(`${source}, ${side} …`);
        ran.push({ step, outcome: await inOwnProcess(step) });
      }
    }
    printTable(ran);
  } finally {
    server.kill();
    await postgres?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A process of its own, so that neither memory nor warm code of one step is another's. */
async function inOwnProcess(step: Step): Promise<Outcome> {
  const child = fork(join(__dirname, 'step.js'), [JSON.stringify(step)]);
  const outcome = await Promise.race([
    once(child, 'message').then(([message]) => message as Outcome),
    once(child, 'exit').then(() => undefined),
  ]);
  if (!outcome) throw new Error(`${step.source}, ${step.side} failed; what it said stands above`);
  if (child.exitCode === null) await once(child, 'exit');
  return outcome;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
