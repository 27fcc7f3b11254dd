import { rm } from 'node:fs/promises';
import { quoted } from '../warehouse';
import type { ExportedTable } from './checker';
import type { PgSession } from './session';

/** DuckDB's types under their Postgres names, where they differ. */
const TYPES: Record<string, string> = {
  DOUBLE: 'double precision',
  FLOAT: 'real',
  HUGEINT: 'numeric',
  UBIGINT: 'numeric',
  UINTEGER: 'bigint',
  TINYINT: 'smallint',
};

/** Temp tables of the same names and columns, gone with the transaction; their files are removed. */
export async function copyTables(
  session: Pick<PgSession, 'run' | 'copyCsv'>,
  tables: readonly ExportedTable[],
): Promise<void> {
  for (const { name, columns, file } of tables) {
    const list = columns.map((column) => `${quoted(column.name)} ${TYPES[column.type] ?? column.type}`);
    await session.run(`create temp table ${quoted(name)} (${list.join(', ')}) on commit drop`);
    await session.copyCsv(`copy ${quoted(name)} from stdin (format csv)`, file);
    await rm(file, { force: true });
  }
}
