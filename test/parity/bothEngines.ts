import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OpenSource, Page, Stream } from '../../connectors/kit';
import {
  buildModels,
  loadStream,
  type ModelConnection,
  reconcileStream,
  type Warehouse,
} from '../../warehouse';
import { freezeMonths } from '../../workflows/activities/freeze';
import { engines } from '../support/engines';

/** A connection whose pages are read once and given to both engines, so that both get the same bytes. */
export interface ReadOnce {
  connection: string;
  source: OpenSource;
}

/** One warehouse on each engine, to which everything is done alike. */
export class BothEngines {
  readonly warehouses: readonly Warehouse[];
  private readonly folder = mkdtempSync(join(tmpdir(), 'millrace-parity-'));
  private runs = 0;

  private constructor(warehouses: readonly Warehouse[]) {
    this.warehouses = warehouses;
  }

  static async open(): Promise<BothEngines> {
    return new BothEngines(await Promise.all(engines.map(({ open }) => open())));
  }

  /** Syncs every stream. */
  async load({ connection, source }: ReadOnce): Promise<void> {
    const runId = this.nextRun('sync');
    for (const stream of source.streams) {
      const [first] = this.warehouses;
      const start = (await first?.streamState(connection, stream.name))?.state;
      const pages: Page[] = [];
      for await (const page of source.read(stream, start, {})) pages.push(page);
      await this.each(async (warehouse) => {
        await noteRun(warehouse, runId, connection, stream);
        await loadStream(warehouse, {
          connection,
          stream,
          syncId: runId,
          source: { ...source, read: () => replay(pages) },
          spoolFolder: this.folder,
        });
      });
    }
    await this.each((warehouse) =>
      warehouse.run("update meta.run_stream set ended_at = timezone('UTC', now()), status = 'succeeded'"),
    );
  }

  /** Marks what the vendor no longer has. */
  async reconcile({ connection, source }: ReadOnce): Promise<void> {
    const runId = this.nextRun('reconcile');
    for (const stream of source.streams) {
      if (!source.keys) return;
      const pages: string[][][] = [];
      for await (const page of source.keys(stream)) pages.push(page);
      const keys = () => replay(pages);
      await this.each(async (warehouse) => {
        await noteRun(warehouse, runId, connection, stream);
        await reconcileStream(warehouse, {
          connection,
          stream,
          source: { ...source, keys },
          spoolFolder: this.folder,
          runId,
          isConfirmed: true,
        });
      });
    }
  }

  /**
   * The times at which each warehouse read its rows become one time: models may look at them, and two engines cannot read
   * at once.
   */
  async readAtOneTime(): Promise<void> {
    await this.each(async (warehouse) => {
      const columns = await warehouse.rows(
        `select table_name, column_name from information_schema.columns where table_schema = 'raw'
           and column_name in ('_extracted_at', '_first_extracted_at', '_seen_at', '_deleted_at') order by 1, 2`,
      );
      const tables = new Map<string, string[]>();
      for (const { table_name: table, column_name: column } of columns)
        tables.set(String(table), [...(tables.get(String(table)) ?? []), String(column)]);
      for (const [table, times] of tables) {
        const same = times.map(
          (column) =>
            `${column} = case when ${column} is not null then cast('2026-07-14 20:00:00' as timestamp) end`,
        );
        await warehouse.run(`update raw."${table}" set ${same.join(', ')}`);
      }
    });
  }

  async build(connections: readonly ModelConnection[], asOfDate: string, isAll = true): Promise<void> {
    const runId = this.nextRun('build');
    await this.each((warehouse) => buildModels(warehouse, { runId, connections, asOfDate, isAll }));
  }

  async freeze(asOfDate: string): Promise<string[][]> {
    const runId = this.nextRun('freeze');
    const frozen: string[][] = [];
    await this.each(
      async (warehouse) => void frozen.push(await freezeMonths(warehouse, { runId, asOfDate })),
    );
    return frozen;
  }

  /** One after the other: times differ, results may not. */
  async each(work: (warehouse: Warehouse) => Promise<unknown>): Promise<void> {
    for (const warehouse of this.warehouses) await work(warehouse);
  }

  async close(): Promise<void> {
    await this.each((warehouse) => warehouse.close());
    rmSync(this.folder, { recursive: true });
  }

  private nextRun(kind: string): string {
    return `${kind}-${++this.runs}`;
  }
}

async function noteRun(
  warehouse: Warehouse,
  runId: string,
  connection: string,
  stream: Stream,
): Promise<void> {
  await warehouse.run(
    `insert into meta.run_stream (run_id, connection, stream, read_rows, loaded_rows, unchanged_rows, quarantined_rows, deleted_rows, bytes, batches, started_at, status)
     values (?, ?, ?, 0, 0, 0, 0, 0, 0, 0, timezone('UTC', now()), 'running')`,
    [runId, connection, stream.name],
  );
}

async function* replay<T>(pages: readonly T[]): AsyncGenerator<T> {
  yield* pages;
}
