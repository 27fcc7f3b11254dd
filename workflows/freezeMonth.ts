import { patched, proxyActivities, workflowInfo } from '@temporalio/workflow';
import type { Activities } from './activities';
import type { FreezeInput, FreezeResult } from './messages';
import { bookkeeping, building } from './policies';
import { problemOf } from './problem';

const { beginRun, endRun, suggestReplacementPlans } = proxyActivities<Activities>(bookkeeping);
const { freezeDueMonths, buildGeneration } = proxyActivities<Activities>(building);

/**
 * Closes months (METRICS section 8 and DAT-8): copies health, collections, forecast with its gap, and receivables of every
 * complete month that is due, with what is known now, as a version that never changes. A month asked for by name gets a new
 * version; old versions stay. Then a replacement plan is suggested for who is red two months in a row (HEA-7): also when nothing
 * was due, so that a run that died after its freeze is made up for.
 */
export async function freezeMonth(input: FreezeInput): Promise<FreezeResult> {
  const { runId } = workflowInfo();
  await beginRun({ runId, kind: 'freeze', cause: input.cause });
  try {
    const months = await freezeDueMonths({ runId, ...(input.month && { month: input.month }) });
    const suggests = patched('suggest replacement plans');
    if (months.length > 0 || suggests) await buildGeneration({ runId }); // what shows frozen months
    const suggestions = suggests ? await suggestReplacementPlans() : 0;
    if (suggestions > 0) await buildGeneration({ runId });
    await endRun({ runId, status: 'done' });
    return { runId, months, suggestions };
  } catch (error) {
    await endRun({ runId, status: 'failed', error: problemOf(error) });
    throw error;
  }
}
