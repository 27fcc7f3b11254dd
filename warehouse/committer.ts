import { damagedSpool } from './damagedSpool';
import { type LoadRequest, NOTHING_YET, type Progress, type Target } from './loadRequest';
import type { Spool } from './spool';
import type { Warehouse } from './warehouse';

/** Commits spools one after the other, at most one behind the reader. Each spool file is removed, whatever becomes of it. */
export class Committer {
  private readonly progress: Progress = { ...NOTHING_YET };
  private readonly warehouse: Warehouse;
  private readonly request: LoadRequest;
  private readonly target: Target;
  private batch: number;
  private pending: Promise<void> = Promise.resolve();
  private failure: Error | undefined;

  constructor(warehouse: Warehouse, request: LoadRequest, target: Target, batch: number) {
    this.warehouse = warehouse;
    this.request = request;
    this.target = target;
    this.batch = batch;
  }

  get hasFailed(): boolean {
    return this.failure !== undefined;
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
    const { position, table } = this.target;
    const drift = this.request.drift ?? stream.drift;
    const { file, rows: read, bytes, fields, largestPage, hasNul } = spool;
    try {
      const counts = await this.warehouse.loadBatch({
        connection,
        stream,
        syncId,
        file,
        read,
        bytes,
        largestPage,
        hasNul,
        ...(fields && { fields }),
        state,
        after: this.batch,
        position,
        ...(table !== undefined && { table }),
        ...(drift && { drift }),
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
    } catch (error) {
      throw damagedSpool(error, file);
    } finally {
      await spool.remove();
    }
  }
}
