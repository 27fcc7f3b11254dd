import { type QuarantineFilter, replayStream, waitingStreams } from '../../warehouse';
import type { StreamResult } from '../messages';
import { contractNow, driftOf } from './contracts';
import { withHeartbeats } from './heartbeats';
import type { Host } from './host';
import { beginStream, endStream, failStream, type StreamRun } from './streamRuns';
import { toFailure } from './toFailure';

export interface ReplayStreamRequest extends StreamRun {
  reason?: string;
}

export function replayActivities(host: Host) {
  const { warehouse, options } = host;
  return {
    /** The streams in which such records wait. */
    async streamsInQuarantine(
      filter: Omit<QuarantineFilter, 'all'>,
    ): Promise<{ connection: string; stream: string }[]> {
      try {
        return await waitingStreams(warehouse, filter);
      } catch (error) {
        throw toFailure(error);
      }
    },

    /** Loads what waits of one stream by the contract of today; a retry goes on with what it has not tried. */
    async replayRecords(request: ReplayStreamRequest): Promise<StreamResult> {
      const { runId, connection, stream: name, reason } = request;
      try {
        const stream = await contractNow(host, connection, name);
        await beginStream(warehouse, request);
        let read = 0;
        await withHeartbeats(
          () => read,
          (signal) =>
            replayStream(warehouse, {
              connection,
              stream,
              runId,
              spoolFolder: options.spoolFolder,
              drift: driftOf(host, connection, stream),
              isDryRun: false,
              signal,
              ...(reason !== undefined && { reason }),
              onProgress: (result) => void (read = result.read),
            }),
        );
        return await endStream(warehouse, request);
      } catch (error) {
        const failure = toFailure(error, (text) => host.redact(connection, text));
        await failStream(warehouse, request, failure);
        throw failure;
      }
    },
  };
}
