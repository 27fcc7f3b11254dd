import type { Row, Session, Value } from '../warehouse';

/** Which quarantined records: all, those of a connection, of one of its streams, with one of their reasons. */
export interface QuarantineFilter {
  connection?: string;
  stream?: string;
  /** One single reason, as `millrace quarantine list` shows it. */
  reason?: string;
  /** Also what was replayed, superseded or discarded. */
  all?: boolean;
}

interface Condition {
  sql: string;
  values: Value[];
}

/** WHERE over quarantine.record. A record with several reasons is found by each of them. */
export function conditionOf({ connection, stream, reason, all = false }: QuarantineFilter): Condition {
  const parts = [all ? 'true' : 'record.resolved_at is null'];
  const values: Value[] = [];
  const add = (sql: string, value: string | undefined) => {
    if (value === undefined) return;
    parts.push(sql);
    values.push(value);
  };
  add('record.connection = ?', connection);
  add('record.stream = ?', stream);
  add("strpos('; ' || record.reasons || '; ', '; ' || cast(? as varchar) || '; ') > 0", reason);
  return { sql: parts.join(' and '), values };
}

/** What became of a record. */
export const STATE = "coalesce(record.resolution, 'waiting')";

export interface QuarantineTotal {
  records: number;
  /** Money in them, as decimal text; null where no contract names an amount. */
  amountCny: string | null;
}

/** Each record counted once, whatever the number of its reasons. */
export async function totalOf(session: Session, filter: QuarantineFilter): Promise<QuarantineTotal> {
  const { sql, values } = conditionOf(filter);
  const [row] = await session.rows(
    `select count(*) as records, sum(record.amount_cny) as amount_cny from quarantine.record where ${sql}`,
    values,
  );
  return { records: Number(row?.records ?? 0), amountCny: textOf(row?.amount_cny) };
}

/** The streams in which such records wait. */
export async function waitingStreams(
  session: Session,
  filter: QuarantineFilter,
): Promise<{ connection: string; stream: string }[]> {
  const { sql, values } = conditionOf(filter);
  const rows = await session.rows(
    `select distinct record.connection, record.stream from quarantine.record where ${sql} order by 1, 2`,
    values,
  );
  return rows.map((row: Row) => ({ connection: String(row.connection), stream: String(row.stream) }));
}

const textOf = (value: Value | undefined) => (value === null || value === undefined ? null : String(value));
