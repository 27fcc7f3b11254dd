import type { Stream } from '../connectors/kit';
import { ruleOf } from './check/columns';
import { historyTable, quoted, rawTable, type Session } from './warehouse';

/** Columns that every raw table has, before those of its contract. */
const SYSTEM_COLUMNS = [
  '_source_id varchar not null',
  '_connection varchar not null',
  '_sync_id varchar not null',
  '_extracted_at timestamp not null',
  '_first_extracted_at timestamp not null',
  '_row_hash varchar not null',
  '_extra json',
  '_deleted_at timestamp',
] as const;

/** Makes the raw table of a stream, or adds columns that its contract gained; the history table too where it keeps snapshots. */
export async function prepareStream(session: Session, connection: string, stream: Stream): Promise<void> {
  const table = rawTable(connection, stream.name);
  const columns = stream.fields.map((field) => `${quoted(field.column)} ${ruleOf(field.kind).type}`);
  const known = await columnsOfTable(session, `${connection}__${stream.name}`);
  if (known.size === 0) {
    await session.run(`create table if not exists ${table} (${[...SYSTEM_COLUMNS, ...columns].join(', ')})`);
  } else {
    for (const [index, { column }] of stream.fields.entries())
      if (!known.has(column)) await session.run(`alter table ${table} add column ${columns[index]}`);
  }
  if (!stream.snapshot) return;
  const kept = stream.fields.filter((field) => stream.snapshot?.includes(field.name));
  const snapshot = kept.map((field) => `${quoted(field.column)} ${ruleOf(field.kind).type}`);
  const history = historyTable(connection, stream.name);
  const watched = await columnsOfTable(session, `${connection}__${stream.name}__history`);
  if (watched.size === 0) {
    await session.run(
      `create table if not exists ${history} (_source_id varchar, _seen_at timestamp, ${snapshot.join(', ')})`,
    );
    return;
  }
  const added = kept.flatMap(({ column }, index) => (watched.has(column) ? [] : [snapshot[index]]));
  if (added.length === 0) return;
  for (const column of added) await session.run(`alter table ${history} add column ${column}`);
  await keepAsOfNow(
    session,
    table,
    history,
    kept.map(({ column }) => quoted(column)),
  );
}

/** From now on more fields are watched: what they are today is the first thing known of them. */
async function keepAsOfNow(
  session: Session,
  table: string,
  history: string,
  columns: readonly string[],
): Promise<void> {
  await session.run(
    `insert into ${history} (_source_id, _seen_at, ${columns.join(', ')}) select _source_id, utc_now(), ${columns.join(', ')} from ${table}`,
  );
}

/** Asked first: on Postgres an ALTER that adds nothing would still wait for every reader of the table. */
async function columnsOfTable(session: Session, table: string): Promise<Set<string>> {
  const rows = await session.rows(
    "select column_name from information_schema.columns where table_schema = 'raw' and table_name = ?",
    [table],
  );
  return new Set(rows.map((row) => String(row.column_name)));
}
