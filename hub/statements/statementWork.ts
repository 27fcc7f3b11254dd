import type { Row } from '../../warehouse';

export type Certainty = 'expected' | 'promised' | 'confirmed';

/** What somebody says a customer will pay, or has paid (METRICS 5.1). */
export interface StatementInput {
  /** Chosen by whoever sends it, so that sending it twice says it once. */
  id?: string;
  /** A customer's id or name; may be left out where a document or an order tells it. */
  customer?: string;
  /** Number of a receivable document or of an order; neither: a sum without a subject. */
  document?: string;
  order?: string;
  /** Tells several sums without a subject apart. */
  slot?: string;
  /** Decimal text, CNY. */
  amount: string;
  /** `YYYY-MM-DD`. */
  expectedDate: string;
  certainty: Certainty;
  method?: string;
  /** Bank line, the customer's bank slip, bill; of a promise: who named it and how. */
  evidence?: string;
  /** The employee who answers for it, when another one enters it. */
  onBehalfOf?: string;
  /** Takes back what he said about this subject. */
  isWithdrawn?: boolean;
}

/** Kept as said, and told. */
export type Doubt =
  | 'more_than_open'
  | 'other_person'
  | 'nothing_open'
  | 'future_confirmed'
  | 'lacks_evidence';

export interface Stated {
  statementId: string;
  threadId: string;
  customerId: string;
  customerName: string;
  /** How often he said something about this subject so far, this time included. */
  version: number;
  doubts: Doubt[];
}

export interface StatementFilter {
  /** What was believed at the end of this day, or at this instant (ISO, UTC); default now. */
  asOf?: string;
  customer?: string;
  person?: string;
  /** Only subjects about which several people said something. */
  conflicts?: boolean;
}

export interface ImportRow {
  /** In the sheet, from 1. */
  row: number;
  status: 'new' | 'known' | 'bad';
  /** What it says, in the words of the command line; undefined for a bad row. */
  statement?: StatementInput & { statedAt?: string };
  doubts: Doubt[];
  /** Why it is bad: every reason. */
  problems: string[];
}

export interface ImportReport {
  batch: string;
  /** Which column of the sheet was taken for what. */
  columns: Record<string, string>;
  rows: ImportRow[];
  added: number;
}

/** What people say about cash to come. `by` is who acts: a user's or employee's id. */
export interface StatementWork {
  state(input: StatementInput, by: string): Promise<Stated>;
  /** Statements that stand at a time, with who said them and how often. */
  statements(filter: StatementFilter, by: string): Promise<Row[]>;
  /** A sheet (.xlsx, .xls, .csv): what it would add, or with `apply` adds it. */
  importStatements(
    sheet: { name: string; content: Buffer; apply: boolean },
    by: string,
  ): Promise<ImportReport>;
  /** Withdraws everything an import said; gives how many statements. */
  undoImport(batch: string, by: string): Promise<number>;
}
