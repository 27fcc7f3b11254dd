import { reconcileStream } from '../../warehouse';
import type { ReconciledStream } from '../messages';
import { withHeartbeats } from './heartbeats';
import type { Host } from './host';
import { withStream } from './openStream';
import { beginStream, endStream, failStream, rowsDeleted, type StreamRun } from './streamRuns';
import { toFailure } from './toFailure';

export interface ReconcileKeys extends StreamRun {
  isPreview: boolean;
  isConfirmed: boolean;
}

export function reconcileActivities(host: Host) {
  const { warehouse, options } = host;
  const failureOf = (connection: string, error: unknown) =>
    toFailure(error, (text) => host.redact(connection, text));

  async function compare({ runId, connection, stream, isPreview, isConfirmed }: ReconcileKeys) {
    return withHeartbeats(
      () => stream,
      (signal) =>
        withStream(host, { connection, stream, signal }, (source, found) =>
          reconcileStream(warehouse, {
            connection,
            stream: found,
            source,
            spoolFolder: options.spoolFolder,
            runId,
            isPreview,
            isConfirmed,
            signal,
          }),
        ),
    );
  }

  return {
    /** Marks what the vendor no longer has, as the end of a sync; the number of rows that the run marked. */
    async reconcileDeletes(request: StreamRun & { isConfirmed: boolean }): Promise<number> {
      try {
        await compare({ ...request, isPreview: false });
        return await rowsDeleted(warehouse, request); // with those of an attempt that was killed after its commit
      } catch (error) {
        throw failureOf(request.connection, error);
      }
    },

    /** The same as a run of its own, or only a look. Examples stay in meta.delete_preview: rows are no payload. */
    async reconcileKeys(request: ReconcileKeys): Promise<ReconciledStream> {
      const { stream, connection } = request;
      try {
        await beginStream(warehouse, request);
        const result = await compare(request);
        await endStream(warehouse, request);
        const nothing = { listed: 0, known: 0, gone: 0, deleted: 0, revived: 0 };
        if (!result) return { stream, status: 'skipped', ...nothing };
        const { listed, known, gone, deleted, revived } = result;
        return { stream, status: 'done', listed, known, gone, deleted, revived };
      } catch (error) {
        const failure = failureOf(connection, error);
        await failStream(warehouse, request, failure);
        throw failure;
      }
    },
  };
}
