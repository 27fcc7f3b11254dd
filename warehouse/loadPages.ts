import { randomUUID } from 'node:crypto';
import { countOf, type ReadRequest } from '../connectors/kit';
import { Committer } from './committer';
import type { LoadRequest, Progress, Target } from './loadRequest';
import { Spool } from './spool';
import type { Warehouse } from './warehouse';

/** Four of DuckDB's row groups: what does not fill one goes through its log and is written twice (docs/performance.md). */
const BATCH = { rows: 4 * 122_880, bytes: 320 * 1024 * 1024, ms: 10_000 } as const;

/**
 * Reads all pages of a stream into a target. While one batch commits, the next is being fetched, so two spool files exist at
 * most. Cancelling or a commit that fails leaves no file and no half batch.
 */
export async function loadPages(
  warehouse: Warehouse,
  request: LoadRequest,
  target: Target,
): Promise<Progress> {
  const { connection, stream, source, range, signal, batchRows = BATCH.rows } = request;
  const { position, keepsState } = target;
  const stored = await warehouse.streamState(connection, position);
  const committer = new Committer(warehouse, request, target, stored.batch);
  const readRequest: ReadRequest = { ...range, ...(signal && { signal }) };
  let spool: Spool | undefined;
  let state: unknown;
  try {
    let openedAt = performance.now();
    for await (const page of source.read(stream, keepsState ? stored.state : undefined, readRequest)) {
      signal?.throwIfAborted();
      spool ??= await Spool.create(request.spoolFolder, `${connection}__${stream.name}__${randomUUID()}`);
      if (spool.rows === 0) openedAt = performance.now();
      if (countOf(page.records) > 0) await spool.append(page.records);
      state = page.state;
      const isDue =
        spool.rows >= batchRows || spool.bytes >= BATCH.bytes || performance.now() - openedAt >= BATCH.ms;
      if (!isDue) continue;
      await committer.commit(spool, keepsState ? state : undefined);
      spool = undefined;
      state = undefined;
    }
    signal?.throwIfAborted(); // a source that just ends when it is told to stop has not read everything
    if (spool) await committer.commit(spool, keepsState ? state : undefined);
    spool = undefined;
    return await committer.finish();
  } catch (error) {
    // Whole pages that were read stay read: a paid answer is not bought twice because the next one failed.
    if (spool && !signal?.aborted && !committer.hasFailed) {
      await committer.commit(spool, keepsState ? state : undefined);
      spool = undefined;
    }
    throw error;
  } finally {
    await committer.settle();
    await spool?.remove();
  }
}
