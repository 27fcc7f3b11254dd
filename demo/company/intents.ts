import { addWorkdays, daysFromSpringFestival, workdayFrom } from './calendar';
import { type Day, monthEnd, monthStart } from './days';
import type { AllocationKind, Customer, Instalment, ReceivableDocument } from './entities';
import { type Cents, yuan } from './money';
import type { Plot } from './planted';
import type { Random } from './random';

/** Cents that a customer means to pay on a day towards one instalment, and what it keeps back for good. */
export interface Intent {
  document: ReceivableDocument;
  instalment: Instalment;
  day: Day;
  amount: Cents;
  concession: { kind: AllocationKind; amount: Cents } | null;
}

/** When and how a customer means to pay its documents; days may lie after the company's last day. */
export function intentsOf(
  random: Random,
  customer: Customer,
  documents: readonly ReceivableDocument[],
  plot: Plot,
  lastDay: Day,
): Intent[] {
  const scripts = new Map(plot.orders.map((order) => [order.order?.number, order]));
  const intents: Intent[] = [];
  for (const document of documents) {
    const script = scripts.get(document.orderNumber);
    for (const instalment of document.instalments) {
      if (script) {
        for (const { day, amount } of script.payments)
          intents.push({ document, instalment, day, amount, concession: null });
      } else if (!isNeverPaid(customer, instalment, plot)) {
        intents.push(...meant(random, customer, document, instalment));
      }
    }
  }
  const silent = plot.silence.get(customer.customer);
  if (silent) for (const intent of intents) avoid(random, intent, silent);
  if (customer.habit.until < lastDay - 420) writeOff(random, intents);
  return intents.sort((one, other) => one.day - other.day || one.document.id - other.document.id);
}

function isNeverPaid({ customer }: Customer, { dueDate }: Instalment, { red }: Plot): boolean {
  return customer === red.customer && dueDate >= red.unpaidFrom;
}

function meant(
  random: Random,
  customer: Customer,
  document: ReceivableDocument,
  instalment: Instalment,
): Intent[] {
  const day = payDay(random, customer, document, instalment);
  const concession = concessionOf(random, customer, instalment.amount);
  const amount = instalment.amount - (concession?.amount ?? 0);
  if (amount > yuan(3_000) && random.chance(customer.habit.partialShare)) {
    const first = Math.round((amount * random.between(0.4, 0.7)) / 10_000) * 10_000;
    const second = workdayFrom(day + random.int(12, 35));
    return [
      { document, instalment, day, amount: first, concession: null },
      { document, instalment, day: second, amount: amount - first, concession },
    ];
  }
  return [{ document, instalment, day, amount, concession }];
}

function payDay(
  random: Random,
  { habit }: Customer,
  document: ReceivableDocument,
  { dueDate }: Instalment,
): Day {
  let day = Math.round(workdayFrom(dueDate) + random.normal(habit.lateDays, habit.lateSpread));
  const festival = daysFromSpringFestival(day);
  if (festival >= -18 && festival <= 12 && random.chance(0.5)) day += random.int(12, 30);
  if (habit.payRunDay !== null) day = nearestRun(day, habit.payRunDay);
  return workdayFrom(Math.max(day, document.documentDate + 1));
}

function nearestRun(day: Day, dayOfMonth: number): Day {
  const runs = [-1, 0, 1].map((months) => {
    const start = monthStart(day, months);
    return Math.min(start + dayOfMonth - 1, monthEnd(start));
  });
  return runs.reduce((best, run) => (Math.abs(run - day) < Math.abs(best - day) ? run : best));
}

function concessionOf(random: Random, { habit }: Customer, amount: Cents): Intent['concession'] {
  if (habit.lateDays < 0 && random.chance(0.05))
    return { kind: 'discount', amount: Math.round(amount / 100) };
  const draw = random.next();
  if (draw < 0.013) return { kind: 'deduction', amount: Math.round(amount * random.between(0.01, 0.04)) };
  if (draw < 0.016) return amount > yuan(500) ? { kind: 'bank_fee', amount: yuan(random.int(10, 45)) } : null;
  if (draw < 0.046 && amount % 100 !== 0) return { kind: 'rounding', amount: amount % 100 };
  return null;
}

/** Moves a payment out of days in which nothing may arrive: to before them if the document is old enough, else after. */
function avoid(random: Random, intent: Intent, [from, to]: readonly [Day, Day]): void {
  if (intent.day < from || intent.day > to) return;
  const before = addWorkdays(from, -random.int(1, 5));
  intent.day = before > intent.document.documentDate ? before : addWorkdays(to, random.int(2, 9));
}

/** The last document of a customer who left is now and then given up after a year (坏账核销). */
function writeOff(random: Random, intents: Intent[]): void {
  const last = intents.at(-1);
  if (!last || !random.chance(0.3)) return;
  const rest = intents.filter(({ instalment }) => instalment === last.instalment);
  const amount = rest.reduce((sum, intent) => sum + intent.amount + (intent.concession?.amount ?? 0), 0);
  for (const intent of rest) intents.splice(intents.indexOf(intent), 1);
  intents.push({
    ...last,
    amount: 0,
    day: workdayFrom(last.instalment.dueDate + 370),
    concession: { kind: 'write_off', amount },
  });
}
