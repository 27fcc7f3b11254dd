import { readdirSync } from 'node:fs';
import { type Session, tableHash } from '../../warehouse';

/** What must hold after any number of kills; each line is one thing that does not. */
export async function broken(warehouse: Session): Promise<string[]> {
  const faults: string[] = [];
  for (const [what, sql] of Object.entries(MUST_BE_EMPTY)) {
    for (const row of await warehouse.rows(sql)) faults.push(`${what}: ${JSON.stringify(row)}`);
  }
  for (const row of await warehouse.rows(LAST_HASHES)) {
    const { hash, rows } = await tableHash(warehouse, String(row.connection), String(row.stream));
    if (hash !== row.table_hash || rows !== Number(row.table_rows))
      faults.push(`the run page says ${JSON.stringify(row)}, the table has ${rows} rows, hash ${hash}`);
  }
  return faults;
}

const MUST_BE_EMPTY = {
  'a run is still running': "select run_id, kind from meta.run where status = 'running' or ended_at is null",
  'a stream of a run is still running':
    "select run_id, stream from meta.run_stream where status = 'running' or ended_at is null",
  'counts do not add up':
    'select * from meta.run_stream where read_rows <> loaded_rows + unchanged_rows + quarantined_rows',
  // A full refresh counts its batches in its run and numbers them beside the stream's; a backfill too, and a replay numbers none.
  'a batch was counted twice or not at all': `select state.stream, state.batch, sum(run.batches) as counted
     from meta.stream_state as state join meta.run_stream as run on run.connection = state.connection and run.stream = state.stream
     join meta.run as whole on whole.run_id = run.run_id and whole.kind not in ('replay', 'backfill')
     left join meta.refresh as refresh on refresh.connection = state.connection and refresh.stream = state.stream
     group by state.stream, state.batch, refresh.run_id
     having sum(run.batches) < state.batch or (refresh.run_id is null and sum(run.batches) > state.batch)`,
  'a generation is published twice':
    'select generation from meta.generation group by generation having count(*) > 1',
} as const;

/** The last run of each stream that ended well, and nothing loaded the stream after it. */
const LAST_HASHES = `select connection, stream, table_rows, table_hash from meta.run_stream as run
  where status = 'done' and table_hash is not null and not exists (
    select 1 from meta.run_stream as later
    where later.connection = run.connection and later.stream = run.stream and later.started_at > run.started_at)`;

/** How often each stream changed in all: every change of a record is loaded once, however often it was read. */
export const CHANGES = `select connection, stream, cast(sum(loaded_rows) as bigint) as loaded, cast(sum(deleted_rows) as bigint) as deleted
  from meta.run_stream group by connection, stream order by connection, stream`;

/** Files that a killed process may leave; a finished one leaves none. */
export function leftFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.(ndjson|wal|tmp|partial|new)$|(^|\/)(spool[^/]*|[^/]*\.tmp)\//.test(name),
  );
}
