export { qichacha } from './connector';
export { type Plan, planOf, type Target } from './plan';
