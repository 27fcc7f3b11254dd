import { type Baseline, customerMean, dueDate, people, peopleElseMean, type Statement } from './baselines';
import { type Book, bookAt, HORIZON_DAYS } from './book';
import type { Calendar } from './calendar';
import { CALIBRATION_DAYS, type Calibration, CalibrationCounts } from './calibration';
import { cashRowsOf } from './cashRows';
import { type CashRow, type CashScores, cashScores, type Source } from './cashScores';
import { type Day, dayNumber, dayText, monthEndOf, weekdayOf } from './day';
import { DayErrors, type DayScores } from './dayScores';
import { MODEL_VERSION } from './forecastCash';
import type { Invoice } from './invoice';
import type { Judge } from './judge';
import { predict } from './predict';
import { LEVELS, quantileAt, skill } from './quantiles';

export interface BacktestInput {
  /** Everything up to the end of this day is known: the judge of all origins. */
  knownUntil: Day;
  invoices: readonly Invoice[];
  /** What people said, where there is any: a third rival. */
  statements?: readonly Statement[];
  options?: {
    calendar?: Calendar;
    /** Origins are month ends (METRICS HUB-3) or Sundays; default: month. */
    every?: 'month' | 'week';
    /** How many origins at most, the last ones; default 12. */
    origins?: number;
    /** Days after an origin that have to be known for it to be judged; default 60. */
    followUpDays?: number;
    draws?: number;
  };
}

interface SourceScores {
  source: Source;
  /** Invoices issued in the seven days up to the origin. */
  atIssue: DayScores | null;
  /** All invoices open at the origin; for `people` those with a statement. */
  openBook: DayScores | null;
  /** Weeks 1–4 and months 1–3 after each origin, as far as they had ended. */
  cash: CashScores[];
}

interface Skill {
  over: Source;
  mae: number | null;
  quantileScore: number | null;
  weeklyWmape: number | null;
}

export interface Backtest {
  modelVersion: string;
  knownUntil: Day;
  origins: Day[];
  /** Six origins or more; below that there is "not enough history" and no skill. METRICS HUB-3. */
  isEnough: boolean;
  sources: SourceScores[];
  /** 1 − score of the hub / score of the source. METRICS HUB-6. */
  skill: Skill[];
  calibration: Calibration;
  byOrigin: { origin: Day; source: Source; atIssue: DayScores | null; openBook: DayScores | null }[];
  cashRows: CashRow[];
}

const ENOUGH_ORIGINS = 6;
const AT_ISSUE_DAYS = 7;
const LEAST_PAYMENTS = 30;

/**
 * Rolling origins: at each the model and its rivals see only what was known then, and are judged by what was known at the end. METRICS
 * HUB-3 to HUB-6.
 */
export function backtest({ knownUntil, invoices, statements = [], options = {} }: BacktestInput): Backtest {
  const { draws = 2_000 } = options;
  const until = dayNumber(knownUntil);
  const payments = new Map<string, number>();
  for (const { id, paid } of invoices)
    if (paid !== null && dayNumber(paid) <= until) payments.set(id, dayNumber(paid));
  const origins = originsOf(invoices, until, options);
  const total = new Map<Source, { atIssue: DayErrors; openBook: DayErrors }>();
  const calibration = new CalibrationCounts();
  const byOrigin: Backtest['byOrigin'] = [];
  const cashRows: CashRow[] = [];
  for (const origin of origins) {
    const book = bookAt(origin, invoices, options.calendar);
    const prediction = predict(book);
    const rivals = rivalsAt(book, statements);
    const judge = { until, payments, prediction, book };
    for (const [source, errors] of dayErrors(judge, rivals)) {
      const sums = total.get(source) ?? { atIssue: new DayErrors(), openBook: new DayErrors() };
      total.set(source, sums);
      sums.atIssue.addAll(errors.atIssue);
      sums.openBook.addAll(errors.openBook);
      byOrigin.push({
        origin: dayText(origin),
        source,
        atIssue: errors.atIssue.scores(),
        openBook: errors.openBook.scores(),
      });
    }
    calibrate(judge, calibration);
    cashRows.push(...cashRowsOf({ ...judge, rivals, seed: `${MODEL_VERSION} ${dayText(origin)}`, draws }));
  }
  const sources = [...total].map(([source, { atIssue, openBook }]) => ({
    source,
    atIssue: atIssue.scores(),
    openBook: openBook.scores(),
    cash: cashScores(cashRows.filter((row) => row.source === source)),
  }));
  const isEnough = origins.length >= ENOUGH_ORIGINS;
  return {
    modelVersion: MODEL_VERSION,
    knownUntil,
    origins: origins.map(dayText),
    isEnough,
    sources,
    skill: isEnough ? skillsOf(sources) : [],
    calibration: calibration.result(),
    byOrigin,
    cashRows,
  };
}

