// What the bundle holds: every workflow by its name.
export { backfill } from './backfill';
export { buildModels } from './buildModels';
export { freezeMonth } from './freezeMonth';
export { reconcileConnection } from './reconcileConnection';
export { replayQuarantine } from './replayQuarantine';
export { syncConnection } from './syncConnection';
