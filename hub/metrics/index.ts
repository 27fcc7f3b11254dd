export type { Definition } from './definition';
export { definitions } from './definitions';
