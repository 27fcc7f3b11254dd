import { proxyActivities, workflowInfo } from '@temporalio/workflow';
import type { Activities } from './activities';
import type { FreezeInput, FreezeResult } from './messages';
import { bookkeeping, building } from './policies';
import { problemOf } from './problem';

const { beginRun, endRun } = proxyActivities<Activities>(bookkeeping);
const { freezeDueMonths, buildGeneration } = proxyActivities<Activities>(building);

/**
 * Closes months (METRICS section 8 and DAT-8): copies health, collections, forecast with its gap, and receivables of every
 * complete month that is due, with what is known now, as a version that never changes. A month asked for by name gets a new
 * version; old versions stay.
 */
export async function freezeMonth(input: FreezeInput): Promise<FreezeResult> {
  const { runId } = workflowInfo();
  await beginRun({ runId, kind: 'freeze', cause: input.cause });
  try {
    const months = await freezeDueMonths({ runId, ...(input.month && { month: input.month }) });
    if (months.length > 0) await buildGeneration({ runId }); // what shows frozen months
    await endRun({ runId, status: 'done' });
    return { runId, months };
  } catch (error) {
    await endRun({ runId, status: 'failed', error: problemOf(error) });
    throw error;
  }
}
