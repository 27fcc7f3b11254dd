import { useQuery } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { useHub } from './freshness';
import { getJson } from './hub';

const me = z.object({
  user: z.object({ id: z.string(), name: z.string(), role: z.string(), scope: z.string() }),
  language: z.catch(z.enum(['zh', 'en']), 'zh'),
});

/** Who looks: whose rights the figures are cut to. */
export const useMe = () => {
  const isReady = useHub().data?.state === 'ready';
  return useQuery({
    queryKey: ['me'],
    queryFn: ({ signal }) => getJson('/api/me', me, signal),
    enabled: isReady,
    staleTime: Infinity,
    retry: false,
    retryOnMount: false,
  });
};
