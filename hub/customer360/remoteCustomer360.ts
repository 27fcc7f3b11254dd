import type { Customer360Work } from './customer360Work';

type Ask = <Result>(method: 'get' | 'post', path: string, body?: unknown) => Promise<Result>;

/** The same, asked of the hub that runs (routes.ts); the hub knows who asks. */
export function remoteCustomer360(ask: Ask): Customer360Work {
  const at = (id: string) => `/api/customer360/${encodeURIComponent(id)}`;
  return {
    find: ({ text = '', limit, offset = 0 }) =>
      ask('get', `/api/customer360?text=${encodeURIComponent(text)}&limit=${limit}&offset=${offset}`),
    page: (named) => ask('get', at(named)),
    activities: (id, { before, limit }) => {
      const after = before === undefined ? '' : `&before=${encodeURIComponent(before)}`;
      return ask('get', `${at(id)}/activities?limit=${limit}${after}`);
    },
    review: async (id, note) =>
      void (await ask('post', `${at(id)}/review`, note === undefined ? {} : { note })),
  };
}
