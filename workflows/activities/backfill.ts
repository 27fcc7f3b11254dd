import {
  chosenSlice,
  cursorRange,
  loadStream,
  NOTHING_YET,
  type Progress,
  slicesOf,
  type Warehouse,
} from '../../warehouse';
import { MillraceError, type Stream } from '../../connectors/kit';
import type { BackfillInput, BackfillProgress, BackfillStream, Problem, StreamResult } from '../messages';
import { problemOf } from '../problem';
import { driftOf } from './contracts';
import { withHeartbeats } from './heartbeats';
import type { Host } from './host';
import { chosenStreams, withSource, withStream } from './openStream';
import { beginStream, endStream, failStream } from './streamRuns';
import { toFailure } from './toFailure';

export interface SliceRequest {
  backfillId: string;
  connection: string;
  stream: string;
  /** From one. */
  number: number;
}

export type SliceCounts = Pick<BackfillStream, 'read' | 'loaded' | 'unchanged' | 'quarantined'>;

/** A backfill's plan and its slices in the warehouse: what is done there is not done again, whoever was killed. */
export function backfillActivities(host: Host) {
  const { warehouse, options } = host;
  const failureOf = (connection: string, error: unknown) =>
    toFailure(error, (text) => host.redact(connection, text));
  return {
    /** Writes the plan down, or finds it; each stream with what is done of it. A stream that cannot be read by days is refused. */
    async planBackfill(input: BackfillInput): Promise<BackfillStream[]> {
      try {
        mustBeRange(input);
        return await withSource(host, input.connection, undefined, async (source) => {
          await source.check();
          const streams = chosenStreams(host, source, input.connection, input.streams);
          await warehouse.transaction(async (session) => {
            await planRun(session, input);
            for (const stream of streams) await planStream(session, input, stream);
          });
          return standing(
            warehouse,
            input.backfillId,
            streams.map(({ name }) => name),
          );
        });
      } catch (error) {
        throw failureOf(input.connection, error);
      }
    },

    /** One slice of one stream, from its beginning: merging by key makes a second reading harmless. */
    async backfillSlice(request: SliceRequest): Promise<SliceCounts> {
      const { backfillId, connection, stream: name, number } = request;
      const run = { runId: backfillId, connection, stream: name };
      const key = [backfillId, name, number];
      const [slice] = await warehouse.rows(
        'select * from meta.backfill_slice where backfill_id = ? and stream = ? and slice_number = ?',
        key,
      );
      if (!slice) throw failureOf(connection, new Error(`there is no slice ${number} of ${name}`));
      if (slice.status === 'done') return countsOf(slice);
      let progress: Progress = NOTHING_YET;
      try {
        await beginStream(warehouse, run);
        await warehouse.run(
          `update meta.backfill_slice set status = 'running', started_at = utc_now(), error = null
           where backfill_id = ? and stream = ? and slice_number = ?`,
          key,
        );
        await withHeartbeats(
          () => progress,
          (signal) =>
            withStream(host, { connection, stream: name, signal }, async (source, stream) => {
              progress = await loadStream(warehouse, {
                connection,
                stream,
                syncId: backfillId,
                source,
                spoolFolder: options.spoolFolder,
                signal,
                range: cursorRange(stream, { from: String(slice.from_date), to: String(slice.to_date) }),
                drift: driftOf(host, connection, stream),
                ...(options.batchRows !== undefined && { batchRows: options.batchRows }),
                onProgress: (now) => void (progress = now),
              });
            }),
        );
        const { read, loaded, unchanged, quarantined } = progress;
        await warehouse.run(
          `update meta.backfill_slice set status = 'done', read_rows = ?, loaded_rows = ?, unchanged_rows = ?, quarantined_rows = ?,
             ended_at = utc_now() where backfill_id = ? and stream = ? and slice_number = ?`,
          [read, loaded, unchanged, quarantined, ...key],
        );
        return { read, loaded, unchanged, quarantined };
      } catch (error) {
        const failure = failureOf(connection, error);
        await failStream(warehouse, run, failure);
        await warehouse
          .run(
            `update meta.backfill_slice set status = 'failed', error = ?, ended_at = utc_now()
             where backfill_id = ? and stream = ? and slice_number = ?`,
            [JSON.stringify(problemOf(failure)), ...key],
          )
          .catch(() => undefined); // the warehouse itself may be what failed; the failure thrown next says so
        throw failure;
      }
    },

    /** All slices of a stream are done: its figures and the hash of its table. */
    async endBackfillStream(request: {
      backfillId: string;
      connection: string;
      stream: string;
    }): Promise<StreamResult> {
      return endStream(warehouse, { ...request, runId: request.backfillId });
    },

    async noteBackfill({
      backfillId,
      status,
      error,
    }: {
      backfillId: string;
      status: BackfillProgress['status'];
      error?: Problem;
    }): Promise<void> {
      const isOver = status !== 'running' && status !== 'paused';
      await warehouse.run(
        `update meta.backfill set status = ?, error = ?, ended_at = ${isOver ? 'utc_now()' : 'null'} where backfill_id = ?`,
        [status, error ? JSON.stringify(error) : null, backfillId],
      );
    },
  };
}

