import { type NativeConnection, Worker } from '@temporalio/worker';
import { createActivities } from './activities';
import type { Host } from './activities/host';
import { bundleFile } from './bundle';
import { TASK_QUEUE } from './messages';

export interface WorkerOptions {
  connection: NativeConnection;
  host: Host;
  /** The bundle that `npm run build` wrote; tests give their own. */
  codePath?: string;
  taskQueue?: string;
}

/** A worker for workflows and activities alike. Two cores: six streams at once are enough, each holds a page in memory. */
export async function createWorker({
  connection,
  host,
  codePath = bundleFile,
  taskQueue = TASK_QUEUE,
}: WorkerOptions): Promise<Worker> {
  return Worker.create({
    connection,
    taskQueue,
    activities: createActivities(host),
    workflowBundle: { codePath },
    maxConcurrentActivityTaskExecutions: 6,
    maxConcurrentWorkflowTaskExecutions: 10,
    maxCachedWorkflows: 200,
    stickyQueueScheduleToStartTimeout: '2 seconds', // after a crash the next task waits this long for the dead worker
    shutdownGraceTime: '5 seconds',
    shutdownForceTime: '15 seconds',
  });
}
