import type { Row } from '../../warehouse';
import type { MatchOutcome } from '../../workflows';
import type { Person } from '../access/users';

export interface ListMatches {
  /** open: nobody has decided; else what was decided. Default open. */
  state?: 'open' | 'matched' | 'differs';
  matchClass?: 'suggested_strong' | 'suggested_check' | 'none';
  customer?: string;
  limit: number;
}

export interface ConfirmInput {
  /** Bank lines whose first suggestion is right. */
  lines?: readonly string[];
  /** All lines with a strong suggestion. */
  allStrong?: boolean;
  /** Automatic matches that a person has looked at. */
  matches?: readonly string[];
  by: string;
}

export interface DeclineInput {
  line: string;
  /** Which suggestion, 1 the first. */
  rank: number;
  /** None of this suggestion's customer at all, not only this combination. */
  customer: boolean;
  why: string;
  by: string;
}

export interface SplitInput {
  line: string;
  /** Who paid; default the customer of the first part. */
  payer?: string;
  parts: readonly SplitPart[];
  why?: string;
  by: string;
}

export interface SplitPart {
  /** Number of a receivable document; without one the money stays unapplied. */
  document?: string;
  /** Money of the line, CNY as text. */
  amount: string;
  /** What relieves the document without money: a fee, a discount, a deduction. */
  kept?: { kind: 'bank_fee' | 'discount' | 'deduction' | 'rounding'; amount: string };
}

export interface UndoInput {
  match: string;
  why: string;
  by: string;
}

/** What a person's act did. */
export interface Decided {
  matches: string[];
  amountCny: string;
}

/** Cash application as people do it. Each act is an event; lists show it at once. */
export interface MatchWork {
  run(): Promise<MatchOutcome>;
  list(filter: ListMatches, person: Person): Promise<Row[]>;
  show(line: string, person: Person): Promise<MatchDetail>;
  confirm(input: ConfirmInput): Promise<Decided>;
  decline(input: DeclineInput): Promise<void>;
  split(input: SplitInput): Promise<Decided>;
  undo(input: UndoInput): Promise<void>;
}

export interface MatchDetail {
  line: Row;
  suggestions: Row[];
  /** What was decided about the line, oldest first. */
  decisions: Row[];
}
