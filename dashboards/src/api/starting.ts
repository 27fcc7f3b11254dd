import { useQuery } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { getJson } from './hub';
import { label } from './label';

const health = z.object({
  status: z.enum(['starting', 'ready', 'failed']),
  steps: z.array(
    z.object({ name: label, state: z.string(), seconds: z.nullish(z.number()), detail: z.nullish(label) }),
  ),
  message: z.nullish(z.string()),
});

/** How far the hub's start is; it tells anybody. */
export const readStart = (signal: AbortSignal) => getJson('/healthz', health, signal);

/** Asked only while the hub's pages do not answer yet. */
export const useStarting = () =>
  useQuery({
    queryKey: ['healthz'],
    queryFn: ({ signal }) => readStart(signal),
    refetchInterval: 1_000,
    retry: false,
  });
