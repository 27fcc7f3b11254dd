import type { Row } from '../../warehouse';
import type { StatementOfAccount } from './accountLines';

/** What a person does with one task of the morning list. */
export interface TodoAct {
  taskKey: string;
  action: 'done' | 'asked' | 'snoozed' | 'reopened';
  /** Last day on which a snoozed task stays away, `YYYY-MM-DD`. */
  until?: string;
  /** Needed to snooze. */
  reason?: string;
}

export interface MorningList {
  /** As-of day of the data, and the workday the list is for. */
  asOf: string;
  listDate: string;
  /** Tasks with the newest word on each, also what was done since the last build. */
  tasks: Row[];
  /** Per kind: how many are open and their sum. */
  totals: Row[];
}

export const DISPUTE_REASONS = [
  'quality',
  'quantity',
  'price',
  'delivery',
  'invoice',
  'duplicate',
  'contract',
  'other',
] as const;
export const DISPUTE_OUTCOMES = ['customer_pays', 'deduction', 'credit_note', 'withdrawn'] as const;

export interface DisputeInput {
  /** Chosen by whoever sends it, so that sending it twice opens one. */
  id?: string;
  /** An open item's id, or the number of a receivable document: its items in the order they fall due. */
  item?: string;
  document?: string;
  /** Decimal text, CNY; default: all that is open. */
  amount?: string;
  reason: (typeof DISPUTE_REASONS)[number];
  note?: string;
  /** Since when the customer contests it, `YYYY-MM-DD`; default today. */
  since?: string;
}

export interface DisputeClosing {
  disputeId: string;
  outcome: (typeof DISPUTE_OUTCOMES)[number];
  note?: string;
  /** With the outcome deduction: what was agreed to be taken off, CNY. The item stays open until the ERP books it. */
  deduction?: string;
}

/** Within the person's rows. */
export interface ScopeFilter {
  region?: string;
  owner?: string;
}

export interface Disputes {
  rows: Row[];
  /** Of the open ones: how many, the contested part of what is open, no item twice (FIN-2), and deductions agreed and not booked (FIN-3). */
  totals: { open: number; disputed: string; awaited: string };
}

export interface DisputeFilter extends ScopeFilter {
  /** Also the closed ones. */
  all?: boolean;
  customer?: string;
}

export interface AccountRequest {
  /** Customer's id or name. */
  customer: string;
  /** First and last day, `YYYY-MM-DD`. */
  from: string;
  to: string;
  /** What leaves the hub is written down as an event: the format says so. */
  format?: 'pdf' | 'xlsx';
}

export interface ControlReport {
  importId: string;
  /** Column of the file taken for what. */
  columns: Record<string, string>;
  figures: number;
  /** 0 when this file was imported before. */
  added: number;
  problems: { row: number; problem: string }[];
}

/** Finance's daily work. `by` is who acts: a user's or employee's id. */
export interface FinanceWork {
  morningList(filter: ScopeFilter, by: string): Promise<MorningList>;
  act(input: TodoAct, by: string): Promise<void>;
  disputes(filter: DisputeFilter, by: string): Promise<Disputes>;
  /** One dispute per item; gives their ids. */
  openDispute(input: DisputeInput, by: string): Promise<string[]>;
  closeDispute(input: DisputeClosing, by: string): Promise<void>;
  statementOfAccount(request: AccountRequest, by: string): Promise<StatementOfAccount>;
  /** Customers that have anything to state in a period: id and name. */
  accountCustomers(period: { from: string; to: string }, by: string): Promise<Row[]>;
  /** A sheet of ledger balances (.csv, .xlsx, .xls): what it holds, or with `apply` keeps it. */
  importControl(file: { name: string; content: Buffer; apply: boolean }, by: string): Promise<ControlReport>;
  /** Control totals, newest month first; with `month` and `entity` also the documents that differ. */
  control(
    filter: { month?: string; entity?: string },
    by: string,
  ): Promise<{ totals: Row[]; differences: Row[] }>;
}
