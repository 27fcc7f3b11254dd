import { mustBeShared } from '../runtime/openWarehouse';
import { mustHaveTemporal } from '../runtime/workers';
import { mustHaveConfig, readConfig } from '../setup/setup';
import { type StartOptions, start } from './start';

/** The hub without a worker: pages, API, Cube, schedules. Needs a Postgres warehouse and TEMPORAL_ADDRESS. */
export async function server(options: StartOptions): Promise<void> {
  mustHaveConfig(options, 'server');
  mustBeShared(readConfig(options), 'server');
  mustHaveTemporal('server');
  await start({ ...options, withWorker: false });
}
