export { tryton } from './connector';
