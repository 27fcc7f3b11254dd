import { proxyActivities, workflowInfo } from '@temporalio/workflow';
import type { Activities } from './activities';
import type { BuildInput, BuildOutcome } from './messages';
import { bookkeeping, building } from './policies';
import { problemOf } from './problem';

const { beginRun, endRun } = proxyActivities<Activities>(bookkeeping);
const { buildGeneration } = proxyActivities<Activities>(building);

/** One generation of models, tested and published in one transaction; a failure leaves the published one as it was. */
export async function buildModels(input: BuildInput): Promise<BuildOutcome> {
  const { runId } = workflowInfo();
  const { cause, ...what } = input;
  await beginRun({ runId, kind: 'build', cause });
  try {
    const outcome = await buildGeneration({ runId, ...what });
    await endRun({ runId, status: 'done' });
    return outcome;
  } catch (error) {
    await endRun({ runId, status: 'failed', error: problemOf(error) });
    throw error;
  }
}
