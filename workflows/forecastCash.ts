import { proxyActivities, workflowInfo } from '@temporalio/workflow';
import type { Activities } from './activities';
import type { ForecastCashInput, ForecastCashResult } from './messages';
import { bookkeeping, building } from './policies';
import { problemOf } from './problem';

const { beginRun, endRun, dueForecasts } = proxyActivities<Activities>(bookkeeping);
const { forecastOrigin, buildGeneration } = proxyActivities<Activities>(building);

/**
 * The hub's own forecast (METRICS 6): of the as-of day, which is shown as soon as it is there, then of the month ends before it that
 * have none yet, by which it is judged (HUB-3). Nothing is due, nothing is done.
 */
export async function forecastCash(input: ForecastCashInput): Promise<ForecastCashResult> {
  const { runId } = workflowInfo();
  await beginRun({ runId, kind: 'forecast', cause: input.cause });
  try {
    const [newest, ...before] = await dueForecasts();
    const origins: string[] = [];
    if (newest !== undefined) {
      await forecastOrigin({ runId, origin: newest });
      origins.push(newest);
      await buildGeneration({ runId });
    }
    for (const origin of before) {
      await forecastOrigin({ runId, origin });
      origins.push(origin);
    }
    if (before.length > 0) await buildGeneration({ runId });
    await endRun({ runId, status: 'done' });
    return { runId, origins };
  } catch (error) {
    await endRun({ runId, status: 'failed', error: problemOf(error) });
    throw error;
  }
}
