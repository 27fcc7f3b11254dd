import { MillraceError } from '../../connectors/kit';
import type { Row, Session } from '../warehouse';

/**
 * Fields that vendors send and no contract names, with when they were seen and what people made of them: proposed, accepted
 * (with its kind) or rejected. Decided ones only when asked for.
 */
export function listProposals(
  session: Session,
  { connection, all = false }: { connection?: string; all?: boolean } = {},
): Promise<Row[]> {
  const conditions = ['true'];
  if (connection !== undefined) conditions.push('seen.connection = ?');
  if (!all) conditions.push("decided.state = 'proposed'");
  return session.rows(
    `select seen.connection, seen.stream, seen.field, decided.state, decided.kind, seen.first_seen_at, seen.last_seen_at,
       decided.decided_at, decided.decided_by
     from meta.unknown_field as seen join (
       select unknown.connection, unknown.stream, unknown.field,
         case when accepted.field is not null then 'accepted' when rejected.field is not null then 'rejected' else 'proposed' end as state,
         json_text(accepted.kind, 'kind') as kind,
         coalesce(accepted.accepted_at, rejected.rejected_at) as decided_at,
         coalesce(accepted.accepted_by, rejected.rejected_by) as decided_by
       from meta.unknown_field as unknown
         left join meta.accepted_column as accepted
           on accepted.connection = unknown.connection and accepted.stream = unknown.stream and accepted.field = unknown.field
         left join meta.rejected_column as rejected
           on rejected.connection = unknown.connection and rejected.stream = unknown.stream and rejected.field = unknown.field
     ) as decided on decided.connection = seen.connection and decided.stream = seen.stream and decided.field = seen.field
     where ${conditions.join(' and ')}
     order by seen.connection, seen.stream, seen.field`,
    connection === undefined ? [] : [connection],
  );
}

/** Hides a proposal; the values stay in _extra and can still be accepted. Error: `bad_request` for one that is a column. */
export async function rejectColumn(
  session: Session,
  { connection, stream, field, by }: { connection: string; stream: string; field: string; by: string },
): Promise<void> {
  const [accepted] = await session.rows(
    'select column_name from meta.accepted_column where connection = ? and stream = ? and field = ?',
    [connection, stream, field],
  );
  if (accepted) {
    throw new MillraceError('bad_request', {
      what: `${field} is column ${String(accepted.column_name)} already`,
      where: `connection ${connection}, stream ${stream}`,
      todo: 'Nothing: a column that was accepted stays',
    });
  }
  await session.run(
    `insert into meta.rejected_column (connection, stream, field, rejected_at, rejected_by)
     values (?, ?, ?, utc_now(), ?) on conflict do nothing`,
    [connection, stream, field, by],
  );
}
