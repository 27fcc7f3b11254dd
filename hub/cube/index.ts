export type { CubeRow } from './loadInProcess';
export type { EmbeddedCube } from './openCube';
export type { SecurityContext } from './securityContext';
export { startCube } from './startCube';
