import type { Drift, Stream } from '../connectors/kit';

/** A row as an engine gives it: decimals and 64-bit integers as exact text, dates `YYYY-MM-DD`, instants in UTC. */
export type Row = Record<string, Value>;
export type Value = string | number | boolean | null;

/** SQL inside one transaction, or reading outside of any. */
export interface Session {
  run(sql: string, values?: readonly Value[]): Promise<void>;
  rows(sql: string, values?: readonly Value[]): Promise<Row[]>;
}

export interface StreamState {
  /** What the connector gave with its last committed page; undefined before the first. */
  state: unknown;
  /** Batches committed so far; a batch is refused unless it is the next one, so that a lost worker cannot commit twice. */
  batch: number;
}

export interface Batch {
  connection: string;
  stream: Stream;
  syncId: string;
  /** Spool file: one JSON record per line, or what `format` says. */
  file: string;
  /** A file that the engine reads by itself, its columns named like the contract's fields: CSV with a header line, Parquet. */
  format?: 'csv' | 'parquet';
  /** Names at the top of the records, each once. Undefined: nobody looked, so the check does. */
  fields?: readonly string[];
  /** Bytes; no record is larger. Undefined: up to 64 MiB. */
  largestPage?: number;
  /** Whether U+0000 stands in them somewhere (check/nul.ts). Undefined: nobody looked, so the check does. */
  hasNul?: boolean;
  /** Records in it. Undefined for a file with a `format`: whoever reads it counts. */
  read?: number;
  /** Bytes as the vendor sent them, for the run's figures. */
  bytes: number;
  /** State after these records; committed with them. Undefined leaves the stored cursor alone (backfill). */
  state?: unknown;
  /** The batch number this one follows. Undefined: records of our own quarantine, which have no place among the vendor's. */
  after?: number;
  /** What becomes of unknown fields; default `propose`. */
  drift?: Drift;
  /** Another raw table than the stream's own: a full refresh loads beside it, and its rows count as unchanged until the swap. */
  table?: string;
  /** Another row of meta.stream_state than the stream's own: refreshes and backfills count their batches by themselves. */
  position?: string;
}

/** read = loaded + unchanged + quarantined, always (DAT-2). */
export interface Counts {
  read: number;
  loaded: number;
  unchanged: number;
  quarantined: number;
}

/** Work in the transaction of a batch, with what became of its records. */
export type AlsoInBatch = (session: Session, counts: Counts) => Promise<void>;

/** Name and type of a column, as the engine writes them. */
export interface Column {
  name: string;
  type: string;
}

/** What the engines do in different ways. All other SQL is one text for both; `helpers.sql` gives both the same functions. */
export interface Dialect {
  readonly engine: 'duckdb' | 'postgres';
  /** The columns that a SELECT gives; an error names what is wrong with it. Runs nothing. */
  columnsOf(session: Session, select: string): Promise<Column[]>;
  /** Makes or replaces a SQL function without arguments, for example business_today(). `value` is a text of that type. */
  defineConstant(session: Session, name: string, type: 'date' | 'timestamp', value: string): Promise<void>;
  /** Fills a table that is empty from a UTF-8 CSV file with a header line; its columns stand in the table's order. */
  loadCsv(session: Session, table: string, columns: readonly Column[], file: string): Promise<void>;
  /** Makes a view, or makes it anew where its text is another one. */
  replaceView(session: Session, name: string, select: string): Promise<void>;
  /** Makes temp table `vendor_key` (_source_id) from a file with one JSON object of key fields per line. */
  createKeyTable(session: Session, stream: Stream, file: string): Promise<void>;
  /**
   * Makes temp table `table` from a SELECT in DuckDB's SQL over the rows of `source`, a SELECT in the warehouse's: for what
   * must come out alike on both engines, since DuckDB does it for both (checks of values, row hashes).
   */
  throughDuckDb(session: Session, work: ThroughDuckDb): Promise<void>;
}

export interface ThroughDuckDb {
  source: string;
  /** Given the name of a relation with the rows of `source`. */
  select(relation: string): string;
  table: string;
}

export interface TransactionOptions {
  /**
   * Work of one name never overlaps, whichever process it is in, and sees one state of the data throughout (`build` for what
   * publishes or freezes models). In DuckDB all writers take turns anyway.
   */
  turn?: string;
}

export interface Warehouse extends Session {
  readonly dialect: Dialect;
  /**
   * One transaction. A thrown error rolls everything back. `work` changes nothing but through its session: Postgres runs it
   * again when another transaction was faster.
   */
  transaction<T>(work: (session: Session) => Promise<T>, options?: TransactionOptions): Promise<T>;
  /** Makes the raw table of a stream, or adds columns that its contract gained. */
  prepareStream(connection: string, stream: Stream): Promise<void>;
  streamState(connection: string, stream: string): Promise<StreamState>;
  /**
   * Checks, merges and commits a batch together with state, counts and quarantine, in one transaction. `also` runs in it
   * after the merge, while the temp tables `clean` and `bad` stand; an error of it rolls everything back.
   */
  loadBatch(batch: Batch, also?: AlsoInBatch): Promise<Counts>;
  /** Compares the rows of a stream with a list of the vendor's keys, in one transaction (reconcile.ts). */
  reconcile(request: ReconcileRequest): Promise<ReconcileResult>;
  close(): Promise<void>;
}

export interface ReconcileRequest {
  connection: string;
  stream: Stream;
  /** The vendor's keys: one JSON object of key fields per line. */
  keysFile: string;
  /** The run whose preview this is. */
  runId: string;
  /** When the listing of keys began, by the warehouse's clock: what came later may be missing in the list and is left alone. */
  listedAt: string;
  /** Only looks. */
  isPreview: boolean;
  /** A person confirmed the rows of the kept preview; without one, whatever is gone now. */
  isConfirmed: boolean;
}

export interface ReconcileResult {
  /** Keys that the vendor listed. */
  listed: number;
  /** Rows that were not marked before. */
  known: number;
  /** Of these, rows that the vendor no longer has. */
  gone: number;
  /** Rows newly marked: all that are gone, or fewer (a preview, the brake, a confirmation of some). */
  deleted: number;
  /** Rows that were marked and that the vendor has again. */
  revived: number;
  /** Too many: nothing was marked, the preview is kept. */
  isStopped: boolean;
}

/** Deletes above either bound need a confirmation (REQUIREMENTS A8). */
export const DELETE_BRAKE = { share: 0.05, rows: 100 } as const;

export const rawTable = (connection: string, stream: string): string =>
  `raw.${quoted(`${connection}__${stream}`)}`;
export const historyTable = (connection: string, stream: string): string =>
  `raw.${quoted(`${connection}__${stream}__history`)}`;

/** The one helper that quotes an identifier. */
export const quoted = (identifier: string): string => `"${identifier.replaceAll('"', '""')}"`;

/** The one helper that writes a text literal, for the places where SQL takes no bound value (DDL, file readers). */
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;
