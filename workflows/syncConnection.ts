import {
  ApplicationFailure,
  CancellationScope,
  executeChild,
  isCancellation,
  patched,
  proxyActivities,
  workflowInfo,
} from '@temporalio/workflow';
import type { Activities } from './activities';
import { buildModels } from './buildModels';
import { matchCash } from './matchCash';
import type { RunStatus, StreamResult, SyncInput, SyncResult } from './messages';
import { bookkeeping, checking, syncing } from './policies';
import { problemOf } from './problem';

const { beginRun, endRun } = proxyActivities<Activities>(bookkeeping);
const { checkConnection } = proxyActivities<Activities>(checking);
const { syncStream, reconcileDeletes } = proxyActivities<Activities>(syncing);

/**
 * A8, A10: one sync of one connection. Check, then all streams in parallel, then deletes, then the models that read what
 * changed. A stream that fails does not stop the others; the run then ends `partial` and this workflow fails with its error.
 * A stream that read nothing where rows must have come makes the run `partial` too: never green, nothing failed (A9).
 */
export async function syncConnection(input: SyncInput): Promise<SyncResult> {
  const { runId } = workflowInfo();
  const { connection, cause } = input;
  await beginRun({ runId, kind: 'sync', connection, cause });
  let streams: StreamResult[] = [];
  try {
    const names = await checkConnection({ connection, ...(input.streams && { streams: input.streams }) });
    streams = await Promise.all(names.map((stream) => oneStream(input, runId, stream)));
    const generation = input.build === false ? undefined : await buildChanged(input, runId, streams);
    if (generation !== undefined && patched('match cash')) await matchWhatCame(input, runId, generation);
    const failed = streams.filter(({ status }) => status === 'failed');
    const doubtful = streams.filter(({ status }) => status === 'suspicious');
    const status: RunStatus =
      failed.length + doubtful.length === 0 ? 'done' : failed.length < streams.length ? 'partial' : 'failed';
    const error = failed[0]?.error;
    const told = error ?? doubtful[0]?.error; // a doubt is told, but nothing failed
    await endRun({ runId, status, ...(told && { error: told }) });
    if (error)
      throw ApplicationFailure.create({
        type: error.code,
        message: error.what,
        nonRetryable: true,
        details: [error],
      });
    return { runId, status, streams, ...(generation !== undefined && { generation }) };
  } catch (error) {
    if (streams.some(({ status }) => status === 'failed')) throw error; // written down above
    const status = streams.length > 0 ? 'partial' : 'failed';
    await CancellationScope.nonCancellable(() => endRun({ runId, status, error: problemOf(error) }));
    throw error;
  }
}

async function oneStream(input: SyncInput, runId: string, stream: string): Promise<StreamResult> {
  const { connection, isFull = false, range, confirmDeletes = false } = input;
  try {
    const result = await syncStream({
      runId,
      connection,
      stream,
      isFull,
      isConfirmed: isFull && confirmDeletes,
      ...(range && { range }),
      ...(input.maxCalls !== undefined && { maxCalls: input.maxCalls }),
    });
    if (!input.reconcile) return result;
    const deleted = await reconcileDeletes({
      runId,
      connection,
      stream,
      isConfirmed: confirmDeletes,
    });
    return { ...result, deleted: result.deleted + deleted };
  } catch (error) {
    if (isCancellation(error)) throw error;
    const nothing = {
      read: 0,
      loaded: 0,
      unchanged: 0,
      quarantined: 0,
      deleted: 0,
      seconds: 0,
      tableHash: '',
    };
    return { stream, status: 'failed', ...nothing, error: problemOf(error) };
  }
}

/** Builds what reads changed streams; nothing changed, nothing is built. */
async function buildChanged(
  { cause }: SyncInput,
  runId: string,
  streams: StreamResult[],
): Promise<number | undefined> {
  if (!streams.some(({ loaded, deleted }) => loaded + deleted > 0)) return undefined;
  return (await executeChild(buildModels, { workflowId: `build/${runId}`, args: [{ cause }] })).generation;
}

/** A run of its own: when it fails it tells so itself, and what was synced stays synced. */
async function matchWhatCame({ cause }: SyncInput, runId: string, generation: number): Promise<void> {
  try {
    await executeChild(matchCash, { workflowId: `match/${runId}`, args: [{ cause, generation }] });
  } catch (error) {
    if (isCancellation(error)) throw error;
  }
}
