import type { ContractWork } from './contractWork';

type Ask = <Result>(method: 'get' | 'post', path: string, body?: unknown) => Promise<Result>;

/** The same, asked of the hub that runs (routes.ts). */
export function remoteContracts(ask: Ask): ContractWork {
  const get = <Result>(path: string, query: object) => ask<Result>('get', `/api/${path}?${queryOf(query)}`);
  return {
    quarantine: (filter) => get('quarantine', filter),
    quarantined: (request) => get('quarantine/records', request),
    previewReplay: (input) => ask('post', '/api/quarantine/preview-replay', input),
    replay: (input) => ask('post', '/api/quarantine/replay', input),
    discard: (input) => ask('post', '/api/quarantine/discard', input),
    columns: (filter) => get('columns', filter),
    column: (place) => get('columns/one', place),
    acceptColumn: (input) => ask('post', '/api/columns/accept', input),
    rejectColumn: async (input) => void (await ask('post', '/api/columns/reject', input)),
  };
}

function queryOf(query: object): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    if (value !== undefined) search.append(name, String(value));
  return search.toString();
}
