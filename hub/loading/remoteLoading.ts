import type { LoadingWork } from './loadingWork';

type Ask = <Result>(method: 'get' | 'post', path: string, body?: unknown) => Promise<Result>;

/** The same, asked of the hub that runs (routes.ts). */
export function remoteLoading(ask: Ask): LoadingWork {
  const backfill = (id: string) => `/api/backfills/${encodeURIComponent(id)}`;
  return {
    reconcile: (input) => ask('post', '/api/reconcile', input),
    backfill: (input) => ask('post', '/api/backfills', input),
    backfills: () => ask('get', '/api/backfills'),
    backfillOf: (id) => ask('get', backfill(id)),
    steerBackfill: (id, steering) => ask('post', `${backfill(id)}/${steering}`, {}),
  };
}
