import { noteContract } from './contract/contractVersion';
import { withAccepted } from './contract/withAccepted';
import { loadPages } from './loadPages';
import type { LoadRequest, Progress } from './loadRequest';
import { refreshStream } from './refreshStream';
import { checkShape } from './streamShape';
import type { Warehouse } from './warehouse';

export type { LoadRequest, Progress } from './loadRequest';

/**
 * Syncs one stream: pages → spool → batches, each committed with its state (DESIGN section 4). A retry goes on from the
 * last committed state. Errors: the connector's own; `full_refresh_needed` when the contract has another key or other
 * types than the table; `too_many_deletes` from a full refresh.
 */
export async function loadStream(warehouse: Warehouse, asked: LoadRequest): Promise<Progress> {
  const request = await withAccepted(warehouse, asked);
  const { connection, stream, range, isFull = false, syncId } = request;
  await warehouse.prepareStream(connection, stream);
  await noteContract(warehouse, connection, stream);
  if (isFull) return refreshStream(warehouse, request);
  await checkShape(warehouse, connection, stream);
  if (range !== undefined) {
    // Counts its batches by itself, so that the syncs that go on meanwhile and the backfill do not take each other's numbers.
    const position = `${stream.name}__backfill_${syncId}`;
    try {
      return await loadPages(warehouse, request, { position, keepsState: false });
    } finally {
      const forget = 'delete from meta.stream_state where connection = ? and stream = ?';
      await warehouse.run(forget, [connection, position]).catch(() => undefined); // counts nothing but this reading
    }
  }
  return loadPages(warehouse, request, { position: stream.name, keepsState: true });
}
