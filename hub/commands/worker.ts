import { mustBeShared } from '../runtime/openWarehouse';
import { mustHaveTemporal } from '../runtime/workers';
import { mustHaveConfig, readConfig } from '../setup/setup';
import { startWorker, type WorkerProcessOptions } from '../start/startWorker';
import { untilSignal } from './untilSignal';

/** One more process that syncs and builds, until SIGINT or SIGTERM. Needs a Postgres warehouse and TEMPORAL_ADDRESS. */
export async function worker(options: Omit<WorkerProcessOptions, 'print'>): Promise<void> {
  mustHaveConfig(options, 'worker');
  mustBeShared(readConfig(options), 'worker');
  mustHaveTemporal('worker');
  const stop = untilSignal();
  const starting = startWorker({ ...options, print: (line) => console.log(line) });
  const running = await Promise.race([starting, stop.then(() => undefined)]);
  if (!running) {
    await starting.then(
      (late) => late.close(),
      () => undefined,
    );
    return;
  }
  try {
    await Promise.race([running.ended, stop]);
  } finally {
    await running.close();
  }
}
