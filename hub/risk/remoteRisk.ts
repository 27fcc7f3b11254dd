import type { RiskWork } from './riskWork';

type Ask = <Result>(method: 'get' | 'post', path: string, body?: unknown) => Promise<Result>;

/** The same, asked of the hub that runs (routes.ts); the hub knows who asks. */
export function remoteRisk(ask: Ask): RiskWork {
  return {
    plan: (connection) => ask('get', `/api/risk/plan?${queryOf({ connection })}`),
    run: (input) => ask('post', '/api/risk/run', input),
    events: (filter) => ask('get', `/api/risk/events?${queryOf(filter)}`),
    cost: (filter) => ask('get', `/api/risk/cost?${queryOf(filter)}`),
  };
}

function queryOf(query: object): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    if (value !== undefined) search.append(name, String(value));
  return search.toString();
}
