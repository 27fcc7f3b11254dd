export { definitions } from './definitions';
