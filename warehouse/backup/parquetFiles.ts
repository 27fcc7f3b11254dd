import { DuckDBInstance } from '@duckdb/node-api';
import { DuckDbSession } from '../duckdb/session';
import { literal, type Row, type Session } from '../warehouse';
import { fingerprintSql, fromFile } from './fileTypes';
import type { Fingerprint, TableShape } from './snapshot';

/** Files are read and turned around by a DuckDB in memory, whatever the warehouse's engine is. It spills into `folder`. */
export async function withParquet<T>(folder: string, work: (session: Session) => Promise<T>): Promise<T> {
  const instance = await DuckDBInstance.create(':memory:', {
    memory_limit: '400MB',
    temp_directory: folder,
  });
  try {
    const session = new DuckDbSession(await instance.connect());
    await session.run("set TimeZone = 'UTC'");
    return await work(session);
  } finally {
    instance.closeSync();
  }
}

/** Of the rows that a Parquet file holds. */
export function fileFingerprint(
  session: Session,
  { columns }: TableShape,
  file: string,
): Promise<Fingerprint> {
  return fingerprintOf(session, columns, `(select ${fromFile(columns)} from read_parquet(${literal(file)}))`);
}

export async function fingerprintOf(
  session: Session,
  columns: TableShape['columns'],
  source: string,
): Promise<Fingerprint> {
  const [row] = await session.rows(fingerprintSql(columns, source));
  return { rows: Number(row?.n), hash: `${hex(row?.high)}${hex(row?.low)}` };
}

/** A sum of 64-bit halves, wrapped to 64 bits. */
const hex = (sum: Row[string] | undefined): string =>
  BigInt.asUintN(64, BigInt(String(sum)))
    .toString(16)
    .padStart(16, '0');
