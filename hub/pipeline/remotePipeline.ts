import type { PipelineWork } from './pipelineWork';

type Ask = <Result>(method: 'get' | 'post', path: string, body?: unknown) => Promise<Result>;

/** The same, asked of the hub that runs (routes.ts). */
export function remotePipeline(ask: Ask): PipelineWork {
  return {
    stalls(filter, by) {
      const search = new URLSearchParams();
      for (const [name, value] of Object.entries({ ...filter, by }))
        if (value !== undefined) search.append(name, String(value));
      return ask('get', `/api/stalls?${search.toString()}`);
    },
    snooze: (input, by) => ask('post', '/api/stalls/snooze', { ...input, by }),
    wake: async (stall, by) => void (await ask('post', '/api/stalls/wake', { stall, by })),
  };
}
