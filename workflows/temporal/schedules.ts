import {
  type Client,
  ScheduleAlreadyRunning,
  type ScheduleOptions,
  type ScheduleOptionsStartWorkflowAction,
} from '@temporalio/client';
import type { Duration } from '@temporalio/common';
import type { forecastCash, freezeMonth, reconcileConnection, riskWatch, syncConnection } from '../workflows';
import {
  type ForecastCashInput,
  type FreezeInput,
  type ReconcileInput,
  type RiskInput,
  type SyncInput,
  TASK_QUEUE,
} from '../messages';

/** A Duration, or `never`. */
type Interval = Duration;

export interface SyncSchedule {
  connection: string;
  every: Duration;
  /** Its calls cost money: riskWatch plans its syncs and tells what they found. */
  isPaid?: boolean;
  /** How often keys are compared to find what was deleted; streams may have an interval of their own. Default: never. */
  reconcile?: { every: Interval; streams: Readonly<Record<string, Interval>> };
}

type Definition = Omit<
  ScheduleOptions<
    ScheduleOptionsStartWorkflowAction<
      | typeof syncConnection
      | typeof freezeMonth
      | typeof forecastCash
      | typeof reconcileConnection
      | typeof riskWatch
    >
  >,
  'scheduleId'
>;

/** Never two syncs of one connection at a time; one missed run is caught up after a pause of the hub. */
const POLICIES = { overlap: 'BUFFER_ONE', catchupWindow: '1 day' } as const;

/** Makes the schedules of the config, brings existing ones to it (a pause set by hand stays), deletes those no longer in it. */
export async function ensureSchedules(client: Client, syncs: readonly SyncSchedule[]): Promise<string[]> {
  const wanted = new Map<string, Definition>([
    ['freezeMonth', freezeDefinition()],
    ['forecastCash', forecastDefinition()],
  ]);
  for (const sync of syncs) {
    if (sync.isPaid) wanted.set(`risk/${sync.connection}`, riskDefinition(sync));
    else wanted.set(`sync/${sync.connection}`, syncDefinition(sync));
    for (const [scheduleId, definition] of reconcileDefinitions(sync)) wanted.set(scheduleId, definition);
  }
  for await (const { scheduleId } of client.schedule.list()) {
    if (!wanted.has(scheduleId) && isOurs(scheduleId)) await client.schedule.getHandle(scheduleId).delete();
  }
  for (const [scheduleId, definition] of wanted) await ensure(client, scheduleId, definition);
  return [...wanted.keys()];
}

const isOurs = (scheduleId: string) =>
  scheduleId === 'freezeMonth' ||
  scheduleId === 'forecastCash' ||
  scheduleId.startsWith('sync/') ||
  scheduleId.startsWith('risk/') ||
  scheduleId.startsWith('reconcile/');

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

/** Whole days begin at 05:00 in Shanghai, when the caps of the new day are there. A run that is still going on is not followed by another. */
function riskDefinition({ connection, every }: SyncSchedule): Definition {
  const input: RiskInput = { connection, cause: 'schedule' };
  return {
    spec: { intervals: [{ every, ...(isInDays(every) && { offset: '1260 minutes' }) }], jitter: '5 minutes' },
    action: {
      type: 'startWorkflow',
      workflowType: 'riskWatch',
      workflowId: `risk/${connection}`,
      taskQueue: TASK_QUEUE,
      args: [input],
    },
    policies: { ...POLICIES, overlap: 'SKIP' },
  };
}

/** `reconcile/<connection>` for most streams, `reconcile/<connection>/<stream>` for those with an interval of their own. */
function reconcileDefinitions({ connection, reconcile }: SyncSchedule): [string, Definition][] {
  if (!reconcile) return [];
  const own = Object.entries(reconcile.streams);
  const all: [string, Interval, Partial<ReconcileInput>][] = [
    [`reconcile/${connection}`, reconcile.every, { except: own.map(([stream]) => stream) }],
    ...own.map(([stream, every]): [string, Interval, Partial<ReconcileInput>] => [
      `reconcile/${connection}/${stream}`,
      every,
      { streams: [stream] },
    ]),
  ];
  return all.flatMap(([id, every, which]) =>
    every === 'never'
      ? []
      : [[id, reconcileDefinition(id, every, { connection, cause: 'schedule', ...which })]],
  );
}

function reconcileDefinition(workflowId: string, every: Duration, input: ReconcileInput): Definition {
  return {
    // Whole days begin at 02:30 in Shanghai: nobody waits for the vendor's system then.
    spec: {
      intervals: [{ every, ...(isInDays(every) && { offset: '1110 minutes' }) }],
      jitter: '10 minutes',
    },
    action: {
      type: 'startWorkflow',
      workflowType: 'reconcileConnection',
      workflowId,
      taskQueue: TASK_QUEUE,
      args: [input],
    },
    policies: { ...POLICIES, overlap: 'SKIP' },
  };
}

const isInDays = (every: Duration) => / days?$/.test(String(every));

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

/** Every morning after the bank's files of the day before; of one day it is computed again only when data came since. */
function forecastDefinition(): Definition {
  const input: ForecastCashInput = { cause: 'schedule' };
  return {
    spec: { calendars: [{ hour: 7, minute: 40 }], timezone: 'Asia/Shanghai' },
    action: {
      type: 'startWorkflow',
      workflowType: 'forecastCash',
      workflowId: 'forecastCash',
      taskQueue: TASK_QUEUE,
      args: [input],
    },
    policies: { ...POLICIES, overlap: 'SKIP' },
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
