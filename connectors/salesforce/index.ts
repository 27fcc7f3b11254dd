export { salesforce } from './connector';
