import type { HealthWork } from './healthWork';

type Ask = <Result>(method: 'get' | 'post', path: string, body?: unknown) => Promise<Result>;

/** The same, asked of the hub that runs (routes.ts); the hub knows who asks. */
export const remoteHealth = (ask: Ask): HealthWork => ({
  show: (asked) => ask('get', `/api/health/customer?${queryOf(asked)}`),
  restated: (month) => ask('get', `/api/health/restated?${queryOf({ month })}`),
  suggestions: (filter) => ask('get', `/api/suggestions?${queryOf(filter)}`),
  close: (input) => ask('post', '/api/suggestions/close', input),
});

function queryOf(query: object): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    if (value !== undefined) search.append(name, String(value));
  return search.toString();
}
