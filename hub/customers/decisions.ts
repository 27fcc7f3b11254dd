import type { Session, Value } from '../../warehouse';
import { customerDecisionSql } from '../finance/liveModels';

export interface Decision {
  id: string;
  kind: 'merged' | 'split' | 'kept_apart';
  /** `<connection>:<source_id>` of each. */
  records: readonly string[];
  /** The customer that split records left. */
  from: string | null;
  by: string;
  /** UTC. */
  at: string;
  reason: string | null;
  undoneBy: string | null;
  undoneAt: string | null;
}

/** Every decision up to now, newest first, also those that no build has seen. */
export async function decisionsNow(session: Session): Promise<Decision[]> {
  const rows = await session.rows(
    `select decision_id, kind, records, from_customer_id, decided_by, reason, cast(decided_at as varchar) as decided_at, undone_by,
       cast(undone_at as varchar) as undone_at
     from (${customerDecisionSql()}) as decision order by sequence desc`,
  );
  return rows.map((row) => ({
    id: String(row.decision_id),
    kind: row.kind as Decision['kind'],
    records: JSON.parse(String(row.records ?? '[]')) as string[],
    from: textOf(row.from_customer_id),
    by: String(row.decided_by),
    at: String(row.decided_at),
    reason: textOf(row.reason),
    undoneBy: textOf(row.undone_by),
    undoneAt: textOf(row.undone_at),
  }));
}

const textOf = (value: Value | undefined): string | null =>
  value === null || value === undefined ? null : String(value);
