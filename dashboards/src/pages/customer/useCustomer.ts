import { keepPreviousData, useQuery } from '@tanstack/react-query';
import * as z from 'zod/mini';
import type { Row } from '../../api/cube';
import { useFreshness } from '../../api/freshness';
import { getJson } from '../../api/hub';

const row = z.record(z.string(), z.unknown());
const section = z.object({
  completeness: z.string(),
  readAt: z.nullable(z.string()),
  lists: z.record(z.string(), z.array(row)),
});
const page = z.object({
  customerId: z.string(),
  asOf: z.string(),
  base: z.object({
    customer: row,
    reviewedBy: z.nullable(z.string()),
    freshDate: z.nullable(z.string()),
    isReviewDue: z.boolean(),
    ages: z.array(z.object({ part: z.string(), date: z.string(), days: z.number() })),
  }),
  figures: row,
  sections: z.record(z.string(), section),
});
export type CustomerPageData = z.infer<typeof page>;
export type SectionData = z.infer<typeof section>;

/** The whole page in one request; a refusal is the answer of a customer that does not exist. */
export function useCustomer(id: string) {
  const generation = useFreshness().data?.generation;
  return useQuery({
    queryKey: ['customer360', id, generation],
    queryFn: ({ signal }) => getJson(`/api/customer360/${encodeURIComponent(id)}`, page, signal),
    enabled: generation != null,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    retry: false,
  });
}

/** Those that owe most first; with a text those whose name, former name or code holds it. */
export function useCustomers(text: string) {
  const generation = useFreshness().data?.generation;
  return useQuery({
    queryKey: ['customer360', 'find', text, generation],
    queryFn: ({ signal }) =>
      getJson(`/api/customer360?${new URLSearchParams({ text, limit: '200' })}`, z.array(row), signal),
    enabled: generation != null,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    retry: false,
  });
}

/** Interactions before a row, newest first. */
export const earlierActivities = async (id: string, before: string) => {
  const search = new URLSearchParams({ before, limit: '50' });
  const path = `/api/customer360/${encodeURIComponent(id)}/activities?${search}`;
  return textRows(await getJson(path, z.array(row), new AbortController().signal));
};

/** Figures, flags and texts alike as text, as Cube's rows are. */
export const textRows = (rows: readonly Record<string, unknown>[] = []): Row[] => rows.map(textRow);
export const textRow = (one: Record<string, unknown>): Row =>
  Object.fromEntries(
    Object.entries(one).map(([name, value]) => [
      name,
      value === null || value === undefined
        ? null
        : typeof value === 'string'
          ? value
          : JSON.stringify(value),
    ]),
  );
