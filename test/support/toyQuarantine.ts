import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { defineStream, money, type Row, type Stream, utcTime } from '../../connectors/kit';
import { replayStream } from '../../warehouse';
import { loadStream } from '../../warehouse/loadStream';
import type { Warehouse } from '../../warehouse/warehouse';

export const STATUS = ['open', 'paid'] as const;

/** A stream with a cursor and money; `status` is what its contract knows. */
export const orders = (status: readonly string[] = STATUS) =>
  defineStream({
    name: 'orders',
    vendorName: 'Order',
    key: ['id'],
    cursor: { field: 'changed', tie: 'id', overlap: '5 minutes' },
    amount: 'amount',
    contract: z.object({
      id: z.string(),
      amount: money(),
      status: z.enum(status as [string, ...string[]]),
      changed: utcTime(),
    }),
  });

/** A file of customers: no cursor, every sync reads all of it. */
export const customers = (levels: readonly string[]) =>
  defineStream({
    name: 'customers',
    vendorName: 'Customer',
    key: ['id'],
    contract: z.object({ id: z.string(), name: z.string(), level: z.enum(levels as [string, ...string[]]) }),
  });

export const order = (id: string, changes: Row = {}): Row => ({
  id,
  amount: '10.00',
  status: 'open',
  changed: '2026-01-01T00:00:00Z',
  ...changes,
});

/** Syncs and replays of connection `erp` over one warehouse, each call as a run of its own. */
export class ToyQuarantine {
  readonly warehouse: Warehouse;
  private readonly folder = mkdtempSync(join(tmpdir(), 'millrace-quarantine-'));
  private runs = 0;

  constructor(warehouse: Warehouse) {
    this.warehouse = warehouse;
  }

  async begin(kind: 'sync' | 'replay', stream: Stream): Promise<string> {
    const runId = `${kind}-${++this.runs}`;
    await this.warehouse.run(
      "insert into meta.run (run_id, kind, cause, started_at, status) values (?, ?, 'manual', utc_now(), 'running')",
      [runId, kind],
    );
    await this.warehouse.run(
      `insert into meta.run_stream (run_id, connection, stream, read_rows, loaded_rows, unchanged_rows, quarantined_rows, deleted_rows, bytes, batches, started_at, status)
       values (?, 'erp', ?, 0, 0, 0, 0, 0, 0, 0, utc_now(), 'running')`,
      [runId, stream.name],
    );
    return runId;
  }

  async sync(stream: Stream, ...pages: Row[][]): Promise<string> {
    const syncId = await this.begin('sync', stream);
    const source = {
      streams: [stream],
      check: () => Promise.resolve(),
      async *read() {
        for (const [index, records] of pages.entries()) yield { records, state: `${syncId}-${index}` };
      },
    };
    const { warehouse, folder: spoolFolder } = this;
    await loadStream(warehouse, { connection: 'erp', stream, syncId, source, spoolFolder });
    return syncId;
  }

  async replay(stream: Stream, more: { reason?: string; isDryRun?: boolean; runId?: string } = {}) {
    const { isDryRun = false, ...filter } = more;
    const runId = more.runId ?? (isDryRun ? 'dry-run' : await this.begin('replay', stream));
    const { warehouse, folder: spoolFolder } = this;
    const place = { connection: 'erp', stream, spoolFolder };
    const result = await replayStream(warehouse, { ...place, isDryRun, ...filter, runId });
    return { runId, ...result };
  }

  kept() {
    return this.warehouse.rows(
      'select source_id, reasons, resolution, resolved_by from quarantine.record order by source_id, first_seen_at, record_hash',
    );
  }

  stored() {
    return this.warehouse.rows('select id, amount, status from raw.erp__orders order by id');
  }

  /** Read, loaded, unchanged, quarantined. */
  async figures(runId: string): Promise<number[]> {
    const [row] = await this.warehouse.rows(
      'select read_rows, loaded_rows, unchanged_rows, quarantined_rows from meta.run_stream where run_id = ?',
      [runId],
    );
    return Object.values(row ?? {}).map(Number);
  }

  /** Spool files that were left. */
  async close(): Promise<string[]> {
    await this.warehouse.close();
    const left = readdirSync(this.folder);
    rmSync(this.folder, { recursive: true });
    return left;
  }
}
