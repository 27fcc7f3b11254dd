import { randomUUID } from 'node:crypto';
import type { OpenSource, Stream } from '../connectors/kit';
import { tooManyDeletes } from './reconcilePreview';
import { Spool } from './spool';
import { warehouseNow } from './warehouseNow';
import type { ReconcileResult, Warehouse } from './warehouse';

export interface ReconcileStreamRequest {
  connection: string;
  stream: Stream;
  source: OpenSource;
  spoolFolder: string;
  runId: string;
  /** Only looks. */
  isPreview?: boolean;
  isConfirmed: boolean;
  signal?: AbortSignal;
  onProgress?(keys: number): void;
}

/**
 * Compares the vendor's keys with ours and marks what is gone (A8). Undefined when the vendor cannot list keys. A listing
 * that fails or is cancelled marks nothing. Errors: `too_many_deletes`, with the preview kept in meta.delete_preview.
 */
export async function reconcileStream(
  warehouse: Warehouse,
  request: ReconcileStreamRequest,
): Promise<ReconcileResult | undefined> {
  const { connection, stream, source, runId, isPreview = false, isConfirmed, signal } = request;
  await warehouse.prepareStream(connection, stream);
  if (!source.keys) return undefined;
  const listedAt = await warehouseNow(warehouse);
  const spool = await Spool.create(
    request.spoolFolder,
    `${connection}__${stream.name}__keys_${randomUUID()}`,
  );
  try {
    for await (const page of source.keys(stream)) {
      signal?.throwIfAborted();
      await spool.append(
        page.map((key) => Object.fromEntries(stream.key.map((name, index) => [name, key[index] ?? null]))),
      );
      request.onProgress?.(spool.rows);
    }
    signal?.throwIfAborted();
    await spool.finish();
    const keysFile = spool.file;
    const result = await warehouse.reconcile({
      connection,
      stream,
      keysFile,
      runId,
      listedAt,
      isPreview,
      isConfirmed,
    });
    if (result.isStopped)
      throw tooManyDeletes(
        { connection, stream: stream.name, ...result },
        `millrace reconcile ${connection} --stream ${stream.name} --apply --confirm-deletes`,
      );
    return result;
  } finally {
    await spool.remove();
  }
}
