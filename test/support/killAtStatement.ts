import { DuckDbSession } from '../../warehouse/duckdb/session';
import { PgSession } from '../../warehouse/postgres/session';
import type { Session } from '../../warehouse/warehouse';

/** Ends the work at the n-th statement of the engine, as a kill does; what follows (a rollback) is let through. */
export function killAtStatement(n: number): () => void {
  let left = n;
  const kill = () => (left-- === 0 ? new Error('killed') : undefined);
  const undo = [DuckDbSession.prototype, PgSession.prototype].map((prototype: Session) => {
    const { run, rows } = prototype;
    prototype.run = async function (sql, values) {
      const error = kill();
      if (error) throw error;
      return run.call(this, sql, values);
    };
    prototype.rows = async function (sql, values) {
      const error = kill();
      if (error) throw error;
      return rows.call(this, sql, values);
    };
    return () => Object.assign(prototype, { run, rows });
  });
  return () => {
    for (const one of undo) one();
  };
}
