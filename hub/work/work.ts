import type { ModelsDescription, Row } from '../../warehouse';
import type {
  BuildInput,
  BuildOutcome,
  FreezeInput,
  FreezeResult,
  SyncInput,
  SyncResult,
} from '../../workflows';
import type { BankWork } from '../bank/bankWork';
import type { BenchmarkWork } from '../benchmarks/benchmarkWork';
import type { BackupInput, MadeBackup } from '../backup/makeBackup';
import type { Customer360Work } from '../customer360/customer360Work';
import type { CustomerWork } from '../customers/customerWork';
import type { Finding } from '../doctor/finding';
import type { FinanceWork } from '../finance/financeWork';
import type { HealthWork } from '../health/healthWork';
import type { PipelineWork } from '../pipeline/pipelineWork';
import type { LoadingWork } from '../loading/loadingWork';
import type { MatchWork } from '../matching/matchWork';
import type { OutcomeWork } from '../outcomes/outcomeWork';
import type { ContractWork } from '../quarantine/contractWork';
import type { RiskWork } from '../risk/riskWork';
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
  /** Keeps the figures of months that are due, or of one month again (METRICS DAT-8). */
  freeze(input: Omit<FreezeInput, 'cause'>): Promise<FreezeResult>;
  /** Models with columns, lineage, tests and their last build. */
  models(): Promise<ModelsDescription>;
  /** Rows through Cube with a user's rights. */
  query(query: object, as?: string): Promise<Row[]>;
  /** Read-only SQL. */
  sql(sql: string): Promise<Row[]>;
  runs(): Promise<Row[]>;
  run(id: string): Promise<RunDetail>;
  status(): Promise<Freshness>;
  /** What stages should convert, as people typed it. */
  benchmarks: BenchmarkWork;
  /** Bank files that people hand over. */
  bank: BankWork;
  /** Bad records and unknown fields. */
  contracts: ContractWork;
  /** Which bank line pays what. */
  matching: MatchWork;
  /** Who is one customer. */
  customers: CustomerWork;
  /** Everything about one customer. */
  customer360: Customer360Work;
  /** Cycle, repeat share, retention, hours: before and after. */
  outcomes: OutcomeWork;
  /** Stalled opportunities. */
  pipeline: PipelineWork;
  /** Paid checks of credit bureaus. */
  risk: RiskWork;
  /** Morning list, disputes, statements of account, control totals. */
  finance: FinanceWork;
  /** Why a customer is green, yellow or red, and what the hub suggests. */
  health: HealthWork;
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
