import type { Row } from '../../warehouse';

export interface BenchmarkOf {
  /** A stage's key or name. */
  stage: string;
  /** Business line; without it the stage of this name in every pipeline. */
  line?: string;
}

export interface BenchmarkInput extends BenchmarkOf {
  /** Share expected to reach the next stage, in per cent as text: "35" or "17.5". */
  percent: string;
  /** Who says so: a report, a person, a year of our own. */
  source: string;
  /** The day it is of, `YYYY-MM-DD`. */
  date: string;
}

/** Benchmarks of stage conversion. `by` is who acts: a user's or employee's id. */
export interface BenchmarkWork {
  /** Every stage that has a next one: stage_key, stage_name, business_line, percent, source, date; nulls where there is none. */
  list(): Promise<Row[]>;
  /** Errors: `not_found` for a stage nobody knows, `bad_request` for a day to come, `not_allowed`. */
  set(input: BenchmarkInput, by: string): Promise<void>;
  /** The CRM's or the seed's stands again, if there is one. Errors: `not_found`, `not_allowed`. */
  remove(input: BenchmarkOf, by: string): Promise<void>;
}
