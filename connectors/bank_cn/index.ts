export { bankCn } from './connector';
