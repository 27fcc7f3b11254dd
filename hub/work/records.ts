import { MillraceError } from '../../connectors/kit';
import type { Row, Session } from '../../warehouse';
import type { RunDetail } from './work';

const RUN = `select run_id, kind, connection, cause, status, started_at, ended_at,
    cast(round(cast(extract(epoch from coalesce(ended_at, timezone('UTC', now())) - started_at) as decimal(18, 3)), 1) as double precision) as seconds, error
  from meta.run`;

const STREAMS = `select connection, stream, status, read_rows, loaded_rows, unchanged_rows, quarantined_rows, deleted_rows,
    bytes, batches, started_at, ended_at, cast(round(cast(extract(epoch from coalesce(ended_at, timezone('UTC', now())) - started_at) as decimal(18, 3)), 1) as double precision) as seconds,
    table_rows, table_hash, error
  from meta.run_stream`;

const MODELS = `select model_run.model, model_run.row_count as rows, round(cast(model_run.seconds as decimal(18, 6)), 3) as seconds,
    model_run.method, model_run.changed_keys, model_run.reason
  from meta.generation join meta.model_run on model_run.generation = generation.generation
  where generation.run_id = ? order by model_run.seconds desc, model_run.model`;

const TESTS = `select test, kind, returned_rows, round(cast(seconds as decimal(18, 6)), 3) as seconds, sample
  from meta.model_test_run where run_id = ? order by returned_rows desc, test`;

/** The last 100 runs, newest first, each with its rows in all. */
export function listRuns(session: Session): Promise<Row[]> {
  return session.rows(`select runs.*, coalesce(sums.read_rows, 0) as read_rows, coalesce(sums.loaded_rows, 0) as loaded_rows,
      coalesce(sums.quarantined_rows, 0) as quarantined_rows
    from (${RUN}) as runs left join (
      select run_id, sum(read_rows)::bigint as read_rows, sum(loaded_rows)::bigint as loaded_rows, sum(quarantined_rows)::bigint as quarantined_rows
      from meta.run_stream group by run_id
    ) as sums on sums.run_id = runs.run_id
    order by started_at desc limit 100`);
}

/** One run with its streams: counts that add up, seconds, the cost of paid calls, the hash over the rows of each table (A10, H2). */
export async function showRun(session: Session, id: string): Promise<RunDetail> {
  const [run] = await session.rows(`${RUN} where starts_with(run_id, ?) order by started_at desc limit 1`, [
    id,
  ]);
  if (!run)
    throw new MillraceError('not_found', {
      what: `There is no run ${id}`,
      todo: 'List them with: npx millrace runs',
    });
  const [paid] = await session.rows(
    `select cast(coalesce(sum(price_cny), 0) as decimal(18, 4)) as cost_cny, count(*) as paid_calls from meta.bureau_call
     where connection = ? and called_at >= cast(? as timestamp) and called_at <= coalesce(cast(? as timestamp), called_at)`,
    [run.connection ?? null, run.started_at ?? null, run.ended_at ?? null],
  );
  return {
    run: { ...run, ...paid },
    streams: await session.rows(`${STREAMS} where run_id = ? order by stream`, [String(run.run_id)]),
    models: await session.rows(MODELS, [String(run.run_id)]),
    tests: await session.rows(TESTS, [String(run.run_id)]),
  };
}
