import type { Stream } from '../connectors/kit';

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
  /** Spool file: one JSON record per line. */
  file: string;
  /** Lines in it. */
  read: number;
  /** Bytes as the vendor sent them, for the run's figures. */
  bytes: number;
  /** State after these records; committed with them. Undefined leaves the stored cursor alone (backfill). */
  state?: unknown;
  /** The batch number this one follows. */
  after: number;
}

/** read = loaded + unchanged + quarantined, always (DAT-2). */
export interface Counts {
  read: number;
  loaded: number;
  unchanged: number;
  quarantined: number;
}

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
  /** Makes temp table `vendor_key` (_source_id) from a file with one JSON object of key fields per line. */
  createKeyTable(session: Session, stream: Stream, file: string): Promise<void>;
}

export interface Warehouse extends Session {
  readonly dialect: Dialect;
  /** One transaction; writers take turns. A thrown error rolls everything back. */
  transaction<T>(work: (session: Session) => Promise<T>): Promise<T>;
  /** Makes the raw table of a stream, or adds columns that its contract gained. */
  prepareStream(connection: string, stream: Stream): Promise<void>;
  streamState(connection: string, stream: string): Promise<StreamState>;
  /** Checks, merges and commits a batch together with state, counts and quarantine, in one transaction. */
  loadBatch(batch: Batch): Promise<Counts>;
  /** Marks rows whose key is not in `keysFile` (one JSON object of key fields per line) as deleted, in one transaction. */
  reconcile(request: ReconcileRequest): Promise<ReconcileResult>;
  close(): Promise<void>;
}

export interface ReconcileRequest {
  connection: string;
  stream: Stream;
  keysFile: string;
  /** Goes on although many rows would be marked. */
  isConfirmed: boolean;
}

export interface ReconcileResult {
  known: number;
  /** Rows newly marked. */
  deleted: number;
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
