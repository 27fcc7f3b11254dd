import type { Session } from './warehouse';

/**
 * Makes whoever else writes to this stream's table wait until the caller's transaction ends. An ordinary batch holds the
 * same row by counting up in it; a refresh, a backfill or a reconciliation counts elsewhere or not at all. (DuckDB's
 * writers take turns anyway; two Postgres transactions would both insert a key that is new to both.)
 */
export async function lockStream(session: Session, connection: string, stream: string): Promise<void> {
  await session.run(
    `insert into meta.stream_state values (?, ?, null, 0, utc_now())
     on conflict (connection, stream) do update set updated_at = meta.stream_state.updated_at`,
    [connection, stream],
  );
}
