export { startTryton, type TrytonServer } from './server';
export type { Series } from './setup';
export type { BaseTruth, LateTruth } from './truth';
