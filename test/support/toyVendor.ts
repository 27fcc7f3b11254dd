import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import {
  defineStream,
  type Keyset,
  keysetPages,
  money,
  type OpenSource,
  type Row,
  type Stream,
  utcTime,
} from '../../connectors/kit';
import { loadStream } from '../../warehouse/loadStream';
import { reconcileStream } from '../../warehouse/reconcileStream';
import type { Warehouse } from '../../warehouse/warehouse';

/** A stream with a cursor, money and a label. */
export const orders = defineStream({
  name: 'orders',
  vendorName: 'Order',
  key: ['id'],
  cursor: { field: 'changed', tie: 'id', overlap: '1 minutes' },
  amount: 'amount',
  snapshot: ['status'],
  contract: z.object({
    id: z.string(),
    title: z.string(),
    amount: money(),
    status: z.string(),
    changed: utcTime(),
  }),
});

export const order = (id: string, changes: Row = {}): Row => ({
  id,
  title: `order ${id}`,
  amount: '10.00',
  status: 'open',
  changed: '2026-01-05T08:00:00Z',
  ...changes,
});

/** A vendor that lists by (changed, id), as real ones do; what it holds and how it behaves are fields. */
export class ToyVendor {
  rows: Row[] = [];
  pageRows = 2;
  /** Called before each page of records or keys. */
  onPage: (page: number) => void | Promise<void> = () => undefined;
  hasKeys = true;
  /** Of the last read: aborted when its run was cancelled. */
  signal: AbortSignal | undefined;
  private pages = 0;

  source = (stream: Stream = orders): OpenSource => {
    const list = this.list.bind(this);
    return {
      streams: [stream],
      check: () => Promise.resolve(),
      read: (asked, state, request) => {
        this.signal = request.signal;
        return keysetPages(asked, state as Keyset | undefined, this.pageRows, list, request);
      },
      ...(this.hasKeys && { keys: () => this.keys(stream) }),
    };
  };

  private async list({
    after,
    from,
    to,
    limit,
  }: {
    after?: { cursor: string; tie: string };
    from?: string;
    to?: string;
    limit: number;
  }): Promise<Row[]> {
    await this.onPage(++this.pages);
    const place = (row: Row) => `${String(row.changed)} ${String(row.id)}`;
    return this.rows
      .filter((row) =>
        after
          ? place(row) > `${after.cursor} ${after.tie}`
          : from === undefined || String(row.changed) >= from,
      )
      .filter((row) => to === undefined || String(row.changed) <= to)
      .sort((one, other) => (place(one) < place(other) ? -1 : 1))
      .slice(0, limit);
  }

  private async *keys(stream: Stream): AsyncGenerator<string[][]> {
    const keys = this.rows.map((row) => stream.key.map((name) => String(row[name])));
    for (let start = 0; start < keys.length; start += this.pageRows) {
      await this.onPage(++this.pages);
      yield keys.slice(start, start + this.pageRows);
    }
  }
}

/** Loads and reconciles stream `orders` of connection `toys` into one warehouse, each call as a run of its own. */
export class ToyLoader {
  readonly vendor = new ToyVendor();
  readonly folder = mkdtempSync(join(tmpdir(), 'millrace-toys-'));
  readonly warehouse: Warehouse;
  stream: Stream = orders;
  private runs = 0;

  constructor(warehouse: Warehouse) {
    this.warehouse = warehouse;
  }

  async load(
    more: {
      isFull?: boolean;
      isConfirmed?: boolean;
      range?: { from?: string; to?: string };
      runId?: string;
      signal?: AbortSignal;
      warehouse?: Warehouse;
    } = {},
  ) {
    const { runId = this.nextRun(), warehouse = this.warehouse, ...rest } = more;
    await this.warehouse.run(
      `insert into meta.run_stream values (?, 'toys', 'orders', 0, 0, 0, 0, 0, 0, 0, timezone('UTC', now()), null, 'running', null, null, null) on conflict do nothing`,
      [runId],
    );
    const { stream, folder: spoolFolder } = this;
    const progress = await loadStream(warehouse, {
      connection: 'toys',
      stream,
      syncId: runId,
      source: this.vendor.source(stream),
      spoolFolder,
      ...rest,
    });
    return { runId, ...progress };
  }

  async reconcile(more: { isPreview?: boolean; isConfirmed?: boolean; signal?: AbortSignal } = {}) {
    const { stream, folder: spoolFolder } = this;
    return reconcileStream(this.warehouse, {
      connection: 'toys',
      stream,
      source: this.vendor.source(stream),
      spoolFolder,
      runId: this.nextRun(),
      isConfirmed: false,
      ...more,
    });
  }

  /** id, amount, status and whether it is marked, by id. */
  async stored() {
    const rows = await this.warehouse.rows(
      'select id, amount, _deleted_at is not null as gone from raw.toys__orders order by id',
    );
    return rows.map(({ id, amount, gone }) => [id, amount, gone]);
  }

  async counts(runId: string) {
    const [row] = await this.warehouse.rows(
      'select read_rows, loaded_rows, unchanged_rows, quarantined_rows, deleted_rows from meta.run_stream where run_id = ?',
      [runId],
    );
    return Object.fromEntries(
      Object.entries(row ?? {}).map(([name, value]) => [name.replace('_rows', ''), Number(value)]),
    );
  }

  spools(): string[] {
    return readdirSync(this.folder);
  }

  async close() {
    await this.warehouse.close();
    rmSync(this.folder, { recursive: true });
  }

  private nextRun(): string {
    this.runs++;
    return `run-${String(this.runs).padStart(3, '0')}`;
  }
}
