import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import * as z from 'zod/mini';
import { postJson } from '../../../api/act';
import { useFreshness } from '../../../api/freshness';
import { getJson } from '../../../api/hub';
import { useFilters } from '../../../filters';
import { useCohort } from '../useCohort';

const text = z.nullable(z.string());
const stall = z.object({
  stall_id: z.string(),
  opportunity_id: z.string(),
  opportunity_name: text,
  customer_name: text,
  owner_name: text,
  stage_name: text,
  amount_cny: z.string(),
  stall_days: z.number(),
  last_movement_date: z.string(),
  last_movement_kind: z.string(),
  snoozed_until: text,
  snoozes: z.number(),
  is_snoozed: z.boolean(),
});
export type Stall = z.infer<typeof stall>;

/** Stalls of the hub (FUN-10): they change when a person acts, not only with a generation. */
export function useStalls(all: boolean) {
  const { region, owner } = useFilters().filters;
  const { line } = useCohort();
  const generation = useFreshness().data?.generation;
  const wanted = { region, owner, businessLine: line, all: all ? 'true' : undefined };
  const set = Object.entries(wanted).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
  const search = String(new URLSearchParams(set));
  return useQuery({
    queryKey: ['stalls', generation, search],
    queryFn: ({ signal }) => getJson(`/api/stalls?${search}`, z.array(stall), signal),
    enabled: generation != null,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    retry: false,
  });
}

/** Puts a stall off or takes that back; the list is asked again when the hub has written it down. */
export function useStallActs() {
  const queries = useQueryClient();
  const [busy, setBusy] = useState<string>();
  const [error, setError] = useState<string>();
  async function send(stallId: string, path: string, more: object): Promise<boolean> {
    setBusy(stallId);
    setError(undefined);
    try {
      await postJson(path, { stall: stallId, ...more });
      await queries.invalidateQueries({ queryKey: ['stalls'] });
      return true;
    } catch (failure) {
      setError(failure instanceof Error ? failure.message : String(failure));
      return false;
    } finally {
      setBusy(undefined);
    }
  }
  return {
    busy,
    error,
    snooze: ({ stall_id }: Stall, until: string, reason: string) =>
      send(stall_id, '/api/stalls/snooze', { until, reason }),
    wake: ({ stall_id }: Stall) => send(stall_id, '/api/stalls/wake', {}),
  };
}
