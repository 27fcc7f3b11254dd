import {
  CancellationScope,
  condition,
  continueAsNew,
  defineQuery,
  defineSignal,
  executeChild,
  isCancellation,
  proxyActivities,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { Activities } from './activities';
import { buildModels } from './buildModels';
import type { BackfillInput, BackfillProgress, BackfillStream, Problem } from './messages';
import { bookkeeping, checking, syncing } from './policies';
import { problemOf } from './problem';

const { beginRun, endRun, noteBackfill, endBackfillStream } = proxyActivities<Activities>(bookkeeping);
const { planBackfill } = proxyActivities<Activities>(checking);
const { backfillSlice } = proxyActivities<Activities>(syncing);

const progress = defineQuery<BackfillProgress>('progress');
const pause = defineSignal('pause');
const resume = defineSignal('resume');

/**
 * A8: reads a range of days again, in slices, while the cursor stays where it is. Streams go on side by side, the slices of
 * one after each other. What is done is in the warehouse: a backfill that was killed, cancelled or failed goes on from there
 * under the same id. Pausing lets the slices that run come to their end.
 */
export async function backfill(input: BackfillInput): Promise<BackfillProgress> {
  const { backfillId, connection, cause } = input;
  const now: BackfillProgress = { backfillId, status: input.isPaused ? 'paused' : 'running', streams: [] };
  setHandler(progress, () => now);
  setHandler(pause, () => void (now.status = 'paused'));
  setHandler(resume, () => void (now.status = 'running'));
  await beginRun({ runId: backfillId, kind: 'backfill', connection, cause });
  try {
    now.streams = await planBackfill(input);
    const pauses = new Pauses(now);
    const ends = await Promise.allSettled(now.streams.map((stream) => sliceBySlice(input, stream, pauses)));
    for (const one of ends) if (one.status === 'rejected') await Promise.reject(one.reason as Error); // all have stopped
    if (!now.streams.some(({ status }) => status === 'running')) {
      if (input.build !== false && now.streams.some(({ loaded }) => loaded > 0))
        await executeChild(buildModels, { workflowId: `build/${backfillId}`, args: [{ cause }] });
      const bad = now.streams.filter(({ status }) => status !== 'done');
      await end(now, outcome(now, bad.length), bad[0]?.error);
      return now;
    }
  } catch (error) {
    const isCancelled = isCancellation(error);
    const problem = isCancelled ? cancelled(input) : problemOf(error);
    const done = now.streams.filter(({ status }) => status === 'done').length;
    const status = isCancelled ? 'cancelled' : outcome(now, now.streams.length - done || 1);
    await CancellationScope.nonCancellable(() => end(now, status, problem));
    throw error;
  }
  // The history has grown long: the rest goes on in a new one.
  return continueAsNew<typeof backfill>({ ...input, isPaused: now.status === 'paused' });
}

const outcome = ({ streams }: BackfillProgress, bad: number) =>
  bad === 0 ? 'done' : bad < streams.length ? 'partial' : 'failed';

const cancelled = ({ backfillId, connection }: BackfillInput): Problem => ({
  code: 'cancelled',
  what: 'The backfill was cancelled',
  where: `connection ${connection}`,
  todo: `Slices that are done stay done; to go on: millrace backfill resume ${backfillId}`,
});

/** Ends when the stream is done, failed, or when the history has grown so long that the workflow has to begin anew. */
async function sliceBySlice(input: BackfillInput, stream: BackfillStream, pauses: Pauses): Promise<void> {
  if (stream.status !== 'running') return;
  const { backfillId, connection } = input;
  const own = { backfillId, connection, stream: stream.stream };
  try {
    for (let number = 1; number <= stream.slices; number++) {
      await pauses.passed();
      if (workflowInfo().continueAsNewSuggested) return;
      const counts = await backfillSlice({ ...own, number });
      Object.assign(stream, added(stream, counts, number));
    }
    await endBackfillStream(own);
    stream.status = 'done';
  } catch (error) {
    if (isCancellation(error)) throw error;
    stream.status = 'failed';
    stream.error = problemOf(error);
  }
}

/** A slice that was done before this execution began is in the figures already. */
function added(
  stream: BackfillStream,
  counts: Pick<BackfillStream, 'read' | 'loaded' | 'unchanged' | 'quarantined'>,
  number: number,
): Partial<BackfillStream> {
  if (number <= stream.done) return {};
  return {
    done: number,
    read: stream.read + counts.read,
    loaded: stream.loaded + counts.loaded,
    unchanged: stream.unchanged + counts.unchanged,
    quarantined: stream.quarantined + counts.quarantined,
  };
}

/** Lets slices begin unless the backfill waits; what people see in the warehouse follows. */
class Pauses {
  private readonly now: BackfillProgress;
  private waiting: Promise<void> | undefined;

  constructor(now: BackfillProgress) {
    this.now = now;
  }

  async passed(): Promise<void> {
    while (this.now.status === 'paused') {
      this.waiting ??= this.wait().finally(() => {
        this.waiting = undefined;
      });
      await this.waiting;
    }
  }

  private async wait(): Promise<void> {
    const { backfillId } = this.now;
    await noteBackfill({ backfillId, status: 'paused' });
    await condition(() => this.now.status !== 'paused');
    await noteBackfill({ backfillId, status: 'running' });
  }
}

async function end(
  now: BackfillProgress,
  status: 'done' | 'partial' | 'failed' | 'cancelled',
  error?: Problem,
) {
  now.status = status;
  const { backfillId } = now;
  await noteBackfill({ backfillId, status, ...(error && { error }) });
  await endRun({
    runId: backfillId,
    status: status === 'cancelled' ? 'failed' : status,
    ...(error && { error }),
  });
}
