import type { BankWork, HandedFile } from './bankWork';

type Ask = <Result>(method: 'get' | 'post', path: string, body?: unknown) => Promise<Result>;

/** The same, asked of the hub that runs (routes.ts). */
export function remoteBank(ask: Ask): BankWork {
  return {
    preview: (file) => ask('post', `/api/bank/preview?${queryOf(file)}`, file.content),
    add: (file) => ask('post', `/api/bank/files?${queryOf(file)}`, file.content),
  };
}

function queryOf({ name, connection, account }: HandedFile): string {
  const search = new URLSearchParams({ name });
  if (connection !== undefined) search.append('connection', connection);
  if (account !== undefined) search.append('account', account);
  return search.toString();
}
