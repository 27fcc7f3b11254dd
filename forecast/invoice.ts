import type { Day } from './day';

/** One claim with one due date: an invoice, or an instalment of one. */
export interface Invoice {
  id: string;
  customer: string;
  /** Positive; credits and zero are left out and counted. */
  amountCents: bigint;
  issued: Day;
  due: Day;
  /** null: not paid, or not known to be. A day after the origin counts as null. */
  paid: Day | null;
  /** Payment term or another segment that customers share; default: the days from issue to due. */
  term?: string;
  region?: string;
  /** Totals are never added across currencies. */
  currency?: string;
  /** Disputed as known at the origin. */
  isDisputed?: boolean;
}
