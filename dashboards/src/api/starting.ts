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

/** How far the hub's start is; asked only while its pages do not answer yet. */
export const useStarting = (enabled: boolean) =>
  useQuery({
    queryKey: ['healthz'],
    queryFn: ({ signal }) => getJson('/healthz', health, signal),
    enabled,
    refetchInterval: 1_000,
    retry: false,
  });
