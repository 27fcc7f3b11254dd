export { contractNow, contractOf, driftOf, modelConnections } from './activities/contracts';
export { type Connection, Host, type PaidRun, type StreamProgress } from './activities/host';
export type {
  BackfillInput,
  BuildInput,
  BuildOutcome,
  ForecastCashInput,
  FreezeInput,
  FreezeResult,
  MatchInput,
  MatchOutcome,
  ReconcileInput,
  ReconcileResult,
  RiskInput,
  RiskOutcome,
  Slice,
  SyncInput,
  SyncResult,
  ReplayInput,
  ReplayOutcome,
} from './messages';
export { TASK_QUEUE } from './messages';
export { planOfConnection } from './activities/risk';
export { problemOf } from './problem';
export { closeLostRuns } from './temporal/closeLostRuns';
export { type DevServer, startDevServer } from './temporal/devServer';
export { keepDevServer } from './temporal/keepDevServer';
export { prepareNamespace } from './temporal/namespace';
export { releaseActivities } from './temporal/releaseActivities';
export { ensureSchedules, type SyncSchedule } from './temporal/schedules';
export { createWorker } from './worker';
