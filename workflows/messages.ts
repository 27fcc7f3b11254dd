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
  /** Only this range, in the vendor's own cursor text, in one piece; the cursor stays. `backfill` does it by dates and in slices. */
  range?: { from?: string; to?: string };
  /** Compare keys and mark what the vendor deleted. */
  reconcile?: boolean;
  confirmDeletes?: boolean;
  /** Build models of what changed; default true. */
  build?: boolean;
  /** Of a source whose calls cost money: no more than so many. */
  maxCalls?: number;
}

export interface StreamResult {
  stream: string;
  /** suspicious: it read nothing where rows must have come (activities/readNothing.ts). */
  status: 'done' | 'failed' | 'suspicious';
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

export interface ReconcileInput {
  connection: string;
  cause: Cause;
  /** Only these streams; default all of the connection. */
  streams?: string[];
  /** Not these: they have schedules of their own. */
  except?: string[];
  /** Only looks and writes down what it finds. */
  isPreview?: boolean;
  confirmDeletes?: boolean;
  /** Build models of what changed; default true. */
  build?: boolean;
}

export interface ReconciledStream {
  stream: string;
  /** skipped: its source cannot list keys; stopped: too many rows are gone, nothing was marked. */
  status: 'done' | 'skipped' | 'stopped' | 'failed';
  listed: number;
  known: number;
  gone: number;
  deleted: number;
  revived: number;
  error?: Problem;
}

export interface ReconcileResult {
  runId: string;
  status: RunStatus;
  streams: ReconciledStream[];
  generation?: number;
}

export type Slice = 'day' | 'month' | 'year';

export interface BackfillInput {
  /** Short and ours: it names the run, the workflow and the rows in meta.backfill. */
  backfillId: string;
  connection: string;
  cause: Cause;
  streams?: string[];
  /** First and last business day, both included. */
  from: string;
  to: string;
  /** Default: days up to a month, months up to ten years, else years. */
  slice?: Slice;
  build?: boolean;
  /** Goes on as one that waits: set when a long history is cut. */
  isPaused?: boolean;
}

export interface BackfillStream {
  stream: string;
  status: 'running' | 'done' | 'failed' | 'refused';
  slices: number;
  done: number;
  read: number;
  loaded: number;
  unchanged: number;
  quarantined: number;
  error?: Problem;
}

export interface BackfillProgress {
  backfillId: string;
  status: 'running' | 'paused' | 'done' | 'partial' | 'failed' | 'cancelled';
  streams: BackfillStream[];
}

export interface ReplayInput {
  cause: Cause;
  /** Default: all that waits. */
  connection?: string;
  stream?: string;
  /** One single reason. */
  reason?: string;
  /** Build models of what came in; default true. */
  build?: boolean;
}

export interface ReplayedStream {
  connection: string;
  stream: string;
  status: StreamResult['status'];
  read: number;
  loaded: number;
  /** What is stored is the same or newer. */
  unchanged: number;
  /** Still bad. */
  quarantined: number;
  error?: Problem;
}

export interface ReplayOutcome {
  runId: string;
  status: RunStatus;
  streams: ReplayedStream[];
  generation?: number;
}

export interface BuildInput {
  cause: Cause;
  /** Everything, also what no change reached. */
  isAll?: boolean;
  /** Only these models, in the words of `millrace build --select` (docs/models.md). */
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
  /** Replacement plans that were suggested anew (HEA-7). */
  suggestions: number;
}

export interface ForecastCashInput {
  cause: Cause;
}

export interface ForecastCashResult {
  runId: string;
  /** Days whose forecast was computed, the newest first. */
  origins: string[];
}

export interface RiskInput {
  connection: string;
  cause: Cause;
  /** No more than so many paid calls, beside the caps of day and month. */
  maxCalls?: number;
}

export interface RiskOutcome {
  runId: string;
  status: RunStatus;
  /** What the run would have asked without caps. */
  planned: RiskCounts;
  /** What it asked. */
  asked: RiskCounts;
  /** Events that somebody was told of for the first time. */
  raised: number;
  generation?: number;
}

export interface RiskCounts {
  companies: number;
  calls: number;
  costCny: string;
}

export interface MatchInput {
  cause: Cause;
  /** After a sync: only if bank lines or open items changed in this generation or since. */
  generation?: number;
}

export interface MatchOutcome {
  runId: string;
  /** Missing where there was nothing to look at. */
  counts?: MatchCounts;
  generation?: number;
}

/** Bank lines of one run by class, and the money of the automatic ones as decimal text. */
interface MatchCounts {
  lines: number;
  automatic: number;
  strong: number;
  check: number;
  none: number;
  automaticCny: string;
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
