import { rawTable, type Row, type Session, stagingSources } from '../../warehouse';

/** The source's own record behind a row of core; undefined where staging made the row of more than one. */
export async function rawRowOf(
  warehouse: Session,
  {
    connection,
    connector,
    entity,
    sourceId,
  }: { connection: string; connector: string; entity: string; sourceId: string },
): Promise<{ stream: string; row: Row } | undefined> {
  for (const { stream, id } of placesOf(sourceId, stagingSources(connector, entity))) {
    const [row] = await warehouse.rows(`select * from ${rawTable(connection, stream)} where _source_id = ?`, [
      id,
    ]);
    if (row) return { stream, row };
  }
  return undefined;
}

interface Place {
  stream: string;
  id: string;
}

/**
 * Where a raw row may be: under its id in the first stream of the entity's staging file, which gives the records themselves.
 * Ids of several streams may be equal, so a derived one is looked for only where its form says: `refund-17` is row 17 of
 * `refunds`, `line-17` of `receivable_lines`; `17/discount` and, of two rows that met, `12:17` are row 17 of the first stream.
 */
export function placesOf(sourceId: string, streams: readonly string[]): Place[] {
  const [main] = streams;
  if (main === undefined) return [];
  const [, kind, ofKind = ''] = /^([a-z]+)-(.+)$/.exec(sourceId) ?? [];
  const stream = streams.find((name) => name === `${kind}s` || name.endsWith(`_${kind}s`));
  const part = /^(.+)\/[a-z_]+$/.exec(sourceId)?.[1];
  const met = /^\d+:(\d+)$/.exec(sourceId)?.[1];
  return [
    { stream: main, id: sourceId },
    ...(kind !== undefined && stream !== undefined ? [{ stream, id: ofKind }] : []),
    ...[part, met].flatMap((id) => (id === undefined ? [] : [{ stream: main, id }])),
  ];
}
