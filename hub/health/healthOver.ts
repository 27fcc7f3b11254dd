import type { Warehouse } from '../../warehouse';
import type { HealthWork } from './healthWork';
import { listRestated, showHealth } from './showHealth';
import { closeSuggestion, listSuggestions } from './suggestions';

/** Over a warehouse whose models were built at least once. */
export const healthOver = (warehouse: Warehouse): HealthWork => ({
  show: (asked, person) => showHealth(warehouse, asked, person),
  restated: (month, person) => listRestated(warehouse, month, person),
  suggestions: (filter, person) => listSuggestions(warehouse, filter, person),
  close: (input, person) => closeSuggestion(warehouse, input, person),
});

/** The same over a warehouse that is opened when it is first asked for. */
export const laterHealth = (open: () => Promise<HealthWork>): HealthWork => ({
  show: async (asked, person) => (await open()).show(asked, person),
  restated: async (month, person) => (await open()).restated(month, person),
  suggestions: async (filter, person) => (await open()).suggestions(filter, person),
  close: async (input, person) => (await open()).close(input, person),
});
