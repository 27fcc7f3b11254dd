import type { BenchmarkWork } from './benchmarkWork';

type Ask = <Result>(method: 'get' | 'post', path: string, body?: unknown) => Promise<Result>;

/** The same, asked of the hub that runs (routes.ts). */
export function remoteBenchmarks(ask: Ask): BenchmarkWork {
  return {
    list: () => ask('get', '/api/benchmarks'),
    set: async (input, by) => void (await ask('post', '/api/benchmarks', { ...input, by })),
    remove: async (of, by) => void (await ask('post', '/api/benchmarks/remove', { ...of, by })),
  };
}
