import type { Row } from '../../warehouse';
import type { Person } from '../access/users';
import type { ReasonText } from '../words/health';

export interface ShowHealth {
  /** Id or name. */
  customer: string;
  /** `YYYY-MM`; default the latest. */
  month?: string;
}

/** One indicator of a customer's month: its row of marts.customer_health_reason, in words. */
export interface IndicatorReason {
  indicator: string;
  weight: number;
  value: number | null;
  isCarried: boolean;
  row: Row;
  text: { zh: ReasonText; en: ReasonText };
}

/** A customer's health with what is behind it. Amounts are decimal text, days business dates. */
export interface CustomerHealth {
  /** Row of marts.customer_health. */
  health: Row;
  reasons: IndicatorReason[];
  behind: {
    /** Documents overdue on the month's last day, or paid late in the 12 months: the largest amounts first. */
    invoices: Row[];
    /** Orders of the 12 months, the newest first. */
    orders: Row[];
    /** Entries and events of bureaus up to the month's end. */
    risks: Row[];
  };
  /** What moved since the month was frozen, with the facts of then and of now in words. */
  restated: RestatedIndicator[];
  /** Every freeze of the month, the newest first. */
  versions: Row[];
}

export interface RestatedIndicator {
  indicator: string;
  cause: string;
  frozen: number | null;
  live: number | null;
  /** Null for the score itself. */
  was: { zh: string; en: string } | null;
  is: { zh: string; en: string } | null;
}

export interface ListSuggestions {
  /** Default open. */
  state?: 'open' | 'over' | 'closed' | 'all';
  customer?: string;
  limit: number;
}

export interface CloseSuggestion {
  suggestion: string;
  why: string;
  by: string;
}

export interface HealthWork {
  show(asked: ShowHealth, person: Person): Promise<CustomerHealth>;
  /** Customers of a frozen month that are no longer what was frozen; default the last one. */
  restated(month: string | undefined, person: Person): Promise<Row[]>;
  suggestions(filter: ListSuggestions, person: Person): Promise<Row[]>;
  /** Closes one for good. Gives it as it stands then. */
  close(input: CloseSuggestion, person: Person): Promise<Row>;
}
