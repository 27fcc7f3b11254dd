export type { Text } from './definition';
export { definitions } from './definitions';
