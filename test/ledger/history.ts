import type { Day } from './time';

/** Everything that happened with one customer, with the day on which each thing was known. Amounts are cents. */
export interface History {
  customer: string;
  term: { kind: 'net' | 'month_end' | 'delivery' | 'document'; days: number } | null;
  retention: { percent: number; months: number } | null;
  documents: Document[];
  lines: PlanLine[];
  receipts: Receipt[];
  bankLines: BankLine[];
  bills: Bill[];
  events: BillEvent[];
  allocations: Allocation[];
}

interface Known {
  id: string;
  recorded: Day;
  /** Seen to be gone; null while it stands. */
  deleted: Day | null;
}

export interface Document extends Known {
  amount: bigint;
  date: Day;
  due: Day | null;
  delivered: Day | null;
}

interface PlanLine extends Known {
  document: string;
  amount: bigint;
  due: Day | null;
  isRetention: boolean;
}

export interface Receipt extends Known {
  amount: bigint;
  date: Day;
  method: 'cash' | 'bank_bill' | 'commercial_bill' | 'supply_chain_note';
  reference: string | null;
  isPrepayment: boolean;
}

interface BankLine {
  reference: string;
  amount: bigint;
  date: Day;
  recorded: Day;
}

export interface Bill {
  id: string;
  receipt: string;
  kind: Exclude<Receipt['method'], 'cash'>;
  amount: bigint;
  signed: Day;
  matures: Day;
  recorded: Day;
}

interface BillEvent {
  id: string;
  bill: string;
  event: 'endorsed' | 'discounted' | 'matured' | 'dishonoured';
  date: Day;
  interest: bigint | null;
  withRecourse: boolean;
  recorded: Day;
}

export interface Allocation extends Known {
  document: string;
  receipt: string | null;
  creditNote: string | null;
  /** A plan line that it names. */
  line: string | null;
  kind: string;
  amount: bigint;
  /** Of kinds without receipt and credit note. */
  ownDate: Day | null;
}
