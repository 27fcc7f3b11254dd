import type { Warehouse } from '../../warehouse';
import type { CustomerWork } from './customerWork';
import { decidingOver } from './decide';
import { listCustomers, listDecisions, showCustomer } from './listCustomers';
import { reviewQueue } from './queue';

/** Over a warehouse whose models were built at least once. */
export const customersOver = (warehouse: Warehouse): CustomerWork => ({
  ...decidingOver(warehouse),
  list: (filter, person) => listCustomers(warehouse, filter, person),
  show: (ref, person) => showCustomer(warehouse, ref, person),
  queue: (filter, person) => reviewQueue(warehouse, filter, person),
  decisions: (limit, person) => listDecisions(warehouse, limit, person),
});

/** The same over a warehouse that is opened when it is first asked for. */
export const laterCustomers = (open: () => Promise<CustomerWork>): CustomerWork => ({
  list: async (filter, person) => (await open()).list(filter, person),
  show: async (ref, person) => (await open()).show(ref, person),
  queue: async (filter, person) => (await open()).queue(filter, person),
  decisions: async (limit, person) => (await open()).decisions(limit, person),
  merge: async (input, person) => (await open()).merge(input, person),
  split: async (input, person) => (await open()).split(input, person),
  keepApart: async (input, person) => (await open()).keepApart(input, person),
  undo: async (input, person) => (await open()).undo(input, person),
});
