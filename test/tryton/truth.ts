import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the plan's numbers must give (test/tryton/plan.py). Money is decimal text in CNY, tax included; dates are days. */
interface Expected {
  orders: {
    reference: string;
    customer: string;
    amount_cny: string;
    date: string;
    owner: string;
    is_counted: boolean;
  }[];
  order_intake_cny: string;
  delivered_cny: string;
  returned_cny: string;
  documents: {
    reference: string;
    customer: string;
    date: string;
    amount: string;
    open: string;
    is_credit_note: boolean;
  }[];
  billed_cny: string;
  receipts: { number: string | null; customer: string; date: string; amount_cny: string }[];
  received_cny: string;
  fx_diff_cny: string;
  write_off_cny: string;
  /** By customer code: what its receivable account must show, money that belongs to no invoice deducted. */
  receivable_cny: Record<string, string>;
  /** By customer code: open documents, and open credit notes as positive amounts. */
  gross_cny: Record<string, string>;
  credit_note_cny: Record<string, string>;
  opportunities: {
    name: string;
    customer: string;
    owner: string;
    state: string;
    amount: string;
    moves: { from: string; to: string; at: string }[];
  }[];
}

/** What Tryton says itself, read record by record inside its own process. */
interface ServerSays {
  counts: Record<string, number>;
  orders: { reference: string; number: string | null; customer: string; state: string; amount_cny: string }[];
  sales_by_state: Record<string, number>;
  invoices: {
    id: number;
    number: string | null;
    state: string;
    customer: string;
    total_amount: string;
    amount_to_pay: string;
  }[];
  /** State → number of invoices, sum of totals, sum to pay, in their own currencies. */
  invoices_by_state: Record<string, [number, string, string]>;
  receivable_cny: Record<string, string>;
  receipts: { number: string | null; amount: string }[];
}

export interface BaseTruth {
  phase: 'base';
  as_of: string;
  expected: Expected;
  server: ServerSays;
}

/** The same database some changes later (test/tryton/late.py). */
export interface LateTruth {
  phase: 'late';
  as_of: string;
  party_renamed: { id: number; code: string; name: string };
  party_deactivated: { id: number; code: string };
  party_created: { id: number; code: string; name: string };
  sale_changed: { id: number; reference: string; untaxed_amount: string };
  sale_cancelled: { id: number; reference: string };
  sale_deleted: { id: number; lines: number[]; reference: string };
  opportunity_moved: { id: number; name: string; to: string };
  receipt_arrived: { customer: string; amount: string };
  server: ServerSays;
}

export type TruthOf = { base: BaseTruth; late: LateTruth };

export function readTruth<Phase extends keyof TruthOf>(folder: string, phase: Phase): TruthOf[Phase] {
  return JSON.parse(readFileSync(join(folder, 'seeded', `truth-${phase}.json`), 'utf8')) as TruthOf[Phase];
}
