import { loadStream, NOTHING_YET, type Progress } from '../../warehouse';
import type { StreamResult } from '../messages';
import { driftOf } from './contracts';
import { withHeartbeats } from './heartbeats';
import type { Host } from './host';
import { chosenStreams, withSource, withStream } from './openStream';
import { expectsRows, readNothing } from './readNothing';
import { beginStream, endStream, failStream, rowsRead, type StreamRun } from './streamRuns';
import { toFailure } from './toFailure';

export interface SyncStream extends StreamRun {
  isFull: boolean;
  /** A full refresh may delete more rows than the brake allows. */
  isConfirmed?: boolean;
  range?: { from?: string; to?: string };
  /** Of a source whose calls cost money: this run makes no more than so many. */
  maxCalls?: number;
}

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
        return await withSource(host, connection, undefined, async (source) => {
          await source.check();
          return chosenStreams(host, source, connection, streams).map(({ name }) => name);
        });
      } catch (error) {
        throw at(connection, error);
      }
    },

    /** One stream from its committed state to its end (DESIGN section 4). */
    async syncStream(request: SyncStream): Promise<StreamResult> {
      const { runId, connection, stream: name, isFull, isConfirmed = false, range, maxCalls } = request;
      const started = Date.now();
      let progress: Progress = NOTHING_YET;
      const tell = (isDone: boolean) =>
        options.onProgress?.({
          connection,
          stream: name,
          progress,
          seconds: (Date.now() - started) / 1_000,
          isDone,
        });
      try {
        await beginStream(warehouse, request);
        const mustGive = await withHeartbeats(
          () => progress,
          (signal) =>
            withStream(
              host,
              { connection, stream: name, signal, run: { runId, maxCalls } },
              async (source, stream) => {
                await warehouse.prepareStream(connection, stream);
                const expects =
                  range === undefined &&
                  !isConfirmed &&
                  (await expectsRows(warehouse, request, stream, isFull));
                progress = await loadStream(warehouse, {
                  connection,
                  stream,
                  syncId: runId,
                  source,
                  spoolFolder: options.spoolFolder,
                  signal,
                  isFull,
                  isConfirmed,
                  drift: driftOf(host, connection, stream),
                  ...(options.batchRows !== undefined && { batchRows: options.batchRows }),
                  ...(range && { range }),
                  onProgress: (now) => {
                    progress = now;
                    tell(false);
                  },
                });
                return expects;
              },
            ),
        );
        const isSuspicious = mustGive && (await rowsRead(warehouse, request)) === 0;
        const result = await endStream(warehouse, request, isSuspicious ? readNothing(request) : undefined);
        tell(true);
        return result;
      } catch (error) {
        const failure = at(connection, error);
        await failStream(warehouse, request, failure);
        throw failure;
      }
    },
  };
}
