export type { CubeRow } from './loadInProcess';
export type { SecurityContext } from './securityContext';
export { type CubeOptions, type EmbeddedCube, startCube } from './startCube';
