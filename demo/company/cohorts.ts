import { workdaysOfMonth } from './calendar';
import { addMonths, type Day, monthEnd, monthStart } from './days';
import type { Random } from './random';

/** One opportunity that first reaches 技术评审 on this day, and what becomes of it within 90 days. */
export interface Reaching {
  day: Day;
  outcome: 'advanced' | 'lost' | 'back' | 'still';
}

/** 18 % of what reaches 技术评审 goes on to 商务谈判 within 90 days: the reference case's figure. */
export const CONVERSION = 0.18;
export const BENCHMARK = {
  rate: '0.350000',
  source: '搭贝《中型制造企业销售管理》参考案例',
  date: '2026-03-02',
} as const;
export const COHORT_DAYS = 90;
const PER_MONTH = 100;
/** Parts of a month's 100 whose 18 % is a whole number within 0.06 of one, with their complements. */
const PARTS = [0, 11, 22, 28, 33, 39, 50, 61, 67, 72, 78, 89, 100];

/**
 * Months differ, but every way to say "the mature cohorts of the last 12 months" gives 18.0 %: the months that all of them
 * contain add up to it, and so do both parts of a month that one of them cuts (90 days ago, a year ago).
 */
export function reachings(random: Random, firstDay: Day, lastDay: Day): Reaching[] {
  const cuts = [lastDay - COHORT_DAYS, addMonths(lastDay, -12)];
  const firstMonth = monthStart(firstDay, 2);
  const plans: { from: Day; to: Day; entered: number; advanced: number; isFree: boolean }[] = [];
  for (let start = firstMonth; start <= lastDay; start = monthStart(start, 1)) {
    const end = monthEnd(start);
    const cut = cuts.find((day) => day >= start && day <= end);
    if (cut === undefined) {
      plans.push({ from: start, to: end, entered: random.int(84, 116), advanced: 0, isFree: true });
    } else {
      const share = (100 * (cut - start)) / (end - start);
      const part = PARTS.reduce((best, each) =>
        Math.abs(each - share) < Math.abs(best - share) ? each : best,
      );
      plans.push({
        from: start,
        to: cut - 2,
        entered: part,
        advanced: Math.round(part * CONVERSION),
        isFree: false,
      });
      plans.push({
        from: cut + 3,
        to: end,
        entered: PER_MONTH - part,
        advanced: Math.round((PER_MONTH - part) * CONVERSION),
        isFree: false,
      });
    }
  }
  const yearAgo = monthStart(lastDay, -12);
  const threeBefore = monthStart(lastDay, -15);
  const free = plans.filter(({ isFree }) => isFree);
  balance(
    random,
    free.filter(({ from }) => from < threeBefore),
  );
  for (const plan of free.filter(({ from }) => from >= threeBefore && from < yearAgo))
    balance(random, [plan]);
  balance(
    random,
    free.filter(({ from, to }) => from > yearAgo && to < lastDay - COHORT_DAYS),
  );
  balance(
    random,
    free.filter(({ to }) => to > lastDay - COHORT_DAYS),
  );
  return plans.flatMap((plan) => spread(random, plan, lastDay));
}

/** Lets the months of a group differ while together they convert exactly. */
function balance(random: Random, group: { entered: number; advanced: number }[]): void {
  const last = group.at(-1);
  if (!last) return;
  const before = group.slice(0, -1).reduce((sum, { entered }) => sum + entered, 0);
  last.entered += (50 - ((before + last.entered) % 50)) % 50;
  let left = Math.round((before + last.entered) * CONVERSION);
  for (const month of group.slice(0, -1)) {
    month.advanced = Math.round(month.entered * (CONVERSION + random.between(-0.045, 0.045)));
    left -= month.advanced;
  }
  last.advanced = left;
  for (let place = 0; Math.abs(last.advanced - last.entered * CONVERSION) > 4 && place < 50; place++) {
    const step = last.advanced > last.entered * CONVERSION ? 1 : -1;
    const other = group[place % Math.max(1, group.length - 1)];
    if (!other || other === last) break;
    other.advanced += step;
    last.advanced -= step;
  }
}

function spread(
  random: Random,
  { from, to, entered, advanced }: { from: Day; to: Day; entered: number; advanced: number },
  lastDay: Day,
): Reaching[] {
  const days = workdaysOfMonth(monthStart(from)).filter((day) => day >= from && day <= to);
  if (days.length === 0) return [];
  const rest = entered - advanced;
  const lost = Math.round(rest * 0.52);
  const back = Math.round(rest * 0.08);
  const outcomes: Reaching['outcome'][] = [
    ...Array<'advanced'>(advanced).fill('advanced'),
    ...Array<'lost'>(lost).fill('lost'),
    ...Array<'back'>(back).fill('back'),
    ...Array<'still'>(Math.max(0, rest - lost - back)).fill('still'),
  ];
  return random
    .shuffled(outcomes)
    .map((outcome): Reaching => ({ day: random.pick(days), outcome }))
    .filter(({ day }) => day <= lastDay);
}
