import { randomUUID } from 'node:crypto';
import {
  type Client,
  isGrpcServiceError,
  WorkflowFailedError,
  type WorkflowHandle,
} from '@temporalio/client';
import { problemOf } from '../../workflows';
import type { Step } from './steps';

export interface Run {
  isOver: boolean;
  /** Its problem; undefined when it ended well. */
  ended: Promise<{ code: string } | undefined>;
}

export async function startRun(client: Client, taskQueue: string, { workflow, input }: Step): Promise<Run> {
  const workflowId = `${workflow}-${randomUUID()}`;
  const handle = await whileAway(() =>
    client.workflow.start(workflow, {
      workflowId,
      taskQueue,
      args: [input],
      workflowIdConflictPolicy: 'USE_EXISTING',
    }),
  );
  const run: Run = { isOver: false, ended: outcome(handle) };
  run.ended = run.ended.finally(() => {
    run.isOver = true;
  });
  run.ended.catch(() => undefined); // whoever runs the step awaits it
  return run;
}

async function outcome(handle: WorkflowHandle): Promise<{ code: string } | undefined> {
  try {
    await whileAway(() => handle.result());
    return undefined;
  } catch (error) {
    if (error instanceof WorkflowFailedError) return problemOf(error.cause);
    throw error;
  }
}

/** Asks again while the Temporal server is being killed and started. */
async function whileAway<T>(ask: () => Promise<T>): Promise<T> {
  for (const deadline = Date.now() + 60_000; ; ) {
    try {
      return await ask();
    } catch (error) {
      const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
      if (!isGrpcServiceError(cause) || Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
