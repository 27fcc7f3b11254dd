// What the bundle holds: every workflow by its name.
export { buildModels } from './buildModels';
export { freezeMonth } from './freezeMonth';
export { syncConnection } from './syncConnection';
