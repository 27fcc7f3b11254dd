import type { Row } from '../../warehouse';

export const MEASURES = [
  'sales_cycle',
  'repeat_share',
  'retention',
  'retention_by_value',
  'admin_hours',
] as const;
export type Measure = (typeof MEASURES)[number];

interface ReportedHours {
  /** `2026-06` */
  month: string;
  /** Whose hours: a staff number. */
  person: string;
  /** Decimal text, at most two decimals; "0" takes a report back. */
  hours: string;
  /** Which work: "月度应收统计". */
  what: string;
  by: string;
}

export interface BaselineInput {
  measure: Measure;
  /** First and last month, `2025-01`. */
  from: string;
  to: string;
  /** Decimal text; undefined: the figures of these months as they stand now are kept. */
  value?: string;
  by: string;
}

/** Outcomes before and after (D5): what people report and fix for them. */
export interface OutcomeWork {
  list(measure: Measure | undefined): Promise<Row[]>;
  report(input: ReportedHours): Promise<void>;
  /** Gives the months that now have a baseline. Errors: `not_found` for a month without figures. */
  setBaseline(input: BaselineInput): Promise<string[]>;
}
