import type { Day, Instant } from './days';
import type { Cents } from './money';

export type BankCategory =
  | 'customer'
  | 'internal'
  | 'interest'
  | 'tax'
  | 'loan'
  | 'refund'
  | 'supplier'
  | 'payroll'
  | 'fee'
  | 'bill'
  | 'unknown_payer';

export interface BankLine {
  account: string;
  bookedAt: Instant;
  valueDate: Day;
  /** Positive: money in. */
  amount: Cents;
  counterpartyName: string;
  counterpartyAccount: string;
  counterpartyBank: string;
  summary: string;
  purpose: string;
  reference: string;
  balance: Cents;
  category: BankCategory;
  customer: number | null;
}
