export { files } from './connector';
