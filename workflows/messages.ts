// Names and shapes that workflows and their callers share. Payloads carry ids and counts, never rows.
export const TASK_QUEUE = 'millrace';

export type Cause = 'manual' | 'schedule' | 'first start';

export interface SyncInput {
  connection: string;
  cause: Cause;
  /** Only these streams; default all of the connection. */
  streams?: string[];
  /** Read everything again. */
  isFull?: boolean;
  /** A backfill of this range of the vendor's cursor; the cursor stays. */
  range?: { from?: string; to?: string };
  /** Compare keys and mark what the vendor deleted. */
  reconcile?: boolean;
  confirmDeletes?: boolean;
  /** Build models of what changed; default true. */
  build?: boolean;
}

export interface StreamResult {
  stream: string;
  status: 'done' | 'failed';
  read: number;
  loaded: number;
  unchanged: number;
  quarantined: number;
  deleted: number;
  seconds: number;
  tableHash: string;
  error?: Problem;
}

export interface SyncResult {
  runId: string;
  status: RunStatus;
  streams: StreamResult[];
  generation?: number;
}

export interface BuildInput {
  cause: Cause;
  /** Everything, also what no change reached. */
  isAll?: boolean;
  /** Model names; they and what reads them. */
  select?: string[];
}

export interface BuildOutcome {
  runId: string;
  generation?: number;
  models: number;
  tests: number;
  seconds: number;
}

export interface FreezeInput {
  cause: Cause;
  /** `YYYY-MM`: this month again, as a new version. Default: every complete month that is due and not frozen yet. */
  month?: string;
}

export interface FreezeResult {
  runId: string;
  months: string[];
}

/** done: all that was asked; partial: some streams failed, the others are loaded; failed: nothing was done. */
export type RunStatus = 'running' | 'done' | 'partial' | 'failed';

/** An error as it is stored and shown: no stack, no secret, no row. */
export interface Problem {
  code: string;
  what: string;
  where: string;
  todo: string;
}
