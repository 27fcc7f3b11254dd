import type { FinanceWork } from './financeWork';

type Ask = <Result>(method: 'get' | 'post', path: string, body?: unknown) => Promise<Result>;

/** The same, asked of the hub that runs (routes.ts). */
export function remoteFinance(ask: Ask): FinanceWork {
  const get = <Result>(path: string, query: object) =>
    ask<Result>('get', `/api/finance/${path}?${queryOf(query)}`);
  return {
    morningList: (filter, by) => get('morning-list', { ...filter, by }),
    act: async (input, by) => void (await ask('post', '/api/finance/todo', { ...input, by })),
    disputes: (filter, by) => get('disputes', { ...filter, by }),
    openDispute: (input, by) => ask('post', '/api/finance/disputes', { ...input, by }),
    closeDispute: async (input, by) =>
      void (await ask('post', '/api/finance/disputes/close', { ...input, by })),
    statementOfAccount: ({ format, ...request }, by) =>
      get('statement-of-account', { ...request, for: format, by }),
    accountCustomers: (period, by) => get('account-customers', { ...period, by }),
    importControl: ({ name, content, apply }, by) =>
      ask('post', `/api/finance/control?${queryOf({ name, apply, by })}`, content),
    control: (filter, by) => get('control', { ...filter, by }),
  };
}

function queryOf(query: object): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    if (value !== undefined) search.append(name, String(value));
  return search.toString();
}
