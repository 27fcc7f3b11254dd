import { type Book, type Customer, HORIZON_DAYS, type Item } from './book';
import { weekdayOf } from './day';

/** Workdays between two payment runs that the model tells apart. */
const LONGEST_GAP = 60;
/** Lateness at a run, in workdays. */
const EARLIEST = -60;
const LATEST = 90;
const WIDTH = LATEST - EARLIEST + 1;
/** What the general pattern counts as beside a customer's own: runs, runs of a weekday, items offered to a run. */
const PRIOR_RUNS = 0.3;
const PRIOR_WEEKDAYS = 1.5;
const PRIOR_TRIALS = 0.5;
/** Only customers who collect: runs that are known, items in each, workdays between them. */
const LEAST_RUNS = 3;
const LEAST_ITEMS = 2.5;
const LEAST_GAP = 4;
/** Where a gap may end that has ended after so many workdays before: a run may also move by a week when it comes but monthly. */
const NEAR = [
  [-1, 0.12],
  [0, 0.76],
  [1, 0.12],
] as const;
const NEAR_OR_A_WEEK = [
  [-5, 0.08],
  [-1, 0.08],
  [0, 0.62],
  [1, 0.08],
  [5, 0.14],
] as const;
const MONTHLY_GAP = 15;
/** Reach of one run's evidence on its neighbours, in workdays of lateness. */
const SMOOTH = 2;

/**
 * Payments in runs: a customer pays on few days, and on each of them whatever is ripe. A hazard of the next run by workdays since the last
 * and by weekday, and the probability that a run takes an item, by its lateness on that day.
 */
export class RunModel {
  private readonly book: Book;
  private readonly weekdays: Float64Array;
  private readonly halfLife: number;

  constructor(book: Book, { halfLife }: { halfLife: number }) {
    this.book = book;
    this.halfLife = halfLife;
    this.weekdays = new Float64Array(7).fill(1);
    for (const { items } of book.customers)
      for (const day of new Set(items.map(({ paid }) => paid)))
        if (day !== null) this.weekdays[weekdayOf(day)] = (this.weekdays[weekdayOf(day)] ?? 0) + 1;
  }

  /** null for customers of whom too few runs are known. */
  of(customer: Customer): ((item: Item, out: Float64Array) => void) | null {
    const { workdays, origin } = this.book;
    const paidDays = [...new Set(customer.items.map(({ paid }) => paid))].filter((day) => day !== null);
    const runs = [...new Set(paidDays.map((day) => workdays.indexOf(day)))].sort((one, other) => one - other);
    const [first] = runs;
    const last = runs.at(-1);
    if (first === undefined || last === undefined || runs.length < LEAST_RUNS) return null;
    const paid = customer.items.reduce((count, item) => (item.paid === null ? count : count + 1), 0);
    if (paid / runs.length < LEAST_ITEMS || (last - first) / (runs.length - 1) < LEAST_GAP) return null;
    const now = workdays.countTo(origin);
    const runHazard = this.runHazard(runs, now, paidDays);
    const taken = this.taken(customer, runs);
    const byDue = new Map<number, Float64Array>();
    return (item, out) => {
      const known = byDue.get(item.dueIndex);
      if (known) return out.set(known);
      this.spread(item, Math.max(now - last, 0), runHazard, taken, out);
      byDue.set(item.dueIndex, out.slice());
    };
  }

