import type { OutcomeWork } from './outcomeWork';

type Ask = <Result>(method: 'get' | 'post', path: string, body?: unknown) => Promise<Result>;

/** The same, asked of the hub that runs (routes.ts). */
export const remoteOutcomes = (ask: Ask): OutcomeWork => ({
  list: (measure) => ask('get', `/api/outcomes${measure === undefined ? '' : `?measure=${measure}`}`),
  report: async (input) => void (await ask('post', '/api/outcomes/hours', input)),
  setBaseline: (input) => ask('post', '/api/outcomes/baseline', input),
});
