import { randomUUID } from 'node:crypto';
import { countOf, type OpenSource, type ReadRequest, type Stream } from '../connectors/kit';
import { Spool } from './spool';
import type { Counts, Warehouse } from './warehouse';

export interface LoadRequest {
  connection: string;
  stream: Stream;
  /** The run that this sync belongs to; its row in meta.run_stream exists. */
  syncId: string;
  source: OpenSource;
  spoolFolder: string;
  /** Read everything again; the cursor starts anew. */
  isFull?: boolean;
  /** A backfill: only this range, and the stored cursor stays as it is. */
  range?: { from?: string; to?: string };
  signal?: AbortSignal;
  onProgress?(progress: Progress): void;
}

/** What a sync has done so far; heartbeats and terminals show it. */
export interface Progress extends Counts {
  bytes: number;
  batches: number;
}

const BATCH = { rows: 150_000, bytes: 256 * 1024 * 1024, ms: 5_000 } as const;

/**
 * Syncs one stream: pages → spool → batches, each committed with its state (DESIGN section 4). While one batch commits,
 * the next is being fetched, so two spool files exist at most. A retry goes on from the last committed state.
 */
export async function loadStream(warehouse: Warehouse, request: LoadRequest): Promise<Progress> {
  const { connection, stream, source, range, isFull = false } = request;
  await warehouse.prepareStream(connection, stream);
  const stored = await warehouse.streamState(connection, stream.name);
  const isBackfill = range !== undefined;
  const start = isFull || isBackfill ? undefined : stored.state;
  const committer = new Committer(warehouse, request, stored.batch);
  const readRequest: ReadRequest = { ...range, ...(request.signal && { signal: request.signal }) };
  let spool: Spool | undefined;
  let state: unknown;
  try {
    let openedAt = Date.now();
    for await (const page of source.read(stream, start, readRequest)) {
      request.signal?.throwIfAborted();
      spool ??= await Spool.create(request.spoolFolder, `${connection}__${stream.name}__${randomUUID()}`);
      if (spool.rows === 0) openedAt = Date.now();
      if (countOf(page.records) > 0) await spool.append(page.records);
      state = page.state;
      const isDue =
        spool.rows >= BATCH.rows || spool.bytes >= BATCH.bytes || Date.now() - openedAt >= BATCH.ms;
      if (!isDue) continue;
      await committer.commit(spool, isBackfill ? undefined : state);
      spool = undefined;
      state = undefined;
    }
    if (spool) await committer.commit(spool, isBackfill ? undefined : state);
    spool = undefined;
    return await committer.finish();
  } catch (error) {
    // Whole pages that were read stay read: a paid answer is not bought twice because the next one failed.
    if (spool && !request.signal?.aborted) {
      await committer.commit(spool, isBackfill ? undefined : state);
      spool = undefined;
    }
    throw error;
  } finally {
    await spool?.remove();
    await committer.settle();
  }
}

/** Commits spools one after the other, at most one behind the reader. */
class Committer {
  private readonly progress: Progress = {
    read: 0,
    loaded: 0,
    unchanged: 0,
    quarantined: 0,
    bytes: 0,
    batches: 0,
  };
  private readonly warehouse: Warehouse;
  private readonly request: LoadRequest;
  private batch: number;
  private pending: Promise<void> = Promise.resolve();
  private failure: Error | undefined;

  constructor(warehouse: Warehouse, request: LoadRequest, batch: number) {
    this.warehouse = warehouse;
    this.request = request;
    this.batch = batch;
  }

  /** Waits for the commit before, then starts this one. */
  async commit(spool: Spool, state: unknown): Promise<void> {
    await spool.finish();
    await this.settle();
    if (this.failure !== undefined) {
      await spool.remove();
      throw this.failure;
    }
    this.pending = this.load(spool, state).catch((error: unknown) => {
      this.failure = error instanceof Error ? error : new Error(String(error));
    });
  }

  async finish(): Promise<Progress> {
    await this.settle();
    if (this.failure !== undefined) throw this.failure;
    return this.progress;
  }

  async settle(): Promise<void> {
    await this.pending;
  }

  private async load(spool: Spool, state: unknown): Promise<void> {
    const { connection, stream, syncId, onProgress } = this.request;
    const { file, rows: read, bytes } = spool;
    try {
      const counts = await this.warehouse.loadBatch({
        connection,
        stream,
        syncId,
        file,
        read,
        bytes,
        state,
        after: this.batch,
      });
      this.batch++;
      const { progress } = this;
      progress.read += counts.read;
      progress.loaded += counts.loaded;
      progress.unchanged += counts.unchanged;
      progress.quarantined += counts.quarantined;
      progress.bytes += bytes;
      progress.batches++;
      onProgress?.({ ...progress });
    } finally {
      await spool.remove();
    }
  }
}
