// What the bundle holds: every workflow by its name.
export { backfill } from './backfill';
export { buildModels } from './buildModels';
export { forecastCash } from './forecastCash';
export { freezeMonth } from './freezeMonth';
export { matchCash } from './matchCash';
export { reconcileConnection } from './reconcileConnection';
export { replayQuarantine } from './replayQuarantine';
export { riskWatch } from './riskWatch';
export { syncConnection } from './syncConnection';
