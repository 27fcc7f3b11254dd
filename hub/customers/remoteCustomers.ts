import type { CustomerWork } from './customerWork';

type Ask = <Result>(method: 'get' | 'post', path: string, body?: unknown) => Promise<Result>;

/** The same, asked of the hub that runs (routes.ts); the hub knows who asks. */
export const remoteCustomers = (ask: Ask): CustomerWork => ({
  list: (filter) => ask('get', `/api/customers?${queryOf(filter)}`),
  show: (ref) => ask('get', `/api/customers/one?${queryOf({ ref })}`),
  queue: (filter) => ask('get', `/api/customers/queue?${queryOf(filter)}`),
  decisions: (limit) => ask('get', `/api/customers/decisions?${queryOf({ limit })}`),
  merge: (input) => ask('post', '/api/customers/merge', input),
  split: (input) => ask('post', '/api/customers/split', input),
  keepApart: (input) => ask('post', '/api/customers/keep-apart', input),
  undo: (input) => ask('post', '/api/customers/undo', input),
});

function queryOf(query: object): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    if (value !== undefined) search.append(name, String(value));
  return search.toString();
}
