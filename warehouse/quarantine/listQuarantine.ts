import type { Row, Session } from '../warehouse';
import { conditionOf, type QuarantineFilter, type QuarantineTotal, STATE, totalOf } from './waiting';

export interface QuarantineList extends QuarantineTotal {
  /** By connection, stream and single reason. */
  groups: Row[];
}

/**
 * What waits in quarantine. A record with two reasons stands in two groups, with its money in both: each group says what a
 * fix of its reason would touch. The total counts every record once.
 */
export async function listQuarantine(
  session: Session,
  filter: QuarantineFilter = {},
): Promise<QuarantineList> {
  const { reason, ...place } = filter;
  const { sql, values } = conditionOf(place);
  const only = reason === undefined ? '' : 'where single.reason = ?';
  const groups = await session.rows(
    `select connection, stream, reason, ${filter.all ? 'state, ' : ''}count(*) as records, sum(amount_cny) as amount_cny,
       min(first_seen_at) as first_seen_at, max(last_seen_at) as last_seen_at,
       string_agg(distinct contract_version, ', ' order by contract_version) as contract_versions
       ${filter.all ? ", string_agg(distinct resolved_by, ', ' order by resolved_by) as resolved_by, string_agg(distinct note, '; ' order by note) as note" : ''}
     from (
       select record.*, ${STATE} as state, unnest(string_to_array(record.reasons, '; ')) as reason
       from quarantine.record where ${sql}
     ) as single ${only}
     group by connection, stream, reason${filter.all ? ', state' : ''}
     order by count(*) desc, connection, stream, reason${filter.all ? ', state' : ''}`,
    reason === undefined ? values : [...values, reason],
  );
  return { groups, ...(await totalOf(session, filter)) };
}

export interface ShowRequest {
  connection: string;
  stream: string;
  reason?: string;
  all?: boolean;
  limit: number;
}

/** Single records with the raw line, every reason and when they were seen; the newest first. Raw lines may hold personal data. */
export async function showQuarantine(session: Session, { limit, ...filter }: ShowRequest): Promise<Row[]> {
  const { sql, values } = conditionOf(filter);
  return session.rows(
    `select record.record_hash, record.source_id, record.reasons, record.amount_cny, record.first_seen_at, record.last_seen_at,
       record.sync_id, record.contract_version, ${STATE} as state, record.resolved_at, record.resolved_by, record.note, record.raw
     from quarantine.record where ${sql}
     order by record.last_seen_at desc, record.record_hash limit ${Math.max(1, Math.trunc(limit))}`,
    values,
  );
}
