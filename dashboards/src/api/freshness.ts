import { useQuery } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { getJson, isLoginNeeded } from './hub';
import { label } from './label';

const source = z.object({
  connection: z.string(),
  connector: z.string(),
  label,
  lastSuccessAt: z.nullish(z.string()),
  newestAt: z.nullish(z.string()),
  late: z.boolean(),
  status: z.string(),
  lastError: z.nullish(z.string()),
});
const freshness = z.object({
  /** null until the first build is done */
  generation: z.nullable(z.string()),
  asOf: z.string(),
  builtAt: z.nullish(z.string()),
  sources: z.array(source),
});
export type Source = z.infer<typeof source>;

/**
 * When the data are from (the model generation), which is not when they were asked for. Polled; a new generation
 * makes all tiles ask again at once, since it is part of their keys.
 */
export const useFreshness = () =>
  useQuery({
    queryKey: ['freshness'],
    queryFn: ({ signal }) => getJson('/api/freshness', freshness, signal),
    refetchInterval: (query) => (query.state.error ? 3_000 : 60_000),
    retry: (failures, error) => !isLoginNeeded(error) && failures < 1,
    staleTime: 30_000,
  });
