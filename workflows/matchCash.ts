import { proxyActivities, workflowInfo } from '@temporalio/workflow';
import type { Activities } from './activities';
import type { MatchInput, MatchOutcome } from './messages';
import { bookkeeping, building } from './policies';
import { problemOf } from './problem';

const { beginRun, endRun } = proxyActivities<Activities>(bookkeeping);
const { applyMatches, buildGeneration } = proxyActivities<Activities>(building);

/**
 * B2: what came in is matched to what is owed. Automatic matches become events, the rest suggestions for people; then the models that
 * read them are built. After a sync it looks only when bank lines or open items changed in that generation.
 */
export async function matchCash(input: MatchInput): Promise<MatchOutcome> {
  const { runId } = workflowInfo();
  const { cause, generation } = input;
  await beginRun({ runId, kind: 'match', cause });
  try {
    const counts = await applyMatches({ runId, ...(generation !== undefined && { generation }) });
    if (counts === null) {
      await endRun({ runId, status: 'done' });
      return { runId };
    }
    const built = await buildGeneration({ runId });
    await endRun({ runId, status: 'done' });
    return { runId, counts, ...(built.generation !== undefined && { generation: built.generation }) };
  } catch (error) {
    await endRun({ runId, status: 'failed', error: problemOf(error) });
    throw error;
  }
}
