import { MillraceError } from '../connectors/kit';
import {
  DELETE_BRAKE,
  type Dialect,
  type ReconcileRequest,
  type ReconcileResult,
  rawTable,
  type Session,
} from './warehouse';

/** Marks rows that the vendor no longer has. Stops before the first mark when too many would go (A8). */
export async function reconcile(
  session: Session,
  dialect: Dialect,
  request: ReconcileRequest,
): Promise<ReconcileResult> {
  const { connection, stream, keysFile, isConfirmed } = request;
  const table = rawTable(connection, stream.name);
  await dialect.createKeyTable(session, stream, keysFile);
  const missing = `_deleted_at is null and _source_id not in (select _source_id from vendor_key)`;
  const [count] = await session.rows(
    `select count(*) filter (where _deleted_at is null) as known, count(*) filter (where ${missing}) as gone from ${table}`,
  );
  const known = Number(count?.known);
  const gone = Number(count?.gone);
  if (!isConfirmed && (gone > DELETE_BRAKE.rows || gone > known * DELETE_BRAKE.share) && gone > 0) {
    throw new MillraceError('too_many_deletes', {
      what: `${gone} of ${known} rows are gone at the vendor; more than ${DELETE_BRAKE.share * 100} % or ${DELETE_BRAKE.rows} rows are not marked by themselves`,
      where: `connection ${connection}, stream ${stream.name}`,
      todo: `Look at them, then run: millrace sync ${connection} --stream ${stream.name} --reconcile --confirm-deletes`,
    });
  }
  if (gone > 0)
    await session.run(`update ${table} set _deleted_at = timezone('UTC', now()) where ${missing}`);
  await session.run('drop table vendor_key');
  return { known, deleted: gone };
}
