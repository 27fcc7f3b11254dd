import { type Client, WorkflowFailedError, WorkflowIdConflictPolicy } from '@temporalio/client';
import { MillraceError } from '../../connectors/kit';
import {
  type BuildInput,
  type BuildOutcome,
  type ForecastCashInput,
  type FreezeInput,
  type FreezeResult,
  type MatchInput,
  type MatchOutcome,
  problemOf,
  type ReconcileInput,
  type ReconcileResult,
  type RiskInput,
  type RiskOutcome,
  type ReplayInput,
  type ReplayOutcome,
  type SyncInput,
  type SyncResult,
  TASK_QUEUE,
} from '../../workflows';

/**
 * Starts workflows and waits for them. The id is one per connection and kind: a second ask while one runs waits for that
 * one, and after a crash the next start finds the one that Temporal still has.
 */
export async function syncNow(client: Client, input: SyncInput): Promise<SyncResult> {
  return execute<SyncResult>(
    client,
    'syncConnection',
    `manual/sync/${input.connection}${wishOf(input)}`,
    input,
  );
}

/** Whoever asks for something else than what runs must not be answered with that. */
function wishOf({ streams, isFull, range, reconcile, confirmDeletes }: SyncInput): string {
  const wish = [
    isFull && 'full',
    range && JSON.stringify(range),
    reconcile && 'reconcile',
    confirmDeletes && 'confirmed',
    streams && [...streams].sort().join('+'),
  ].filter((part) => typeof part === 'string');
  return wish.length === 0 ? '' : `/${wish.join('/')}`;
}

export async function reconcileNow(client: Client, input: ReconcileInput): Promise<ReconcileResult> {
  const { connection, streams = [], isPreview = false, confirmDeletes = false } = input;
  const how = isPreview ? 'preview' : confirmDeletes ? 'confirmed' : 'mark';
  const id = ['manual/reconcile', connection, how, ...[...streams].sort()].join('/');
  return execute<ReconcileResult>(client, 'reconcileConnection', id, input);
}

export async function buildNow(client: Client, input: BuildInput): Promise<BuildOutcome> {
  const { isAll, select } = input;
  const wish = [isAll ? 'all' : undefined, select && [...select].sort().join('+')].filter(
    (part) => part !== undefined,
  );
  return execute<BuildOutcome>(client, 'buildModels', ['manual/build', ...wish].join('/'), input);
}

export async function freezeNow(client: Client, input: FreezeInput): Promise<FreezeResult> {
  return execute<FreezeResult>(
    client,
    'freezeMonth',
    ['manual/freeze', input.month].filter(Boolean).join('/'),
    input,
  );
}

/** Nobody waits for it: pages show figures before the hub has its own forecast. */
export async function beginForecast(client: Client): Promise<void> {
  const input: ForecastCashInput = { cause: 'first start' };
  await client.workflow.start('forecastCash', {
    workflowId: 'manual/forecast',
    taskQueue: TASK_QUEUE,
    args: [input],
    workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
  });
}

/** One run at a time. */
export async function matchNow(client: Client, input: MatchInput): Promise<MatchOutcome> {
  return execute<MatchOutcome>(client, 'matchCash', 'manual/match', input);
}

/** One run of a bureau at a time; whoever asks for a limit is not answered with a run without it. */
export async function riskNow(client: Client, input: RiskInput): Promise<RiskOutcome> {
  const limit = input.maxCalls === undefined ? '' : `/${input.maxCalls}`;
  return execute<RiskOutcome>(client, 'riskWatch', `manual/risk/${input.connection}${limit}`, input);
}

/** One replay of the same records at a time. */
export async function replayNow(client: Client, input: ReplayInput): Promise<ReplayOutcome> {
  const what = [input.connection, input.stream, input.reason].filter((part) => part !== undefined).join('/');
  return execute<ReplayOutcome>(client, 'replayQuarantine', `manual/replay/${what}`, input);
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