/** Month ends or Sundays with enough behind them to learn from and enough after them to judge. */
function originsOf(
  invoices: readonly Invoice[],
  until: number,
  { every = 'month', origins = 12, followUpDays = 60 }: NonNullable<BacktestInput['options']>,
): number[] {
  const paid = invoices
    .map((invoice) => (invoice.paid === null ? Number.NaN : dayNumber(invoice.paid)))
    .filter((day) => !Number.isNaN(day))
    .sort((one, other) => one - other);
  const first = paid[LEAST_PAYMENTS - 1] ?? Number.POSITIVE_INFINITY;
  const days: number[] = [];
  for (let day = until - followUpDays; day >= first && days.length < origins; day -= 1)
    if (every === 'week' ? weekdayOf(day) === 6 : monthEndOf(day) === day) days.push(day);
  return days.reverse();
}

function rivalsAt(book: Book, statements: readonly Statement[]): Map<Source, Baseline> {
  const rivals = new Map<Source, Baseline>([
    ['due_date', dueDate(book)],
    ['customer_mean', customerMean(book)],
  ]);
  if (statements.length > 0) {
    rivals.set('people', people(book, statements));
    rivals.set('people_else_mean', peopleElseMean(book, statements));
  }
  return rivals;
}

/** A rival's one date serves as all three quantiles. */
function dayErrors({ until, payments, prediction, book }: Judge, rivals: Map<Source, Baseline>) {
  const result = new Map<Source, { atIssue: DayErrors; openBook: DayErrors }>();
  for (const source of ['hub' as const, ...rivals.keys()]) {
    const errors = { atIssue: new DayErrors(), openBook: new DayErrors() };
    result.set(source, errors);
    for (const { item, probabilities } of prediction.distributions) {
      const day = rivals.get(source)?.(item);
      if (day === null) continue;
      const quantiles =
        day === undefined
          ? LEVELS.map((level) => quantileAt(probabilities, level) + 1)
          : LEVELS.map(() => day - book.origin);
      const paid = payments.get(item.invoice.id);
      const actual = Math.min((paid ?? until + 1) - book.origin, HORIZON_DAYS + 1);
      errors.openBook.add(quantiles, actual, paid === undefined);
      if (item.issued > book.origin - AT_ISSUE_DAYS)
        errors.atIssue.add(quantiles, actual, paid === undefined);
    }
  }
  return result;
}

function calibrate({ until, payments, prediction, book }: Judge, counts: CalibrationCounts): void {
  if (book.origin + CALIBRATION_DAYS > until) return;
  for (const { item, probabilities } of prediction.distributions) {
    let within = 0;
    for (let ahead = 0; ahead < CALIBRATION_DAYS; ahead += 1) within += probabilities[ahead] ?? 0;
    counts.add(
      within,
      (payments.get(item.invoice.id) ?? Number.POSITIVE_INFINITY) <= book.origin + CALIBRATION_DAYS,
    );
  }
}

function skillsOf(sources: readonly SourceScores[]): Skill[] {
  const hub = sources.find(({ source }) => source === 'hub');
  return sources
    .filter(({ source }) => source !== 'hub')
    .map((rival) => ({
      over: rival.source,
      // dates of people cover other items than ours: only with the customer's mean for the rest are they comparable
      mae: rival.source === 'people' ? null : over(hub?.openBook?.maeDays, rival.openBook?.maeDays),
      quantileScore:
        rival.source === 'people'
          ? null
          : over(hub?.openBook?.quantileScoreDays, rival.openBook?.quantileScoreDays),
      weeklyWmape: over(weeklyWmape(hub), weeklyWmape(rival)),
    }));
}

const over = (mine: number | null | undefined, theirs: number | null | undefined) =>
  mine == null || theirs == null ? null : skill(mine, theirs);

const weeklyWmape = (scores: SourceScores | undefined) =>
  scores?.cash.find(({ kind }) => kind === 'week')?.wmape;
