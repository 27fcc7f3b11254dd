import type { Session } from '../warehouse';

/** Says, in the transaction that wrote rows of it, that a table changed which models read and no stream loads; the next build builds them. */
export async function noteWritten(session: Session, table: string): Promise<void> {
  await session.run(
    `insert into meta.written_table values (?, 1)
     on conflict (table_name) do update set writes = written_table.writes + 1`,
    [table],
  );
}
