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
import type { ReconciledStream, ReconcileInput, ReconcileResult, RunStatus } from './messages';
import { bookkeeping, checking, syncing } from './policies';
import { problemOf } from './problem';

const { beginRun, endRun } = proxyActivities<Activities>(bookkeeping);
const { checkConnection } = proxyActivities<Activities>(checking);
const { reconcileKeys } = proxyActivities<Activities>(syncing);

const NOTHING = { listed: 0, known: 0, gone: 0, deleted: 0, revived: 0 };

/**
 * A8: finds what the vendor deleted by comparing all keys, stream by stream, and marks it; then builds what reads it. A
 * stream with too many deletes is left as it is, with its preview kept, and this workflow fails with `too_many_deletes`
 * after the others are done. A preview only looks.
 */
export async function reconcileConnection(input: ReconcileInput): Promise<ReconcileResult> {
  const { runId } = workflowInfo();
  const { connection, cause, except = [] } = input;
  await beginRun({ runId, kind: 'reconcile', connection, cause });
  const streams: ReconciledStream[] = [];
  try {
    const names = await checkConnection({ connection, ...(input.streams && { streams: input.streams }) });
    // One after the other: a list of all keys is the heaviest thing that we ask of a vendor.
    for (const stream of names.filter((name) => !except.includes(name)))
      streams.push(await oneStream(input, runId, stream));
    const isChanged = streams.some(({ deleted, revived }) => deleted + revived > 0);
    const generation = isChanged && input.build !== false ? await build(input, runId) : undefined;
    const failed = streams.filter(({ error }) => error !== undefined);
    const status: RunStatus =
      failed.length === 0 ? 'done' : failed.length < streams.length ? 'partial' : 'failed';
    const error = failed[0]?.error;
    await endRun({ runId, status, ...(error && { error }) });
    if (error)
      throw ApplicationFailure.create({
        type: error.code,
        message: error.what,
        nonRetryable: true,
        details: [error],
      });
    return { runId, status, streams, ...(generation !== undefined && { generation }) };
  } catch (error) {
    if (streams.some((stream) => stream.error !== undefined)) throw error; // written down above
    const status = streams.length > 0 ? 'partial' : 'failed';
    await CancellationScope.nonCancellable(() => endRun({ runId, status, error: problemOf(error) }));
    throw error;
  }
}

async function oneStream(
  { connection, isPreview = false, confirmDeletes = false }: ReconcileInput,
  runId: string,
  stream: string,
): Promise<ReconciledStream> {
  try {
    return await reconcileKeys({ runId, connection, stream, isPreview, isConfirmed: confirmDeletes });
  } catch (error) {
    if (isCancellation(error)) throw error;
    const problem = problemOf(error);
    return {
      stream,
      status: problem.code === 'too_many_deletes' ? 'stopped' : 'failed',
      ...NOTHING,
      error: problem,
    };
  }
}

async function build({ cause }: ReconcileInput, runId: string): Promise<number | undefined> {
  return (await executeChild(buildModels, { workflowId: `build/${runId}`, args: [{ cause }] })).generation;
}
