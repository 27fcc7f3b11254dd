import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { literal, quoted, type Session, type ThroughDuckDb } from '../warehouse';
import type { Checker } from './checker';
import { copyTables } from './copyTables';
import type { PgSession } from './session';

/** No value is larger than the largest page of a vendor; the reader takes as much for each thread, so a small file asks for less. */
const LINE = { smallest: 2 * 1024 * 1024, largest: 64 * 1024 * 1024 } as const;

/** Copies rows out as CSV, lets the checker's DuckDB select from them, and copies what it gives back into a temp table. */
export async function throughDuckDb(
  checker: Checker,
  session: Session & Pick<PgSession, 'columnsOf' | 'copyCsv' | 'copyOut'>,
  { source, select, table }: ThroughDuckDb,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'millrace-through-'));
  try {
    const file = join(folder, 'source.csv');
    const columns = await session.columnsOf(source);
    await session.copyOut(`copy (${source}\n) to stdout (format csv)`, file);
    const line = Math.min(LINE.largest, Math.max(LINE.smallest, (await stat(file)).size));
    const texts = columns.map(({ name }) => `${literal(name)}: 'VARCHAR'`).join(', ');
    const typed = columns.map(({ name, type }) => `cast(${quoted(name)} as ${type}) as ${quoted(name)}`);
    const relation = `(select ${typed.join(', ')} from read_csv(${literal(file)}, header = false, auto_detect = false,
      delim = ',', quote = '"', escape = '"', nullstr = '', allow_quoted_nulls = false, max_line_size = ${line}, buffer_size = ${line}, columns = {${texts}}))`;
    const exported = await checker.run(async (duckDb) => {
      await duckDb.run(`create or replace temp table ${quoted(table)} as ${select(relation)}`);
      try {
        return await checker.export(duckDb, [table]);
      } finally {
        await duckDb.run(`drop table ${quoted(table)}`);
      }
    });
    await session.run(`drop table if exists ${quoted(table)}`);
    await copyTables(session, exported);
    await session.run(`analyze ${quoted(table)}`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
