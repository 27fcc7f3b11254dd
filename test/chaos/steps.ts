import type { Work } from './kills';

/** One piece of work: a workflow, with what the vendor holds meanwhile. */
export interface Step {
  round: number;
  workflow: 'syncConnection' | 'buildModels' | 'freezeMonth' | 'replayQuarantine' | 'backfill';
  input: object;
  /** Where it can be killed. */
  works: readonly Work[];
  /** Run with the contract that knows held orders. */
  isWide?: boolean;
}

const sync = (round: number, more: object = {}, works: readonly Work[] = []): Step => ({
  round,
  workflow: 'syncConnection',
  input: { connection: 'chaos', cause: 'manual', build: false, ...more },
  works: ['sync', ...works],
});
const build = (round: number, isAll = false): Step => ({
  round,
  workflow: 'buildModels',
  input: { cause: 'manual', ...(isAll && { isAll }) },
  works: ['build'],
});

const replay = (round: number): Step => ({
  round,
  workflow: 'replayQuarantine',
  input: { connection: 'chaos', cause: 'manual', build: false },
  works: ['replay'],
  isWide: true,
});
const freeze = (round: number): Step => ({
  round,
  workflow: 'freezeMonth',
  input: { cause: 'manual' },
  works: ['freeze', 'build'],
});
const backfill = (round: number): Step => ({
  round,
  workflow: 'backfill',
  input: {
    backfillId: `chaos-${round}`,
    connection: 'chaos',
    cause: 'manual',
    from: '2026-01-01',
    to: '2026-01-03',
    build: false,
  },
  works: ['backfill'],
});

/** A life in rounds, without an end: what an installation does in some weeks. Both sides live the same. */
export function* life(): Generator<Step> {
  for (let round = 0; ; round += 4) {
    yield sync(round);
    yield build(round);
    yield sync(round + 1, { reconcile: true, confirmDeletes: true }, ['reconcile']);
    yield sync(round + 2, { reconcile: true, confirmDeletes: true, build: true }, ['reconcile', 'build']);
    yield replay(round + 2);
    yield build(round + 2);
    yield sync(round + 3, { isFull: true }, ['refresh']);
    yield build(round + 3, true);
    yield freeze(round + 3);
    yield backfill(round + 3);
  }
}
