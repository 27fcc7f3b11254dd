import type { Row } from '../../warehouse';
import type { BuildInput, BuildOutcome, SyncInput, SyncResult } from '../../workflows';

export interface CheckLine {
  connection: string;
  /** Null: the login. */
  stream: string | null;
  isOk: boolean;
  /** What is wrong and what to do, in three lines. */
  problem: string | null;
}

/** What the commands ask for, whether a hub runs (then over loopback) or not (then in this process). */
export interface Work {
  check(connection?: string): Promise<CheckLine[]>;
  sync(input: Omit<SyncInput, 'cause'>): Promise<SyncResult>;
  build(input: Omit<BuildInput, 'cause'>): Promise<BuildOutcome>;
  /** Rows through Cube with a user's rights. */
  query(query: object, as?: string): Promise<Row[]>;
  /** Read-only SQL. */
  sql(sql: string): Promise<Row[]>;
  runs(): Promise<Row[]>;
  run(id: string): Promise<RunDetail>;
  status(): Promise<Freshness>;
  quarantine(): Promise<Row[]>;
  close(): Promise<void>;
}

export interface RunDetail {
  run: Row;
  streams: Row[];
}

export interface SourceFreshness {
  connection: string;
  connector: string;
  label: { zh: string; en: string };
  lastSuccessAt: string | null;
  newestAt: string | null;
  late: boolean;
  status: string;
  /** What failed last, in one sentence; null after a good sync. */
  lastError: string | null;
}

export interface Freshness {
  generation: string | null;
  asOf: string;
  builtAt: string | null;
  sources: SourceFreshness[];
}
