import { type NativeConnection, Worker } from '@temporalio/worker';
import { createActivities } from './activities';
import type { Host } from './activities/host';
import { bundleFile } from './bundle';
import { TASK_QUEUE } from './messages';

export interface WorkerOptions {
  connection: NativeConnection;
  host: Host;
  namespace?: string;
  /** The bundle that `npm run build` wrote; tests give their own. */
  codePath?: string;
  taskQueue?: string;
  /** Streams, builds and freezes at once. */
  activitiesAtOnce?: number;
}

/** Two cores: six streams at once are enough, each holds a page in memory. */
const ACTIVITIES_AT_ONCE = 6;

/** A worker for workflows and activities alike; any number of them share the queue. */
export async function createWorker({
  connection,
  host,
  namespace = 'default',
  codePath = bundleFile,
  taskQueue = TASK_QUEUE,
  activitiesAtOnce = ACTIVITIES_AT_ONCE,
}: WorkerOptions): Promise<Worker> {
  return Worker.create({
    connection,
    namespace,
    taskQueue,
    activities: createActivities(host),
    workflowBundle: { codePath },
    maxConcurrentActivityTaskExecutions: activitiesAtOnce,
    maxConcurrentWorkflowTaskExecutions: 10,
    maxCachedWorkflows: 200,
    maxHeartbeatThrottleInterval: '5 seconds', // a cancellation comes back with a heartbeat; the default is 24 s of our 30
    stickyQueueScheduleToStartTimeout: '2 seconds', // after a crash the next task waits this long for the dead worker
    shutdownGraceTime: '5 seconds', // then what still runs is cancelled: it tells how far it came, and another worker goes on
    shutdownForceTime: '15 seconds',
  });
}
