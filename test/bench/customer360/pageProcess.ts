import { customerPage } from '../../../hub/customer360/customerPage';
import { ADMIN } from '../../../hub/access/users';
import { DuckDbWarehouse, PostgresWarehouse, type Warehouse } from '../../../warehouse';

export interface Measured {
  /** The first page of a new process over a connection of its own. */
  coldMs: number;
  /** Median of the pages after it, each of another customer. */
  warmMs: number;
  /** The engine alone over one table: all notes of the activities, once before and in the middle. */
  scanMs: number;
  statements: number;
  rows: number;
}

const WARM_PAGES = 20;

/** In a process of its own: `node pageProcess.js duckdb <file>` or `postgres <url>`. */
async function main([engine = '', place = '']: readonly string[]): Promise<void> {
  const warehouse: Warehouse =
    engine === 'duckdb'
      ? await DuckDbWarehouse.open({ file: place })
      : await PostgresWarehouse.open({ url: place });
  try {
    const page = async (n: number) => {
      const started = performance.now();
      const found = await customerPage(warehouse, { connections: {} }, `erp:c${(n * 37) % 5_000}`, ADMIN);
      return { ms: performance.now() - started, found };
    };
    const cold = await page(1);
    const warm: number[] = [];
    for (let n = 2; n < WARM_PAGES + 2; n++) warm.push((await page(n)).ms);
    const started = performance.now();
    await warehouse.rows('select count(*) as n, max(note) as note from core.activity');
    const scanMs = performance.now() - started;
    warm.sort((one, other) => one - other);
    const lists = Object.values(cold.found.sections).flatMap((section) => Object.values(section.lists));
    process.send?.({
      coldMs: cold.ms,
      warmMs: warm[Math.floor(warm.length / 2)] ?? 0,
      scanMs,
      statements: cold.found.statements,
      rows: lists.reduce((sum, rows) => sum + rows.length, 0),
    } satisfies Measured);
  } finally {
    await warehouse.close();
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
