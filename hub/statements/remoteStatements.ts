import type { StatementWork } from './statementWork';

type Ask = <Result>(method: 'get' | 'post', path: string, body?: unknown) => Promise<Result>;

/** The same, asked of the hub that runs (routes.ts). */
export function remoteStatements(ask: Ask): StatementWork {
  return {
    state: (input, by) => ask('post', '/api/statements', { ...input, by }),
    statements: (filter, by) => ask('get', `/api/statements?${queryOf({ ...filter, by })}`),
    importStatements: ({ name, content, apply }, by) =>
      ask('post', `/api/statements/import?${queryOf({ name, apply, by })}`, content),
    undoImport: async (batch, by) =>
      (await ask<{ withdrawn: number }>('post', '/api/statements/undo-import', { batch, by })).withdrawn,
  };
}

function queryOf(query: object): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    if (value !== undefined) search.append(name, String(value));
  return search.toString();
}
