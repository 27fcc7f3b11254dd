import {
  ApplicationFailure,
  CancellationScope,
  executeChild,
  isCancellation,
  proxyActivities,
  workflowInfo,
} from '@temporalio/workflow';
import type { Activities } from './activities';
import { buildModels } from './buildModels';
import type { ReplayedStream, ReplayInput, ReplayOutcome, RunStatus } from './messages';
import { bookkeeping, syncing } from './policies';
import { problemOf } from './problem';

const { beginRun, endRun, streamsInQuarantine } = proxyActivities<Activities>(bookkeeping);
const { replayRecords } = proxyActivities<Activities>(syncing);

/**
 * A9: what waits in quarantine goes through the loader again, as its own run; then the models that read what came in.
 * A stream that fails does not stop the others; the run then ends `partial` and this workflow fails with its error.
 */
export async function replayQuarantine(input: ReplayInput): Promise<ReplayOutcome> {
  const { runId } = workflowInfo();
  const { cause, connection, stream, reason } = input;
  await beginRun({ runId, kind: 'replay', cause, ...(connection !== undefined && { connection }) });
  let streams: ReplayedStream[] = [];
  try {
    const waiting = await streamsInQuarantine({
      ...(connection !== undefined && { connection }),
      ...(stream !== undefined && { stream }),
      ...(reason !== undefined && { reason }),
    });
    streams = await Promise.all(waiting.map((one) => oneStream({ runId, ...one }, reason)));
    const isBuilt = input.build !== false && streams.some(({ loaded }) => loaded > 0);
    const generation = isBuilt
      ? (await executeChild(buildModels, { workflowId: `build/${runId}`, args: [{ cause }] })).generation
      : undefined;
    const failed = streams.filter(({ status }) => status === 'failed');
    const status: RunStatus =
      failed.length === 0 ? 'done' : failed.length < streams.length ? 'partial' : 'failed';
    const error = failed[0]?.error;
    await endRun({ runId, status, ...(error && { error }) });
    if (error) {
      const { code, what } = error;
      throw ApplicationFailure.create({ type: code, message: what, nonRetryable: true, details: [error] });
    }
    return { runId, status, streams, ...(generation !== undefined && { generation }) };
  } catch (error) {
    if (streams.some(({ status }) => status === 'failed')) throw error; // written down above
    const status = streams.length > 0 ? 'partial' : 'failed';
    await CancellationScope.nonCancellable(() => endRun({ runId, status, error: problemOf(error) }));
    throw error;
  }
}

async function oneStream(
  place: { runId: string; connection: string; stream: string },
  reason: string | undefined,
): Promise<ReplayedStream> {
  const { connection, stream } = place;
  try {
    const result = await replayRecords({ ...place, ...(reason !== undefined && { reason }) });
    const { status, read, loaded, unchanged, quarantined } = result;
    return { connection, stream, status, read, loaded, unchanged, quarantined };
  } catch (error) {
    if (isCancellation(error)) throw error;
    const nothing = { read: 0, loaded: 0, unchanged: 0, quarantined: 0 };
    return { connection, stream, status: 'failed', ...nothing, error: problemOf(error) };
  }
}
