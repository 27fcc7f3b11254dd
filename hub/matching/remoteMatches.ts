import type { MatchWork } from './matchWork';

type Ask = <Result>(method: 'get' | 'post', path: string, body?: unknown) => Promise<Result>;

/** The same, asked of the hub that runs (routes.ts); the hub knows who asks. */
export function remoteMatches(ask: Ask): MatchWork {
  return {
    run: () => ask('post', '/api/match/run', {}),
    list: (filter) => ask('get', `/api/match?${queryOf(filter)}`),
    show: (line) => ask('get', `/api/match/line?${queryOf({ line })}`),
    confirm: (input) => ask('post', '/api/match/confirm', input),
    decline: async (input) => void (await ask('post', '/api/match/decline', input)),
    split: (input) => ask('post', '/api/match/split', input),
    undo: async (input) => void (await ask('post', '/api/match/undo', input)),
  };
}

function queryOf(query: object): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    if (value !== undefined) search.append(name, String(value));
  return search.toString();
}
