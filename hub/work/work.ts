import type { ModelsDescription, Row } from '../../warehouse';
import type { BuildInput, BuildOutcome, SyncInput, SyncResult } from '../../workflows';
import type { BackupInput, MadeBackup } from '../backup/makeBackup';
import type { Finding } from '../doctor/finding';
import type { LoadingWork } from '../loading/loadingWork';
import type { ContractWork } from '../quarantine/contractWork';
import type { StatementWork } from '../statements/statementWork';

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
  /** Deletes and backfills. */
  loading: LoadingWork;
  build(input: Omit<BuildInput, 'cause'>): Promise<BuildOutcome>;
  /** Models with columns, lineage, tests and their last build. */
  models(): Promise<ModelsDescription>;
  /** Rows through Cube with a user's rights. */
  query(query: object, as?: string): Promise<Row[]>;
  /** Read-only SQL. */
  sql(sql: string): Promise<Row[]>;
  runs(): Promise<Row[]>;
  run(id: string): Promise<RunDetail>;
  status(): Promise<Freshness>;
  /** Bad records and unknown fields. */
  contracts: ContractWork;
  /** What people say about cash to come. */
  statements: StatementWork;
  /** A copy of the warehouse while everything goes on. */
  backup(input: BackupInput): Promise<MadeBackup>;
  /** What is wrong or will be, and what to do. */
  doctor(): Promise<Finding[]>;
  close(): Promise<void>;
}

export interface RunDetail {
  run: Row;
  streams: Row[];
  /** What a build made of each model; empty for a sync. */
  models: Row[];
  /** Tests of a build that ran, those that failed first, with the first rows that made them fail. */
  tests: Row[];
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
