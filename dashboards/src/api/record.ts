import { useQuery } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { getJson } from './hub';
import { label } from './label';

const value = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const record = z.object({
  table: z.string(),
  id: z.string(),
  title: label,
  fields: z.array(z.object({ name: z.string(), label, value })),
  links: z.array(z.object({ label, table: z.string(), id: z.string() })),
  source: z.nullish(
    z.object({
      connection: z.string(),
      stream: z.nullish(z.string()),
      sourceId: z.nullish(z.string()),
      extractedAt: z.nullish(z.string()),
      syncId: z.nullish(z.string()),
      raw: z.nullish(z.record(z.string(), z.unknown())),
      url: z.nullish(z.string()),
    }),
  ),
});
export type HubRecord = z.infer<typeof record>;

/** How the address writes one row: `core.bank_transaction:bank:2026-03-31|17`. */
export const recordKey = (table: string, id: string) => `${table}:${id}`;

/** One row with what it came from: the source's own record, its file and line, the sync that read it. */
export const useRecord = (key: string) => {
  const [table, id] = [key.slice(0, key.indexOf(':')), key.slice(key.indexOf(':') + 1)];
  return useQuery({
    queryKey: ['record', key],
    queryFn: ({ signal }) => getJson(`/api/record?${new URLSearchParams({ table, id })}`, record, signal),
    staleTime: 60_000,
    retry: false,
  });
};
