import type { Place } from './killSwitch';
import type { Random } from './random';

/** One kill: whom, where (a place in the SQL, after a page, after a time), and a name for the summary. */
export type Kill = {
  victim: string;
  /** Which worker, where there are several. */
  worker: number;
  label: string;
} & ({ kind: 'place'; place: Place } | { kind: 'page'; page: number } | { kind: 'time'; ms: number });

export type Work = 'sync' | 'reconcile' | 'build' | 'freeze' | 'replay' | 'refresh' | 'backfill';

type Somewhere = { label: string; sql: string; moment: Place['moment']; upTo: number };

const at = (label: string, sql: string, moment: Place['moment'], upTo = 1): Somewhere => ({
  label,
  sql,
  moment,
  upTo,
});

const LOADING = [
  at('batch not checked yet', 'temp table stage', 'before', 6),
  at('batch number claimed', '^\\s*insert into meta\\.stream_state', 'after', 6),
  at('bad rows kept', '^\\s*insert into quarantine\\.record', 'after', 2),
  at('old versions gone', '^\\s*delete from raw\\.', 'after', 3),
  at('rows merged', '^\\s*insert into raw\\.', 'after', 4),
  at('batch counted, not committed', '^\\s*update meta\\.run_stream set read_rows', 'after', 6),
  at('batch committed', '^\\s*update meta\\.run_stream set read_rows', 'committed', 6),
  at('run begun', '^\\s*insert into meta\\.run', 'after', 3),
  at('run about to end', '^\\s*update meta\\.run', 'before', 4),
];

const PLACES: Record<Work, readonly Somewhere[]> = {
  sync: LOADING,
  refresh: LOADING,
  backfill: LOADING,
  reconcile: [
    at('keys read', 'vendor_key', 'after', 2),
    at('deletes marked, not committed', '^\\s*update raw\\..*_deleted_at', 'after', 2),
    at('deletes committed', '^\\s*update raw\\..*_deleted_at', 'committed', 2),
  ],
  build: [
    at('some models built', '^\\s*create table ', 'after', 40),
    at('generation published, not committed', 'insert into meta\\.generation', 'after'),
    at('generation committed', 'insert into meta\\.generation', 'committed'),
  ],
  freeze: [
    at('month copied, not committed', '^\\s*insert into ops\\.frozen_month', 'after', 2),
    at('months committed', '^\\s*insert into ops\\.frozen_month', 'committed'),
  ],
  replay: [
    at('records taken out of quarantine', 'update quarantine\\.record', 'after'),
    at('replay committed', 'update quarantine\\.record', 'committed'),
    at('replayed rows merged', '^\\s*insert into raw\\.', 'after'),
  ],
};

/** A kill somewhere in a piece of work: of a worker mostly by place, of a server after a page or a time. */
export function killIn(
  random: Random,
  works: readonly Work[],
  victims: readonly string[] = ['worker'],
): Kill {
  const victim = random.pick(victims);
  const work = random.pick(works);
  const worker = random.between(0, 7);
  const dice = random.between(1, 10);
  if (victim === 'worker' && dice <= 7) {
    const { label, sql, moment, upTo } = random.pick(PLACES[work]);
    const place = { sql, moment, nth: random.between(1, upTo) };
    return { victim, worker, kind: 'place', label: `${work}, ${label}`, place };
  }
  const isReading = work !== 'build' && work !== 'freeze' && work !== 'replay';
  if (isReading && dice % 2 === 0)
    return { victim, worker, kind: 'page', label: `${work}, after a page`, page: random.between(1, 20) };
  return { victim, worker, kind: 'time', label: `${work}, at a time`, ms: random.between(20, 900) };
}
