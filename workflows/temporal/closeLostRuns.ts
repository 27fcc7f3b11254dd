import type { Client } from '@temporalio/client';
import type { Warehouse } from '../../warehouse';
import type { Problem } from '../messages';

const INTERRUPTED: Problem = {
  code: 'interrupted',
  what: 'The run was lost: Temporal knows nothing of it, or ended it',
  where: 'meta.run',
  todo: 'Nothing is missing: what it committed stays, and the next run goes on from there',
};

/** Visibility is written a moment after a workflow starts; a run that began just now is looked for once more. */
const SECOND_LOOK_MS = 2_000;

/**
 * Closes runs that stand as running although no workflow of theirs is open: Temporal's file was deleted, or somebody
 * terminated them. Without it they would run for ever on every page. A run closed by mistake is set right by its own end.
 */
export async function closeLostRuns(client: Client, warehouse: Warehouse): Promise<string[]> {
  let lost = await unknownTo(client, await runningRuns(warehouse));
  if (lost.length > 0) {
    await new Promise((resolve) => setTimeout(resolve, SECOND_LOOK_MS));
    lost = await unknownTo(client, lost);
  }
  const error = JSON.stringify(INTERRUPTED);
  for (const runId of lost) {
    await warehouse.transaction(async (session) => {
      for (const table of ['meta.run_stream', 'meta.run']) {
        await session.run(
          `update ${table} set status = 'failed', error = ?, ended_at = utc_now() where run_id = ? and status = 'running'`,
          [error, runId],
        );
      }
    });
  }
  return lost;
}

async function runningRuns(warehouse: Warehouse): Promise<string[]> {
  const rows = await warehouse.rows("select run_id from meta.run where status = 'running'");
  return rows.map((row) => String(row.run_id));
}

async function unknownTo(client: Client, runIds: readonly string[]): Promise<string[]> {
  const left = new Set(runIds);
  if (left.size === 0) return [];
  for await (const { runId, workflowId } of client.workflow.list({ query: "ExecutionStatus = 'Running'" })) {
    left.delete(runId);
    left.delete(workflowId.replace(/^backfill\//, '')); // a backfill's run outlives its executions
  }
  return [...left];
}
