import type { Client } from '@temporalio/client';
import type { Session, Warehouse } from '../../warehouse';
import { TASK_QUEUE } from '../../workflows';
import { reconcileNow } from '../runtime/work';
import { listBackfills, previewsOf, showBackfill } from './backfillRecords';
import type { LoadingWork } from './loadingWork';
import { startBackfill, steerBackfill } from './steerBackfill';

interface Place {
  warehouse: Warehouse;
  client: Client;
  /** Tests have queues of their own. */
  taskQueue?: string;
}

export function loadingOver({ warehouse, client, taskQueue = TASK_QUEUE }: Place): LoadingWork {
  const place = { client, taskQueue };
  return {
    async reconcile(input) {
      const result = await reconcileNow(client, { ...input, cause: 'manual' });
      return { ...result, previews: await previewsOf(warehouse, result.runId) };
    },
    backfill: (input) => startBackfill(place, input),
    backfills: () => listBackfills(warehouse),
    backfillOf: (id) => showBackfill(warehouse, id),
    steerBackfill: (id, steering) => steerBackfill(place, warehouse, id, steering),
  };
}

/** The same over what is opened when it is asked for: looking at backfills alone starts no Temporal server. */
export function laterLoading(open: () => Promise<LoadingWork>, read: () => Promise<Session>): LoadingWork {
  let opened: Promise<LoadingWork> | undefined;
  const full = () => {
    opened ??= open();
    return opened;
  };
  return {
    reconcile: async (input) => (await full()).reconcile(input),
    backfill: async (input) => (await full()).backfill(input),
    backfills: async () => (opened ? (await opened).backfills() : listBackfills(await read())),
    backfillOf: async (id) => (opened ? (await opened).backfillOf(id) : showBackfill(await read(), id)),
    steerBackfill: async (id, steering) => (await full()).steerBackfill(id, steering),
  };
}