function mustBeRange({ from, to }: BackfillInput): void {
  const isDay = (text: string) => /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text));
  if (isDay(from) && isDay(to) && from <= to) return;
  throw new MillraceError('bad_request', {
    what: `No range of days: from ${from} to ${to}`,
    todo: 'Give two days, the earlier first: --from 2026-03-01 --to 2026-03-31',
  });
}

type Session = Pick<Warehouse, 'run' | 'rows'>;

async function planRun(session: Session, input: BackfillInput): Promise<void> {
  const { backfillId, connection, from, to, cause } = input;
  const slice = input.slice ?? chosenSlice(from, to);
  await session.run(
    `insert into meta.backfill values (?, ?, cast(? as date), cast(? as date), ?, ?, 'running', utc_now(), null, null)
     on conflict (backfill_id) do update set status = 'running', ended_at = null, error = null`,
    [backfillId, connection, from, to, slice, cause],
  );
  await session.run(
    "update meta.run set status = 'running', ended_at = null, error = null where run_id = ? and kind = 'backfill'",
    [backfillId],
  );
}

async function planStream(session: Session, input: BackfillInput, stream: Stream): Promise<void> {
  const { backfillId, from, to } = input;
  const whole = { from, to };
  let refusal: MillraceError | undefined;
  try {
    cursorRange(stream, whole);
  } catch (error) {
    if (!(error instanceof MillraceError)) throw error;
    refusal = error;
  }
  const problem = refusal && problemFrom(refusal);
  const slices = problem ? [whole] : slicesOf(from, to, input.slice ?? chosenSlice(from, to));
  for (const [index, slice] of slices.entries()) {
    await session.run(
      `insert into meta.backfill_slice values (?, ?, ?, cast(? as date), cast(? as date), ?, 0, 0, 0, 0, null, null, ?)
       on conflict (backfill_id, stream, slice_number) do nothing`,
      [
        backfillId,
        stream.name,
        index + 1,
        slice.from,
        slice.to,
        problem ? 'refused' : 'planned',
        problem ? JSON.stringify(problem) : null,
      ],
    );
  }
}

const problemFrom = ({ code, what, where, todo }: MillraceError): Problem => ({ code, what, where, todo });

/** Where each stream stands, from the committed slices. */
async function standing(session: Session, backfillId: string, streams: string[]): Promise<BackfillStream[]> {
  const rows = await session.rows(
    `select stream, count(*) as slices, count(*) filter (where status = 'done') as done,
       count(*) filter (where status = 'refused') as refused, sum(read_rows) as read_rows, sum(loaded_rows) as loaded_rows,
       sum(unchanged_rows) as unchanged_rows, sum(quarantined_rows) as quarantined_rows,
       min(cast(error as varchar)) filter (where status = 'refused') as error
     from meta.backfill_slice where backfill_id = ? group by stream`,
    [backfillId],
  );
  return streams.flatMap((stream) => {
    const row = rows.find((one) => one.stream === stream);
    if (!row) return [];
    const [slices, done] = [Number(row.slices), Number(row.done)];
    const status = Number(row.refused) > 0 ? 'refused' : done === slices ? 'done' : 'running';
    const error = row.error ? { error: JSON.parse(String(row.error)) as Problem } : {};
    return [{ stream, status, slices, done, ...countsOf(row), ...error }];
  });
}

const countsOf = (row: Record<string, unknown>): SliceCounts => ({
  read: Number(row.read_rows),
  loaded: Number(row.loaded_rows),
  unchanged: Number(row.unchanged_rows),
  quarantined: Number(row.quarantined_rows),
});
