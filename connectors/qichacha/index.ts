export { qichacha } from './connector';
