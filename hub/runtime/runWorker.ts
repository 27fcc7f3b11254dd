import type { NativeConnection, Worker } from '@temporalio/worker';
import { createWorker, type Host } from '../../workflows';

export interface RunningWorker {
  /** Of Temporal's view: RUNNING, DRAINING while it stops, STOPPED. */
  status(): { state: string; inFlight: number; workflowTasks: number };
  /** Resolves when it has stopped, rejects when it died by itself. */
  ended: Promise<void>;
  /** Takes nothing new, gives running activities a moment, then cancels them: others go on where they were. */
  close(): Promise<void>;
}

/** Host's activities and all workflows, polled from the shared task queue. */
export async function runWorker(
  connection: NativeConnection,
  host: Host,
  options: { namespace: string; activitiesAtOnce?: number },
): Promise<RunningWorker> {
  const worker: Worker = await createWorker({ connection, host, ...options });
  const ended = worker.run();
  ended.catch(() => undefined); // told by whoever awaits `ended`
  return {
    status() {
      const { runState, numInFlightActivities, numInFlightWorkflowActivations } = worker.getStatus();
      return {
        state: runState,
        inFlight: numInFlightActivities,
        workflowTasks: numInFlightWorkflowActivations,
      };
    },
    ended,
    async close() {
      if (worker.getState() === 'RUNNING') worker.shutdown();
      await ended.catch(() => undefined);
    },
  };
}
