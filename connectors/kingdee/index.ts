export { kingdee } from './connector';
