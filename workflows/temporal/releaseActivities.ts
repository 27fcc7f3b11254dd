import { isRunning } from '../../warehouse';
import { hostname } from 'node:os';
import type { Client } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { temporal } from '@temporalio/proto';
import type { Problem } from '../messages';

const { PENDING_ACTIVITY_STATE_STARTED } = temporal.api.enums.v1.PendingActivityState;

/** Seen only when it happened to all attempts of one activity. */
const KILLED: Problem = {
  code: 'interrupted',
  what: 'The worker was killed in the middle',
  where: '',
  todo: 'Nothing is lost: the next run goes on where it was',
};

export interface ReleaseRequest {
  client: Client;
  taskQueue: string;
  /** True for a worker (its identity as Temporal knows it) that surely works no more. Default: {@link isGone}. */
  isDead?(identity: string): boolean;
}

/**
 * Tells Temporal which activities were lost with a killed worker, so that they are tried again at once and not after their
 * heartbeat time-out (30 s, bookkeeping 2 minutes). Called by a worker before it asks for work. Gives their number.
 */
export async function releaseActivities({
  client,
  taskQueue,
  isDead = isGone,
}: ReleaseRequest): Promise<number> {
  let released = 0;
  const query = `ExecutionStatus = 'Running' and TaskQueue = '${taskQueue}'`;
  for await (const { workflowId, runId } of client.workflow.list({ query })) {
    const { raw } = await client.workflow.getHandle(workflowId, runId).describe();
    for (const { activityId, state, lastWorkerIdentity } of raw.pendingActivities ?? []) {
      if (state !== PENDING_ACTIVITY_STATE_STARTED || !activityId) continue;
      if (!isDead(lastWorkerIdentity ?? '')) continue;
      const failure = ApplicationFailure.create({
        type: KILLED.code,
        message: KILLED.what,
        details: [KILLED],
        nextRetryDelay: '1 millisecond',
      });
      // It may have ended, or timed out, since we looked.
      const isTold = await client.activity.fail({ workflowId, runId, activityId }, failure).then(
        () => true,
        () => false,
      );
      if (isTold) released++;
    }
  }
  return released;
}

/** The SDK names a worker process@machine. On this machine we can see that a process is gone; before we work, our own number was another's. */
function isGone(identity: string): boolean {
  const [, process_, machine] = /^(\d+)@(.+)$/.exec(identity) ?? [];
  if (machine !== hostname()) return false;
  const pid = Number(process_);
  return pid === process.pid || !isRunning(pid);
}
