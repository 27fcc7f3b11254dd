export { type Connection, Host, type StreamProgress } from './activities/host';
export type { BuildInput, BuildOutcome, FreezeInput, FreezeResult, SyncInput, SyncResult } from './messages';
export { TASK_QUEUE } from './messages';
export { problemOf } from './problem';
export { type DevServer, startDevServer } from './temporal/devServer';
export { prepareNamespace } from './temporal/namespace';
export { ensureSchedules, type SyncSchedule } from './temporal/schedules';
export { createWorker } from './worker';
