export type { EmbeddedCube } from './openCube';
export { startCube } from './startCube';
