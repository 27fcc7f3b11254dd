import type { Row } from '../../warehouse';
import type { Person } from '../access/users';

/** What every act says. */
export interface Act {
  reason?: string;
  /** Chosen by whoever sends it, so that sending it twice decides once. */
  id?: string;
  /** Only say what would move. */
  preview?: boolean;
  by: string;
}

/** Records are named `<connection>:<source_id>`, payers `bank:payer:<name>`; a record that is merged brings its whole customer. */
export interface MergeInput extends Act {
  /**
   * Two or more records, or customers by their ids. Where the valid credit codes of their customers differ, two registered companies are
   * taken for one, and a reason is needed.
   */
  refs: readonly string[];
}

export interface SplitInput extends Act {
  /** Records that leave their customer and are one of their own; all of one customer, and not all that it has. */
  records: readonly string[];
}

export interface KeepApartInput extends Act {
  /** Two records that are not the same: never suggested nor linked by name again. */
  pair: readonly [string, string];
}

export interface UndoInput extends Act {
  decision: string;
}

/** A record that changes its customer. */
export interface Move {
  recordId: string;
  name: string;
  from: string;
  fromName: string;
  to: string;
  toName: string;
}

/** What goes with the records, CNY as text: open receivables (REC-1 gross) and orders of 12 months (ORD-1). */
export interface MovedMoney {
  from: string;
  to: string;
  records: number;
  receivableCny: string;
  openItems: number;
  intakeCny: string;
  orders: number;
}

/** What an act did, and what the next build makes of it. Frozen months stay as they are. */
export interface Decided {
  /** What undo takes back. */
  decision: string;
  kind: 'merged' | 'split' | 'kept_apart' | 'undone';
  /** Nothing was written down. */
  preview: boolean;
  moves: Move[];
  money: MovedMoney[];
}

export interface ListFilter {
  /** Part of a name, an id or a credit code. */
  search?: string;
  /** Only customers of two or more records. */
  several?: boolean;
  limit: number;
}

export interface CustomerDetail {
  /** Id, name, credit code, owner, region, open receivables, orders of 12 months. */
  customer: Row;
  /** Each record with rule and evidence of its link; a decision that is newer than the last build says so. */
  records: Row[];
  /** What people decided about its records, newest first. */
  decisions: Row[];
}

export interface QueueFilter {
  kind?: QueueKind;
  limit: number;
}

export const QUEUE_KINDS = ['pair', 'ambiguous', 'payer'] as const;
type QueueKind = (typeof QUEUE_KINDS)[number];

export interface Queue {
  /** Largest money first. */
  rows: Row[];
  /** Of all that waits: how many, and their money. */
  totals: { kind: QueueKind; waiting: number; moneyCny: string }[];
}

/** Who is one customer, as people see it and act on it (docs/merging-customers.md). */
export interface CustomerWork {
  list(filter: ListFilter, person: Person): Promise<Row[]>;
  /** By customer id, by one of its records, or by a name that only one has. */
  show(ref: string, person: Person): Promise<CustomerDetail>;
  queue(filter: QueueFilter, person: Person): Promise<Queue>;
  /** What people decided, newest first. */
  decisions(limit: number, person: Person): Promise<Row[]>;
  merge(input: MergeInput, person: Person): Promise<Decided>;
  split(input: SplitInput, person: Person): Promise<Decided>;
  keepApart(input: KeepApartInput, person: Person): Promise<Decided>;
  undo(input: UndoInput, person: Person): Promise<Decided>;
}