  /** Probability of a run on a day, by workdays since the last and by weekday. */
  private runHazard(runs: readonly number[], now: number, paidDays: readonly number[]) {
    const seen = new Float64Array(LONGEST_GAP + 2);
    const ended = new Float64Array(LONGEST_GAP + 2);
    const weightAt = (index: number) => 0.5 ** (((now - index) * 1.4) / this.halfLife);
    const gap = (from: number, to: number, weight: number, isRun: boolean) => {
      const length = Math.min(to - from, LONGEST_GAP);
      for (let at = 1; at <= length; at += 1) seen[at] = (seen[at] ?? 0) + weight;
      if (isRun)
        for (const [offset, share] of length < MONTHLY_GAP ? NEAR : NEAR_OR_A_WEEK) {
          const at = Math.min(Math.max(length + offset, 1), LONGEST_GAP);
          ended[at] = (ended[at] ?? 0) + weight * share;
        }
    };
    let gaps = 0;
    let events = 0;
    runs.forEach((run, at) => {
      const next = runs[at + 1];
      const weight = weightAt(next ?? now);
      gap(run, next ?? now, weight, next !== undefined);
      gaps += weight * ((next ?? now) - run);
      if (next !== undefined) events += weight;
    });
    const base = Math.min((events + 0.5) / (gaps + 1), 0.98);
    const hazards = Float64Array.from(seen, (count, at) =>
      Math.min(((ended[at] ?? 0) + PRIOR_RUNS * base) / (count + PRIOR_RUNS), 0.98),
    );
    const own = new Float64Array(7);
    for (const day of paidDays) own[weekdayOf(day)] = (own[weekdayOf(day)] ?? 0) + 1;
    const sum = this.weekdays.reduce((total, count) => total + count, 0);
    const open = [0, 1, 2, 3, 4, 5, 6].filter((weekday) => (this.weekdays[weekday] ?? 0) > sum / 200).length;
    const factors = Array.from(
      own,
      (count, weekday) =>
        ((count + (PRIOR_WEEKDAYS * (this.weekdays[weekday] ?? 0)) / sum) /
          (paidDays.length + PRIOR_WEEKDAYS)) *
        Math.max(open, 1),
    );
    return (since: number, day: number) =>
      1 - (1 - (hazards[Math.min(since, LONGEST_GAP)] ?? 0)) ** (factors[weekdayOf(day)] ?? 1);
  }

  /** Probability that a run takes an open item, by lateness: taken and offered, each smoothed over its neighbours. */
  private taken(customer: Customer, runs: readonly number[]): Float64Array {
    const { workdays, origin } = this.book;
    const now = workdays.countTo(origin);
    const offered = new Float64Array(WIDTH);
    const paid = new Float64Array(WIDTH);
    for (const item of customer.items) {
      const issued = item.dueIndex + item.entry;
      const end = item.paid === null ? now : item.dueIndex + item.lateness;
      const weight = 0.5 ** (Math.max(0, origin - item.due) / this.halfLife);
      for (const run of runs) {
        if (run < issued || run > end) continue;
        const at = cell(run - item.dueIndex);
        offered[at] = (offered[at] ?? 0) + weight;
        if (run === end && item.paid !== null) paid[at] = (paid[at] ?? 0) + weight;
      }
    }
    const sumOffered = offered.reduce((sum, count) => sum + count, 0);
    const base = paid.reduce((sum, count) => sum + count, 0) / Math.max(sumOffered, 1);
    const offeredNear = smooth(offered);
    const paidNear = smooth(paid);
    return offeredNear.map(
      (count, at) => ((paidNear[at] ?? 0) + PRIOR_TRIALS * base) / (count + PRIOR_TRIALS),
    );
  }

  /** Every way the runs may fall, by the workdays since the last one. */
  private spread(
    item: Item,
    sinceLast: number,
    runHazard: (since: number, day: number) => number,
    taken: Float64Array,
    out: Float64Array,
  ): void {
    const { workdays, origin } = this.book;
    let open = new Float64Array(LONGEST_GAP + 1); // probability of being open, by workdays since the last run
    open[Math.min(sinceLast, LONGEST_GAP)] = 1;
    for (let ahead = 1; ahead <= HORIZON_DAYS; ahead += 1) {
      const day = origin + ahead;
      out[ahead - 1] = 0;
      if (!workdays.isWorkday(day)) continue;
      const share = taken[cell(workdays.countTo(day) - item.dueIndex)] ?? 0;
      const next = new Float64Array(LONGEST_GAP + 1);
      let runs = 0;
      for (let since = 0; since <= LONGEST_GAP; since += 1) {
        const probability = open[since] ?? 0;
        if (probability < 1e-12) continue;
        const run = probability * runHazard(since + 1, day);
        runs += run;
        const later = Math.min(since + 1, LONGEST_GAP);
        next[later] = (next[later] ?? 0) + probability - run;
      }
      next[0] = runs * (1 - share);
      out[ahead - 1] = runs * share;
      open = next;
    }
    out[HORIZON_DAYS] = open.reduce((sum, probability) => sum + probability, 0);
  }
}

const cell = (lateness: number) => Math.min(Math.max(lateness, EARLIEST), LATEST) - EARLIEST;

/** Each count spread over its neighbours with a triangle. */
function smooth(counts: Float64Array): Float64Array {
  const result = new Float64Array(counts.length);
  counts.forEach((count, at) => {
    if (count === 0) return;
    for (let offset = -SMOOTH; offset <= SMOOTH; offset += 1) {
      const to = at + offset;
      if (to >= 0 && to < result.length)
        result[to] = (result[to] ?? 0) + count * (1 - Math.abs(offset) / (SMOOTH + 1));
    }
  });
  return result;
}
