import { randomUUID } from 'node:crypto';
import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import { MillraceError } from '../../connectors/kit';
import type { Session } from '../../warehouse';
import type { BackfillInput, Slice } from '../../workflows';
import type { Steering } from './loadingWork';

interface Queue {
  client: Client;
  taskQueue: string;
}

const workflowOf = (backfillId: string) => `backfill/${backfillId}`;

/** Starts a backfill and does not wait for it. Its id names it from then on, whatever happens to hub or Temporal. */
export async function startBackfill(
  queue: Queue,
  input: Omit<BackfillInput, 'backfillId' | 'cause'>,
): Promise<{ backfillId: string }> {
  const backfillId = randomUUID().slice(0, 8);
  await start(queue, { ...input, backfillId, cause: 'manual' });
  return { backfillId };
}

/**
 * Pauses, resumes or cancels. Resuming one that Temporal no longer has, or that failed or was cancelled, starts it again under
 * its id: what the warehouse holds of it is not done twice.
 */
export async function steerBackfill(
  queue: Queue,
  session: Session,
  id: string,
  steering: Steering,
): Promise<{ backfillId: string }> {
  const { status, input } = await storedInput(session, id);
  const { backfillId } = input;
  const handle = queue.client.workflow.getHandle(workflowOf(backfillId));
  try {
    if (steering === 'cancel') await handle.cancel();
    else await handle.signal(steering);
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
    if (steering !== 'resume' || status === 'done') {
      throw new MillraceError('not_found', {
        what: `The backfill ${backfillId} does not run`,
        where: `its status is ${status}`,
        todo:
          status === 'done'
            ? 'Nothing: all of it is done'
            : `To go on with it: millrace backfill resume ${backfillId}`,
      });
    }
    await session.run(
      "update meta.backfill set status = 'running', error = null, ended_at = null where backfill_id = ?",
      [backfillId],
    );
    await start(queue, input);
  }
  return { backfillId };
}

async function start({ client, taskQueue }: Queue, input: BackfillInput): Promise<void> {
  await client.workflow.start('backfill', {
    workflowId: workflowOf(input.backfillId),
    taskQueue,
    args: [input],
  });
}

async function storedInput(session: Session, id: string): Promise<{ status: string; input: BackfillInput }> {
  const [row] = await session.rows(
    'select * from meta.backfill where starts_with(backfill_id, ?) order by created_at desc limit 1',
    [id],
  );
  if (!row)
    throw new MillraceError('not_found', {
      what: `There is no backfill ${id}`,
      todo: 'List them with: millrace backfill list',
    });
  const backfillId = String(row.backfill_id);
  const streams = await session.rows(
    'select distinct stream from meta.backfill_slice where backfill_id = ? order by stream',
    [backfillId],
  );
  return {
    status: String(row.status),
    input: {
      backfillId,
      connection: String(row.connection),
      cause: 'manual',
      streams: streams.map(({ stream }) => String(stream)),
      from: String(row.from_date),
      to: String(row.to_date),
      slice: String(row.slice) as Slice,
    },
  };
}
