import { literal, type Session } from '../warehouse';

/** A table is looked at anew when a batch is at least this share of what it held then. */
const GROWN = 0.2;

/**
 * Lets the planner look at a table that grew, before the next build reads it: the server's own look comes minutes later,
 * and a plan made for an empty table takes hours over a full one. While a table grows it is looked at a few times in all.
 */
export async function analyzeGrown(session: Session, table: string, rows: number): Promise<void> {
  if (rows === 0) return;
  const [known] = await session.rows(
    `select cast(reltuples as double precision) as n from pg_class where oid = to_regclass(${literal(table)})`,
  );
  if (Number(known?.n ?? -1) * GROWN <= rows) await session.run(`analyze ${table}`);
}
