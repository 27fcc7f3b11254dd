import { randomUUID } from 'node:crypto';
import type { OpenSource, Stream } from '../connectors/kit';
import { Spool } from './spool';
import type { ReconcileResult, Warehouse } from './warehouse';

export interface ReconcileStreamRequest {
  connection: string;
  stream: Stream;
  source: OpenSource;
  spoolFolder: string;
  isConfirmed: boolean;
  onProgress?(keys: number): void;
}

/** Compares the vendor's keys with ours and marks what is gone (A8). Undefined when the vendor cannot list keys. */
export async function reconcileStream(
  warehouse: Warehouse,
  request: ReconcileStreamRequest,
): Promise<ReconcileResult | undefined> {
  const { connection, stream, source } = request;
  if (!source.keys) return undefined;
  const spool = await Spool.create(
    request.spoolFolder,
    `${connection}__${stream.name}__keys_${randomUUID()}`,
  );
  try {
    for await (const page of source.keys(stream)) {
      await spool.append(
        page.map((key) => Object.fromEntries(stream.key.map((name, index) => [name, key[index] ?? null]))),
      );
      request.onProgress?.(spool.rows);
    }
    await spool.finish();
    const { isConfirmed } = request;
    return await warehouse.reconcile({ connection, stream, keysFile: spool.file, isConfirmed });
  } finally {
    await spool.remove();
  }
}
