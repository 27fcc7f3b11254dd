import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildModels, DuckDbWarehouse, PostgresWarehouse, type Warehouse } from '../../../warehouse';
import { startPostgres } from '../../support/postgres';
import { generateCustomers } from './generatedCustomers';
import type { Measured } from './pageProcess';

const TODAY = '2026-06-30';

/**
 * `npm run bench -- customer360`: the page of one of 5,000 customers among a million activities, first in a new process, then warm,
 * beside the time the engine takes to read one column of one table.
 */
export async function benchCustomer360(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'millrace-bench-360-'));
  const postgres = await startPostgres();
  try {
    const file = join(folder, 'warehouse.duckdb');
    await filled(await DuckDbWarehouse.open({ file }));
    await filled(await PostgresWarehouse.open({ url: postgres.url }));
    console.log('| engine | statements | rows | cold ms | warm ms | scan ms | cold / scan | warm / scan |');
    console.log('| --- | --- | --- | --- | --- | --- | --- | --- |');
    for (const [engine, place] of [
      ['duckdb', file],
      ['postgres', postgres.url],
    ] as const) {
      const { coldMs, warmMs, scanMs, statements, rows } = await inOwnProcess([engine, place]);
      const cells = [engine, statements, rows, ...[coldMs, warmMs, scanMs].map((ms) => ms.toFixed(0))];
      console.log(
        `| ${[...cells, (coldMs / scanMs).toFixed(2), (warmMs / scanMs).toFixed(2)].join(' | ')} |`,
      );
    }
  } finally {
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function filled(warehouse: Warehouse): Promise<void> {
  try {
    const { engine } = warehouse.dialect;
    const started = performance.now();
    await buildModels(warehouse, { runId: 'bench', connections: [], asOfDate: TODAY });
    await warehouse.transaction((session) => generateCustomers(session));
    if (engine === 'postgres') await warehouse.run('analyze');
    console.error(`${engine}: filled in ${((performance.now() - started) / 1_000).toFixed(0)} s`);
  } finally {
    await warehouse.close();
  }
}

async function inOwnProcess(args: readonly string[]): Promise<Measured> {
  const child = fork(join(__dirname, 'pageProcess.js'), [...args]);
  const measured = await Promise.race([
    once(child, 'message').then(([message]) => message as Measured),
    once(child, 'exit').then(() => undefined),
  ]);
  if (!measured) throw new Error('The page failed; what it said stands above');
  if (child.exitCode === null) await once(child, 'exit');
  return measured;
}
