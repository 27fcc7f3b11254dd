import { useQuery } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { getJson } from './hub';

const text = z.nullish(z.string());
const flag = z.nullish(z.boolean());

/** Rows carry `table` and `id`, so that each opens as a record. */
const row = { table: z.string(), id: z.string() };
const statement = z.object({
  id: z.string(),
  threadId: z.string(),
  customerId: text,
  customerName: text,
  subjectKind: text,
  subjectNumber: text,
  /** every version as it was said, oldest first */
  versions: z.array(
    z.object({
      ...row,
      version: z.number(),
      statedAt: z.string(),
      statedByName: text,
      amountCny: z.string(),
      expectedDate: text,
      certainty: z.string(),
      evidence: text,
      isWithdrawn: flag,
      isFutureConfirmed: flag,
      lacksEvidence: flag,
    }),
  ),
  documents: z.array(
    z.object({
      ...row,
      number: text,
      documentDate: text,
      dueDate: text,
      amountCny: z.string(),
      openAmountCny: text,
    }),
  ),
  settlements: z.array(
    z.object({ ...row, kind: z.string(), valueDate: text, amountCny: z.string(), documentNumber: text }),
  ),
  bankLines: z.array(
    z.object({
      ...row,
      valueDate: text,
      amountCny: z.string(),
      counterpartyName: text,
      remark: text,
      fileName: text,
      lineNumber: z.nullish(z.union([z.number(), z.string()])),
    }),
  ),
});
export type Statement = z.infer<typeof statement>;

/** What someone said, again and again, about one expected payment, and what came of it. */
export const useStatement = (id: string) =>
  useQuery({
    queryKey: ['statement', id],
    queryFn: ({ signal }) => getJson(`/api/statement/${encodeURIComponent(id)}`, statement, signal),
    staleTime: 60_000,
    retry: false,
  });
