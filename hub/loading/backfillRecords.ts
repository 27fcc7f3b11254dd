import { MillraceError } from '../../connectors/kit';
import type { Row, Session } from '../../warehouse';
import type { BackfillDetail } from './loadingWork';

/** Backfills, newest first, each with its slices and rows in all. */
export function listBackfills(session: Session): Promise<Row[]> {
  return session.rows(
    `select backfill.backfill_id, backfill.connection, backfill.from_date, backfill.to_date, backfill.slice, backfill.status,
       sums.slices, sums.done, sums.read_rows, sums.loaded_rows, backfill.created_at, backfill.ended_at
     from meta.backfill as backfill join (
       select backfill_id, count(*) as slices, count(*) filter (where status = 'done') as done,
         cast(sum(read_rows) as bigint) as read_rows, cast(sum(loaded_rows) as bigint) as loaded_rows
       from meta.backfill_slice group by backfill_id
     ) as sums on sums.backfill_id = backfill.backfill_id
     order by created_at desc limit 100`,
  );
}

/** One backfill, by its id or the beginning of it: its streams with their figures, and every slice. */
export async function showBackfill(session: Session, id: string): Promise<BackfillDetail> {
  const [backfill] = await session.rows(
    'select * from meta.backfill where starts_with(backfill_id, ?) order by created_at desc limit 1',
    [id],
  );
  if (!backfill) return unplanned(session, id);
  const key = [String(backfill.backfill_id)];
  return {
    backfill,
    streams: await session.rows(
      `select stream, count(*) as slices, count(*) filter (where status = 'done') as done,
         count(*) filter (where status in ('failed', 'refused')) as failed, cast(sum(read_rows) as bigint) as read_rows,
         cast(sum(loaded_rows) as bigint) as loaded_rows, cast(sum(unchanged_rows) as bigint) as unchanged_rows,
         cast(sum(quarantined_rows) as bigint) as quarantined_rows, max(cast(error as varchar)) as error
       from meta.backfill_slice where backfill_id = ? group by stream order by stream`,
      key,
    ),
    slices: await session.rows(
      `select stream, slice_number, from_date, to_date, status, read_rows, loaded_rows, unchanged_rows, quarantined_rows,
         started_at, ended_at from meta.backfill_slice where backfill_id = ? order by stream, slice_number`,
      key,
    ),
  };
}

/** One that has no plan yet: its run says why there will be none. */
async function unplanned(session: Session, id: string): Promise<BackfillDetail> {
  const [run] = await session.rows(
    "select run_id as backfill_id, connection, status, cast(error as varchar) as error from meta.run where kind = 'backfill' and starts_with(run_id, ?)",
    [id],
  );
  if (!run)
    throw new MillraceError('not_found', {
      what: `There is no backfill ${id}`,
      todo: 'List them with: millrace backfill list',
    });
  if (run.error) {
    const { code, ...parts } = JSON.parse(String(run.error)) as {
      code: string;
      what: string;
      where: string;
      todo: string;
    };
    throw new MillraceError(MillraceError.isCode(code) ? code : 'internal', parts);
  }
  return { backfill: run, streams: [], slices: [] };
}

/** What a comparison of keys found, by stream, with the examples that were kept. */
export async function previewsOf(session: Session, runId: string): Promise<Row[]> {
  return session.rows(
    `select stream, status, listed_keys, known_rows, gone_rows, deleted_rows, revived_rows, amount_cny,
       cast(examples as varchar) as examples from meta.delete_preview where run_id = ? order by stream`,
    [runId],
  );
}
