import { keepPreviousData, useQuery } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { useFreshness } from './freshness';
import { getJson } from './hub';

const text = z.nullable(z.string());
const number = z.nullable(z.number());
const words = z.object({ lost: text, facts: z.string(), toGreen: text });
const both = z.nullable(z.object({ zh: z.string(), en: z.string() }));

const health = z.object({
  reasons: z.array(
    z.object({
      indicator: z.string(),
      weight: z.number(),
      value: number,
      isCarried: z.boolean(),
      row: z.object({ points_to_green: number, green_value: number, overdue_90_cny: text }),
      text: z.object({ zh: words, en: words }),
    }),
  ),
  behind: z.object({
    invoices: z.array(
      z.object({
        document_id: z.string(),
        document_number: text,
        paid_date: text,
        days_late: z.coerce.number(),
        amount_cny: z.string(),
      }),
    ),
    orders: z.array(
      z.object({ sales_order_id: z.string(), number: text, order_date: z.string(), amount_cny: z.string() }),
    ),
    risks: z.array(
      z.object({ risk_event_id: z.string(), kind: z.string(), event_date: z.string(), is_live: z.boolean() }),
    ),
  }),
  restated: z.array(
    z.object({ indicator: z.string(), cause: z.string(), frozen: number, live: number, was: both, is: both }),
  ),
  versions: z.array(z.object({ version: z.coerce.number(), frozen_at: z.string() })),
});
export type CustomerHealth = z.infer<typeof health>;
export type IndicatorReason = CustomerHealth['reasons'][number];

/** Why one customer was what it was in a month: the hub's own sentences, the rows behind them, and what moved since the freeze. */
export function useCustomerHealth(customer: string, month: string) {
  const generation = useFreshness().data?.generation; // before it is known, so is no month
  return useQuery({
    queryKey: ['health', customer, month, generation],
    enabled: generation != null,
    queryFn: ({ signal }) =>
      getJson(`/api/health/customer?${new URLSearchParams({ customer, month })}`, health, signal),
    staleTime: 60_000,
    placeholderData: keepPreviousData,
    retry: false,
  });
}

const suggestion = z.object({
  suggestion_id: z.string(),
  kind: z.string(),
  state: z.string(),
  customer_id: z.string(),
  customer_name: text,
  month: text,
  to_name: text,
  detail: text,
  raised_date: z.string(),
  closing_reason: text,
});
export type Suggestion = z.infer<typeof suggestion>;

/** What the hub suggests and nobody has closed, the newest first; or all of it. */
export function useSuggestions(isAll: boolean) {
  const generation = useFreshness().data?.generation;
  return useQuery({
    queryKey: ['suggestions', isAll, generation],
    enabled: generation != null,
    queryFn: ({ signal }) =>
      getJson(`/api/suggestions?state=${isAll ? 'all' : 'open'}`, z.array(suggestion), signal),
    staleTime: 60_000,
    retry: false,
  });
}
