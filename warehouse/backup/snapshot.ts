import type { Session } from '../warehouse';

/** A table as a backup knows it: the same words for both engines, types in DuckDB's spelling. */
export interface TableShape {
  schema: string;
  name: string;
  columns: TableColumn[];
  /** Primary key; empty without one. */
  key: string[];
}

export interface TableColumn {
  name: string;
  type: string;
  isRequired: boolean;
}

/** Equal for equal rows, whatever their order and engine; a row that is there twice counts twice. */
export interface Fingerprint {
  rows: number;
  /** Hex of two sums over the halves of each row's MD5. */
  hash: string;
}

/** The whole warehouse as it was at one instant; loads, builds and readers go on beside it. */
export interface Snapshot extends Session {
  tables(): Promise<TableShape[]>;
  /** Writes all rows into a Parquet file; gives their number. */
  write(table: TableShape, file: string): Promise<number>;
  fingerprint(table: TableShape): Promise<Fingerprint>;
}

/** An empty warehouse that is filled from Parquet files, all in one transaction. */
export interface Filling extends Snapshot {
  /** Makes the table unless a migration made it. */
  create(table: TableShape): Promise<void>;
  fill(table: TableShape, file: string): Promise<void>;
}

/** What a backup holds. Views and functions are made again by migrations and builds; staging holds nothing else. */
export const BACKED_UP = ['meta', 'ops', 'quarantine', 'raw', 'seeds', 'core', 'marts'] as const;

/** Models and seeds: could be built again, and are replaced by builds while a backup runs. */
export const DERIVED: readonly string[] = ['seeds', 'core', 'marts'];

export const nameOf = ({ schema, name }: Pick<TableShape, 'schema' | 'name'>): string => `${schema}.${name}`;
