import { keepPreviousData, useQuery } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { useFilters } from '../filters';
import { useFreshness } from './freshness';
import { getJson } from './hub';

const text = z.nullable(z.string());
const task = z.object({
  task_key: z.string(),
  task_kind: z.string(),
  customer_id: text,
  customer_name: text,
  who: text,
  owner_name: text,
  document_number: text,
  statement_id: text,
  item_id: text,
  bank_transaction_id: text,
  detail: text,
  amount_cny: text,
  days: z.number(),
  is_disputed: z.boolean(),
  task_date: z.string(),
  state: z.string(),
  snoozed_until: text,
  state_reason: text,
  acted_date: text,
});
export type Task = z.infer<typeof task>;

const morning = z.object({
  asOf: z.string(),
  listDate: z.string(),
  tasks: z.array(task),
  totals: z.array(
    z.object({ task_kind: z.string(), tasks: z.number(), open_tasks: z.number(), open_cny: z.string() }),
  ),
});

const dispute = z.object({
  dispute_id: z.string(),
  document_number: text,
  item_id: z.string(),
  customer_name: text,
  owner_name: text,
  reason: z.string(),
  amount_cny: z.string(),
  open_amount_cny: z.string(),
  agreed_deduction_cny: text,
  note: text,
  is_open: z.boolean(),
  outcome: text,
  closing_note: text,
  opened_date: z.string(),
  closed_date: text,
  opened_by: text,
});
export type Dispute = z.infer<typeof dispute>;
const disputes = z.object({
  rows: z.array(dispute),
  totals: z.object({ open: z.number(), disputed: z.string(), awaited: z.string() }),
});

const balance = z.object({
  day: z.string(),
  account: z.string(),
  gross: z.string(),
  unapplied: z.string(),
  creditNotes: z.string(),
  net: z.string(),
  undueRetention: z.string(),
  prepayment: z.string(),
});
const account = z.object({
  customerName: z.string(),
  opening: balance,
  closing: balance,
  lines: z.array(
    z.object({
      date: z.string(),
      kind: z.string(),
      number: text,
      dueDate: text,
      debit: text,
      credit: text,
      balance: z.string(),
    }),
  ),
  totals: z.object({ debit: z.string(), credit: z.string() }),
  items: z.array(
    z.object({
      documentNumber: text,
      documentDate: z.string(),
      dueDate: z.string(),
      amount: z.string(),
      open: z.string(),
      daysOverdue: z.number(),
      disputed: z.string(),
    }),
  ),
});
export type Account = z.infer<typeof account>;
const customers = z.array(z.object({ customer_id: z.string(), customer_name: z.string() }));

/** Rows of the hub that change when a person acts, not only with a generation: asked again after each act. */
function useFinance<S extends z.ZodMiniType>(
  path: string,
  query: Record<string, string | undefined>,
  schema: S,
  isEnabled = true,
) {
  const generation = useFreshness().data?.generation;
  const set = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
  const search = String(new URLSearchParams(set));
  return useQuery({
    queryKey: ['finance', path, generation, search],
    queryFn: ({ signal }) => getJson(`/api/finance/${path}?${search}`, schema, signal),
    enabled: generation != null && isEnabled,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    retry: false,
  });
}

function useScope() {
  const { region, owner } = useFilters().filters;
  return { region, owner };
}

export const useMorning = () => useFinance('morning-list', useScope(), morning);

export const useDisputes = (all: boolean) =>
  useFinance('disputes', { ...useScope(), all: all ? 'true' : undefined }, disputes);

export const useAccountCustomers = (period: { from: string; to: string }) =>
  useFinance('account-customers', period, customers);

export const useAccount = (customer: string | undefined, period: { from: string; to: string }) =>
  useFinance('statement-of-account', { customer, ...period }, account, customer !== undefined);

/** A link that downloads the statement. */
export const accountLink = (
  customer: string,
  { from, to }: { from: string; to: string },
  format: 'pdf' | 'xlsx',
  language: 'zh' | 'en',
) => `/api/finance/statement-of-account?${new URLSearchParams({ customer, from, to, format, language })}`;
