// What the bundle holds: every workflow by its name.
export { backfill } from './backfill';
export { buildModels } from './buildModels';
export { forecastCash } from './forecastCash';
export { freezeMonth } from './freezeMonth';
export { matchCash } from './matchCash';
export { reconcileConnection } from './reconcileConnection';
export { replayQuarantine } from './replayQuarantine';
export { syncConnection } from './syncConnection';
