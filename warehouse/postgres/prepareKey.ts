import { MillraceError, type Stream } from '../../connectors/kit';
import { historyTable, literal, quoted, rawTable, type Session } from '../warehouse';

/** Postgres cuts longer names off, and two tables could become one. */
const NAME_BYTES = 63;

/** The unique key of a raw table: merges find rows by it, and nothing can put the same record there twice. */
export async function prepareKey(session: Session, connection: string, stream: Stream): Promise<void> {
  const index = `${connection}__${stream.name}__key`;
  const [found] = await session.rows(
    `select count(*) as n from pg_indexes where schemaname = 'raw' and indexname = ${literal(index)}`,
  );
  if (Number(found?.n) > 0) return;
  await session.run(
    `create unique index ${quoted(index)} on ${rawTable(connection, stream.name)} (_source_id)`,
  );
}

/** Refuses names that Postgres would cut off. */
export function checkNames(connection: string, stream: Stream): void {
  const longest = historyTable(connection, stream.name).slice('raw."'.length, -1);
  const bytes = Buffer.byteLength(longest);
  if (bytes <= NAME_BYTES) return;
  throw new MillraceError('config_invalid', {
    what: `The table name ${longest} has ${bytes} bytes; Postgres takes ${NAME_BYTES}`,
    where: `connection ${connection}, stream ${stream.name}`,
    todo: `Give the connection a name that is ${bytes - NAME_BYTES} characters shorter`,
  });
}
