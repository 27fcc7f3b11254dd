import { type Client, WorkflowFailedError, WorkflowIdConflictPolicy } from '@temporalio/client';
import { MillraceError } from '../../connectors/kit';
import {
  type BuildInput,
  type BuildOutcome,
  type FreezeInput,
  type FreezeResult,
  problemOf,
  type SyncInput,
  type SyncResult,
  TASK_QUEUE,
} from '../../workflows';

/**
 * Starts workflows and waits for them. The id is one per connection and kind: a second ask while one runs waits for that
 * one, and after a crash the next start finds the one that Temporal still has.
 */
export async function syncNow(client: Client, input: SyncInput): Promise<SyncResult> {
  return execute<SyncResult>(client, 'syncConnection', `manual/sync/${input.connection}`, input);
}

export async function buildNow(client: Client, input: BuildInput): Promise<BuildOutcome> {
  return execute<BuildOutcome>(client, 'buildModels', 'manual/build', input);
}

export async function freezeNow(client: Client, input: FreezeInput): Promise<FreezeResult> {
  return execute<FreezeResult>(client, 'freezeMonth', 'manual/freeze', input);
}

async function execute<Result>(
  client: Client,
  workflow: string,
  workflowId: string,
  input: unknown,
): Promise<Result> {
  const handle = await client.workflow.start(workflow, {
    workflowId,
    taskQueue: TASK_QUEUE,
    args: [input],
    workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
  });
  try {
    return (await handle.result()) as Result;
  } catch (error) {
    if (!(error instanceof WorkflowFailedError)) throw error;
    const { code, what, where, todo } = problemOf(error.cause);
    throw new MillraceError(asCode(code), { what, where, todo });
  }
}

/** Codes cross Temporal as text; one that we do not know is a bug of ours. */
function asCode(code: string) {
  return MillraceError.isCode(code) ? code : 'internal';
}
