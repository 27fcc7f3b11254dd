import {
  type Client,
  ScheduleAlreadyRunning,
  type ScheduleOptions,
  type ScheduleOptionsStartWorkflowAction,
} from '@temporalio/client';
import type { Duration } from '@temporalio/common';
import type { freezeMonth, syncConnection } from '../workflows';
import { type FreezeInput, type SyncInput, TASK_QUEUE } from '../messages';

export interface SyncSchedule {
  connection: string;
  every: Duration;
}

type Definition = Omit<
  ScheduleOptions<ScheduleOptionsStartWorkflowAction<typeof syncConnection | typeof freezeMonth>>,
  'scheduleId'
>;

/** Never two syncs of one connection at a time; one missed run is caught up after a pause of the hub. */
const POLICIES = { overlap: 'BUFFER_ONE', catchupWindow: '1 day' } as const;

/** Makes the schedules of the config, brings existing ones to it (a pause set by hand stays), deletes those no longer in it. */
export async function ensureSchedules(client: Client, syncs: readonly SyncSchedule[]): Promise<string[]> {
  const wanted = new Map<string, Definition>([['freezeMonth', freezeDefinition()]]);
  for (const sync of syncs) wanted.set(`sync/${sync.connection}`, syncDefinition(sync));
  for await (const { scheduleId } of client.schedule.list()) {
    if (!wanted.has(scheduleId) && isOurs(scheduleId)) await client.schedule.getHandle(scheduleId).delete();
  }
  for (const [scheduleId, definition] of wanted) await ensure(client, scheduleId, definition);
  return [...wanted.keys()];
}

const isOurs = (scheduleId: string) => scheduleId === 'freezeMonth' || scheduleId.startsWith('sync/');

function syncDefinition({ connection, every }: SyncSchedule): Definition {
  const input: SyncInput = { connection, cause: 'schedule' };
  const workflowId = `sync/${connection}`;
  return {
    spec: { intervals: [{ every }], jitter: '5 seconds' },
    action: {
      type: 'startWorkflow',
      workflowType: 'syncConnection',
      workflowId,
      taskQueue: TASK_QUEUE,
      args: [input],
    },
    policies: POLICIES,
  };
}

/** Every morning; a day on which no month is due does nothing. */
function freezeDefinition(): Definition {
  const input: FreezeInput = { cause: 'schedule' };
  return {
    spec: { calendars: [{ hour: 6, minute: 10 }], timezone: 'Asia/Shanghai' },
    action: {
      type: 'startWorkflow',
      workflowType: 'freezeMonth',
      workflowId: 'freezeMonth',
      taskQueue: TASK_QUEUE,
      args: [input],
    },
    policies: POLICIES,
  };
}

async function ensure(client: Client, scheduleId: string, definition: Definition): Promise<void> {
  try {
    await client.schedule.create({ scheduleId, ...definition });
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    await client.schedule.getHandle(scheduleId).update(({ state }) => ({ ...definition, state }));
  }
}
