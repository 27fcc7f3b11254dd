export { startTryton, type TrytonOptions, type TrytonServer } from './server';
export type { Series } from './setup';
export type { BaseTruth, Expected, LateTruth, ServerSays } from './truth';
