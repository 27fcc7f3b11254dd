export { fxiaoke } from './connector';
