import { executeChild, proxyActivities, workflowInfo } from '@temporalio/workflow';
import type { Activities } from './activities';
import { buildModels } from './buildModels';
import type { RiskInput, RiskOutcome } from './messages';
import { bookkeeping, building, checking } from './policies';
import { problemOf } from './problem';
import { syncConnection } from './syncConnection';

const { beginRun, endRun } = proxyActivities<Activities>(bookkeeping);
const { planRisk } = proxyActivities<Activities>(checking);
const { raiseRiskEvents, paidInRun } = proxyActivities<Activities>(building);

/**
 * A3: asks a bureau about the riskiest money first, within the caps of day and month, and tells who is responsible what is new.
 * The sync of the connection is the one that pays; this plans before it and tells after it. Where a cap stops it, the sync's
 * state says who is left, and the run of the next day goes on there.
 */
export async function riskWatch(input: RiskInput): Promise<RiskOutcome> {
  const { runId } = workflowInfo();
  const { connection, cause, maxCalls } = input;
  await beginRun({ runId, kind: 'risk', connection, cause });
  try {
    const planned = await planRisk({ connection });
    const synced = await executeChild(syncConnection, {
      workflowId: `risk/${runId}`,
      args: [{ connection, cause, ...(maxCalls !== undefined && { maxCalls }) }],
    });
    const asked = await paidInRun({ connection, runId: synced.runId });
    const raised = await raiseRiskEvents({ runId });
    const built =
      raised > 0
        ? await executeChild(buildModels, { workflowId: `build/${runId}`, args: [{ cause }] })
        : undefined; // what shows them
    const generation = built?.generation ?? synced.generation;
    await endRun({ runId, status: synced.status === 'partial' ? 'partial' : 'done' });
    return {
      runId,
      status: synced.status,
      planned,
      asked,
      raised,
      ...(generation !== undefined && { generation }),
    };
  } catch (error) {
    await endRun({ runId, status: 'failed', error: problemOf(error) });
    throw error;
  }
}
