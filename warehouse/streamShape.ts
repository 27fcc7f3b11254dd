import { MillraceError, type Stream } from '../connectors/kit';
import { ruleOf } from './check/columns';
import { quoted, rawTable, type Session, type Warehouse } from './warehouse';

/** A column whose type in the table is another one than the contract's, both in the engine's spelling. */
export interface RetypedColumn {
  name: string;
  stored: string;
  wanted: string;
}

/** Key fields as one text; in their order, since it makes the source id. */
export const keyOf = ({ key }: Stream): string => key.join(', ');

/** The stored key of a stream; undefined before its first sync. */
export async function storedKey(
  session: Session,
  connection: string,
  stream: Stream,
): Promise<string | undefined> {
  const [row] = await session.rows(
    'select key_fields from meta.stream_key where connection = ? and stream = ?',
    [connection, stream.name],
  );
  return row === undefined ? undefined : String(row.key_fields);
}

export async function noteKey(session: Session, connection: string, stream: Stream): Promise<void> {
  await session.run(
    `insert into meta.stream_key values (?, ?, ?, utc_now())
     on conflict (connection, stream) do update set key_fields = excluded.key_fields, noted_at = excluded.noted_at`,
    [connection, stream.name, keyOf(stream)],
  );
}

/** Contract columns whose type in the table is another one than the contract's. */
export async function retyped(
  warehouse: Pick<Warehouse, 'dialect'>,
  session: Session,
  connection: string,
  stream: Stream,
): Promise<RetypedColumn[]> {
  const { dialect } = warehouse;
  const names = stream.fields.map(({ column }) => quoted(column)).join(', ');
  const stored = await dialect.columnsOf(
    session,
    `select ${names} from ${rawTable(connection, stream.name)}`,
  );
  const nulls = stream.fields.map(
    ({ kind, column }) => `cast(null as ${ruleOf(kind).type}) as ${quoted(column)}`,
  );
  const wanted = await dialect.columnsOf(session, `select ${nulls.join(', ')}`); // in the engine's own spelling
  return wanted.flatMap(({ name, type }, index) => {
    const before = stored[index]?.type ?? '';
    return before === type ? [] : [{ name, stored: before, wanted: type }];
  });
}

/** Refuses to merge into a table whose key or column types are not the contract's: old and new rows would not meet. */
export function checkShape(warehouse: Warehouse, connection: string, stream: Stream): Promise<void> {
  return warehouse.transaction(async (session) => {
    const before = await storedKey(session, connection, stream);
    const changes: string[] = [];
    if (before !== undefined && before !== keyOf(stream))
      changes.push(`the key was (${before}) and is (${keyOf(stream)})`);
    const columns = await retyped(warehouse, session, connection, stream);
    if (columns.length > 0) {
      const list = columns.map(({ name, stored, wanted }) => `${name} ${stored} → ${wanted}`);
      changes.push(`other types: ${list.join(', ')}`);
    }
    if (changes.length > 0) {
      throw new MillraceError('full_refresh_needed', {
        what: `The contract no longer fits the table: ${changes.join('; ')}`,
        where: `connection ${connection}, stream ${stream.name}`,
        todo: `Run: millrace sync ${connection} --stream ${stream.name} --full`,
      });
    }
    if (before === undefined) await noteKey(session, connection, stream);
  });
}
