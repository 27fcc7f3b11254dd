import { keepPreviousData, useQuery } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { useFreshness } from '../../api/freshness';
import { getJson } from '../../api/hub';

const text = z.nullable(z.string());
const waiting = z.object({
  kind: z.string(),
  record_a: z.string(),
  record_b: text,
  customer_a: text,
  customer_b: text,
  name_a: text,
  name_b: text,
  kind_a: text,
  kind_b: text,
  credit_code_a: text,
  credit_code_b: text,
  receivable_a: z.string(),
  receivable_b: z.string(),
  intake_a: z.string(),
  intake_b: z.string(),
  money_cny: z.string(),
  score: z.nullable(z.number()),
  reasons: text,
  detail: text,
});
export type Waiting = z.infer<typeof waiting>;

const queue = z.object({
  rows: z.array(waiting),
  totals: z.array(z.object({ kind: z.string(), waiting: z.number(), moneyCny: z.string() })),
  mayDecide: z.boolean(),
});

const decisions = z.array(
  z.object({
    decision: z.string(),
    kind: z.string(),
    records: z.string(),
    decided_by: z.string(),
    decided_at: z.string(),
    reason: text,
    undone_by: text,
  }),
);

/** Asked again after each act and with each generation. */
function useCustomers<S extends z.ZodMiniType>(path: string, schema: S) {
  const generation = useFreshness().data?.generation;
  return useQuery({
    queryKey: ['customers', path, generation],
    queryFn: ({ signal }) => getJson(`/api/customers/${path}`, schema, signal),
    enabled: generation != null,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    retry: false,
  });
}

/** What waits for a judgement, the most money first. */
export const useQueue = () => useCustomers('queue?limit=500', queue);

/** What people decided, newest first. */
export const useDecisions = () => useCustomers('decisions?limit=50', decisions);
