import type { ModelConnection } from './staging';

/** What is asked of a build. */
export interface BuildRequest {
  runId: string;
  connections: readonly ModelConnection[];
  /** The as-of day, `YYYY-MM-DD`: business_today() in every model. */
  asOfDate: string;
  /** Builds everything, also what no change reached. Default: what reads streams that changed since it was last built. */
  isAll?: boolean;
  /** Only these, in dbt's words: `core.customer+`, `+marts.collection` (select.ts). */
  select?: readonly string[];
  /** Another folder of models, for tests; connectors are read from `connectors/` beside it. */
  folder?: string;
  /** Staging tables stand already (tests put rows there); no views are made over raw. */
  keepStaging?: boolean;
}

export interface BuiltModel {
  model: string;
  rows: number;
  seconds: number;
  method: 'full' | 'incremental';
  /** Why an incremental model was built whole; null otherwise. */
  reason: string | null;
  /** Keys that an incremental build computed anew. */
  changedKeys: number | null;
}

export interface BuildResult {
  /** Undefined when nothing had to be built. */
  generation: number | undefined;
  models: BuiltModel[];
  tests: number;
  seconds: number;
}
