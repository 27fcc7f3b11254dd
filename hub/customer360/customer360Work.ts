import type { Row } from '../../warehouse';
import type { Person } from '../access/users';

/** Parts of the page. Each says by itself how complete it is. */
export type SectionName =
  | 'records'
  | 'contacts'
  | 'interactions'
  | 'orders'
  | 'terms'
  | 'receivables'
  | 'receipts'
  | 'statements'
  | 'bills'
  | 'disputes'
  | 'risk'
  | 'health'
  | 'opportunities'
  | 'suggestions';

/**
 * complete: every source was read on time. late: the last good read lies back more than two intervals. failed: the last read failed, the
 * figures are of the one before. not_connected: no source gives this, so nothing is known (METRICS 0.11: missing is not zero).
 */
export type Completeness = 'complete' | 'late' | 'failed' | 'not_connected';

export interface SourceState {
  connection: string;
  lastSuccessAt: string | null;
  completeness: Exclude<Completeness, 'not_connected'>;
}

export interface Section {
  completeness: Completeness;
  /** Last good read of the source that was read longest ago; null for what people do in the hub itself. */
  readAt: string | null;
  sources: SourceState[];
  /** Lists of rows by name, columns named as in the tables; money as decimal text. Empty lists where not connected. */
  lists: Record<string, Row[]>;
}

export interface BaseData {
  /** customer_id, name, credit_code, class, owner, region, term, limit. */
  customer: Row;
  /** When somebody last confirmed the base data: `customer.reviewed`. */
  reviewedAt: string | null;
  reviewedBy: string | null;
  /** The day from which the yearly refresh counts: the last review, else the newest change of a record. */
  freshDate: string | null;
  /** freshDate lies more than 365 days before the as-of day, or is unknown. */
  isReviewDue: boolean;
  /** Age in days of each part: record kinds (erp, crm, bureau) and the review. */
  ages: { part: string; date: string; days: number }[];
}

export interface CustomerPage {
  customerId: string;
  /** business_today() of the build that all figures are of. */
  asOf: string;
  generation: string;
  builtAt: string;
  base: BaseData;
  /** One row: the figures by METRICS id (docs/customer-360.md lists them); null is unknown, never 0. */
  figures: Row;
  sections: Record<SectionName, Section>;
  /** SQL statements that the page took. */
  statements: number;
}

export interface FindCustomers {
  /** Part of the name or of a former or short name, the credit code, the id; undefined lists all. */
  text?: string;
  limit: number;
  offset?: number;
}

export interface ActivityPage {
  /** activity_id of the last row of the page before; undefined: the newest. */
  before?: string;
  limit: number;
}

/** Everything about one customer, and who it is. */
export interface Customer360Work {
  find(filter: FindCustomers, person: Person): Promise<Row[]>;
  /** `named` is an id, a credit code or a whole name. Errors: `not_found`, also for what the person may not see. */
  page(named: string, person: Person): Promise<CustomerPage>;
  activities(customerId: string, page: ActivityPage, person: Person): Promise<Row[]>;
  /** Somebody has looked through the base data: the yearly refresh begins anew. */
  review(customerId: string, note: string | undefined, person: Person): Promise<void>;
}
