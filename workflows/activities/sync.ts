import { MillraceError } from '../../connectors/kit';
import { loadStream, type Progress, reconcileStream, tableHash } from '../../warehouse';
import type { StreamResult } from '../messages';
import { withHeartbeats } from './heartbeats';
import type { Host } from './host';
import { toFailure } from './toFailure';

export interface SyncStream {
  runId: string;
  connection: string;
  stream: string;
  isFull: boolean;
  range?: { from?: string; to?: string };
}

export interface ReconcileDeletes {
  runId: string;
  connection: string;
  stream: string;
  isConfirmed: boolean;
}

const NOTHING: Progress = { read: 0, loaded: 0, unchanged: 0, quarantined: 0, bytes: 0, batches: 0 };

export function syncActivities(host: Host) {
  const { warehouse, options } = host;
  const at = (connection: string, error: unknown) =>
    toFailure(error, (text) => host.redact(connection, text));
  return {
    /** Proves the login; gives the streams to sync. A stream that is not there is named with those that are. */
    async checkConnection({
      connection,
      streams,
    }: {
      connection: string;
      streams?: string[];
    }): Promise<string[]> {
      try {
        const source = await host.open(connection);
        try {
          await source.check();
          const names = host.streamsOf(source, host.connection(connection)).map(({ name }) => name);
          const unknown = (streams ?? []).filter((name) => !names.includes(name));
          if (unknown.length > 0) {
            throw new MillraceError('not_found', {
              what: `There is no stream ${unknown.join(', ')}`,
              where: `connection ${connection}`,
              todo: `Streams: ${names.join(', ')}`,
            });
          }
          return streams ?? names;
        } finally {
          await source.close?.();
        }
      } catch (error) {
        throw at(connection, error);
      }
    },

    /** One stream from its committed state to its end (DESIGN section 4). */
    async syncStream({ runId, connection, stream: name, isFull, range }: SyncStream): Promise<StreamResult> {
      const started = Date.now();
      let progress = NOTHING;
      const tell = (isDone: boolean) =>
        options.onProgress?.({
          connection,
          stream: name,
          progress,
          seconds: (Date.now() - started) / 1_000,
          isDone,
        });
      try {
        await beginStream(runId, connection, name);
        await withHeartbeats(
          () => progress,
          async (signal) => {
            const source = await host.open(connection, signal);
            try {
              const stream = host
                .streamsOf(source, host.connection(connection))
                .find((one) => one.name === name);
              if (!stream)
                throw new MillraceError('not_found', {
                  what: `There is no stream ${name}`,
                  where: `connection ${connection}`,
                });
              const request = {
                connection,
                stream,
                syncId: runId,
                source,
                spoolFolder: options.spoolFolder,
                signal,
              };
              progress = await loadStream(warehouse, {
                ...request,
                isFull,
                ...(range && { range }),
                onProgress: (now) => {
                  progress = now;
                  tell(false);
                },
              });
            } finally {
              await source.close?.();
            }
          },
        );
        const result = await endStream(runId, connection, name);
        tell(true);
        return result;
      } catch (error) {
        const failure = at(connection, error);
        await failStream(runId, connection, name, failure);
        throw failure;
      }
    },

    /** Marks what the vendor no longer has; the number of rows newly marked. */
    async reconcileDeletes({
      runId,
      connection,
      stream: name,
      isConfirmed,
    }: ReconcileDeletes): Promise<number> {
      try {
        return await withHeartbeats(
          () => name,
          async (signal) => {
            const source = await host.open(connection, signal);
            try {
              const stream = source.streams.find((one) => one.name === name);
              if (!stream)
                throw new MillraceError('not_found', {
                  what: `There is no stream ${name}`,
                  where: `connection ${connection}`,
                });
              const { spoolFolder } = options;
              const result = await reconcileStream(warehouse, {
                connection,
                stream,
                source,
                spoolFolder,
                isConfirmed,
              });
              const deleted = result?.deleted ?? 0;
              await warehouse.run(
                'update meta.run_stream set deleted_rows = deleted_rows + ? where run_id = ? and connection = ? and stream = ?',
                [deleted, runId, connection, name],
              );
              return deleted;
            } finally {
              await source.close?.();
            }
          },
        );
      } catch (error) {
        throw at(connection, error);
      }
    },
  };

  async function beginStream(runId: string, connection: string, stream: string): Promise<void> {
    await warehouse.run(
      `insert into meta.run_stream values (?, ?, ?, 0, 0, 0, 0, 0, 0, 0, timezone('UTC', now()), null, 'running', null, null, null)
       on conflict (run_id, connection, stream) do update set status = 'running', error = null`,
      [runId, connection, stream],
    );
  }

  /** Figures from the warehouse, so that they hold what attempts before this one committed. */
  async function endStream(runId: string, connection: string, stream: string): Promise<StreamResult> {
    const { rows, hash } = await tableHash(warehouse, connection, stream);
    const key = [runId, connection, stream];
    await warehouse.run(
      `update meta.run_stream set ended_at = timezone('UTC', now()), status = 'done', table_rows = ?, table_hash = ?
       where run_id = ? and connection = ? and stream = ?`,
      [rows, hash, ...key],
    );
    const [row] = await warehouse.rows(
      `select *, extract(epoch from ended_at - started_at) as seconds from meta.run_stream
       where run_id = ? and connection = ? and stream = ?`,
      key,
    );
    const count = (name: string) => Number(row?.[name] ?? 0);
    return {
      stream,
      status: 'done',
      read: count('read_rows'),
      loaded: count('loaded_rows'),
      unchanged: count('unchanged_rows'),
      quarantined: count('quarantined_rows'),
      deleted: 0,
      seconds: count('seconds'),
      tableHash: hash,
    };
  }

  async function failStream(
    runId: string,
    connection: string,
    stream: string,
    failure: unknown,
  ): Promise<void> {
    const [details] = (failure as { details?: unknown[] }).details ?? [];
    await warehouse
      .run(
        `update meta.run_stream set ended_at = timezone('UTC', now()), status = 'failed', error = ?
         where run_id = ? and connection = ? and stream = ?`,
        [JSON.stringify(details ?? { code: 'cancelled' }), runId, connection, stream],
      )
      .catch(() => undefined); // the warehouse itself may be what failed; the failure thrown next says so
  }
}
