export { type Connection, Host, type HostOptions, type StreamProgress } from './activities/host';
export { bundleFile, writeBundle } from './bundle';
export {
  type BuildInput,
  type BuildOutcome,
  type Cause,
  type FreezeInput,
  type FreezeResult,
  type Problem,
  type RunStatus,
  type StreamResult,
  type SyncInput,
  type SyncResult,
  TASK_QUEUE,
} from './messages';
export { problemOf } from './problem';
export { type DevServer, findTemporal, freePort, startDevServer } from './temporal/devServer';
export { prepareNamespace } from './temporal/namespace';
export { ensureSchedules, type SyncSchedule } from './temporal/schedules';
export { createWorker } from './worker';
