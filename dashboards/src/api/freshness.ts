import { useQuery, type Query } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { getJson, HubError, isLoginNeeded } from './hub';
import { label } from './label';
import { readStart } from './starting';

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

export type Freshness = z.infer<typeof freshness>;

/** What stands between the reader and the figures: nothing, a sign-in, a start that is not done, or a hub that does not answer. */
export type Hub =
  | { state: 'ready'; freshness: Freshness }
  | { state: 'login' }
  | { state: 'starting' }
  | { state: 'failed'; error: Error };

const POLL_MS = { ready: 60_000, login: 15_000, starting: 2_000, failed: 5_000 };

const hub = {
  queryKey: ['freshness'],
  queryFn: ({ signal }: { signal: AbortSignal }) => ask(signal),
  refetchInterval: (query: Query<Hub>) => POLL_MS[query.state.data?.state ?? 'failed'],
  staleTime: 30_000,
};

/** Never throws: a refusal is an answer too, and it stays on screen while the next question is out. */
async function ask(signal: AbortSignal): Promise<Hub> {
  try {
    const answer = await getJson('/api/freshness', freshness, signal);
    return answer.generation === null ? { state: 'starting' } : { state: 'ready', freshness: answer };
  } catch (error) {
    if (signal.aborted) throw error;
    if (isLoginNeeded(error)) return { state: (await isStillStarting(signal)) ? 'starting' : 'login' };
    if (isStarting(error)) return { state: 'starting' };
    return { state: 'failed', error: error instanceof Error ? error : new Error(String(error)) };
  }
}

/** The link to sign in with is printed when the start is done: until then there is nothing to sign in with. */
const isStillStarting = (signal: AbortSignal) =>
  readStart(signal).then(
    ({ status }) => status === 'starting',
    () => false,
  );

/** The hub answers for itself before its warehouse does. */
const isStarting = (error: unknown) =>
  error instanceof HubError && (error.status === 503 || error.details.code === 'vendor_busy');

export const useHub = () => useQuery<Hub>(hub);

/**
 * When the data are from (the model generation), which is not when they were asked for. Polled; a new generation
 * makes all tiles ask again at once, since it is part of their keys.
 */
export const useFreshness = () =>
  useQuery<Hub, Error, Freshness | null>({
    ...hub,
    select: (answer) => (answer.state === 'ready' ? answer.freshness : null),
  });
