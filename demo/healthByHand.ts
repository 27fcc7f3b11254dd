import { workdayFrom, mondayOf } from './company/calendar';
import { addMonths, type Day, dayAt, monthEnd } from './company/days';
import type { Company } from './company/entities';
import { groupBy } from './company/groupBy';
import type { Cents } from './company/money';

/** Customer health (METRICS HEA-1 to HEA-6) over the company itself: a second method, by which tests judge the first. */
export interface Health {
  punctuality: number | null;
  demand: number | null;
  interaction: number | null;
  orders: number | null;
  score: number | null;
  colour: 'green' | 'yellow' | 'red' | 'grey';
  isOverride: boolean;
}

type Points = readonly (readonly [x: number, y: number])[];
const LATE: Points = [
  [0, 100],
  [7, 85],
  [15, 70],
  [30, 50],
  [60, 25],
  [90, 10],
  [120, 0],
];
const RECENCY: Points = [
  [14, 100],
  [30, 70],
  [60, 30],
  [90, 0],
];
const RETURNS: Points = [
  [0, 100],
  [0.02, 80],
  [0.05, 50],
  [0.1, 0],
];
const TARGET_WEEKS = { A: 8, B: 5, C: 3 };
const CONTACTS = new Set(['visit', 'call', 'meeting', 'message_in', 'quotation', 'sample', 'drawing']);
const TIMELY = new Set(['cash', 'bank_bill', 'prepayment_applied']);

/** Linear between the points, flat outside. */
function curve(points: Points, x: number): number {
  const [first, last] = [points[0], points.at(-1)] as [Points[number], Points[number]];
  if (x <= first[0]) return first[1];
  for (let i = 1; i < points.length; i++) {
    const [[x0, y0], [x1, y1]] = [points[i - 1], points[i]] as [Points[number], Points[number]];
    if (x <= x1) return y0 + ((y1 - y0) * (x - x0)) / (x1 - x0);
  }
  return last[1];
}

const sum = (list: readonly number[]): number => list.reduce((total, each) => total + each, 0);

/** Answers for any customer and day. Risk is left out: no bureau had been asked in the months that tests look at. */
export function healthByHand(company: Company): (customer: number, end: Day) => Health {
  const of = <T extends { customer: number }>(list: readonly T[]) =>
    groupBy(list, ({ customer }) => customer);
  const documents = of(company.documents);
  const orders = of(company.orders.filter(({ status }) => status === 'approved'));
  const deliveries = of(company.deliveries);
  const returns = of(company.returns);
  const contacts = of(company.activities.filter(({ type }) => CONTACTS.has(type)));
  const opportunities = of(company.opportunities);
  const allocations = groupBy(company.allocations, ({ documentNumber }) => documentNumber);

  return (customer, end) => {
    const yearStart = addMonths(end + 1, -12);
    const record = company.customers[customer];
    if (!record) throw new Error(`no customer ${customer}`);

    let weighted = 0;
    let amount = 0;
    let items = 0;
    let overdue90 = 0;
    let gross = 0;
    const judge = (cents: Cents, days: number): void => {
      weighted += cents * curve(LATE, days);
      amount += cents;
    };
    for (const document of documents.get(customer) ?? []) {
      if (document.isCreditNote || document.documentDate > end) continue;
      for (const instalment of document.instalments) {
        const due = workdayFrom(instalment.dueDate);
        const settled = (allocations.get(document.number) ?? []).filter(
          ({ instalmentLine }) => instalmentLine === instalment.line,
        );
        const effective = settled.map((each) => ({
          ...each,
          day: Math.max(each.valueDate, document.documentDate),
        }));
        const inYear = effective.filter(
          ({ kind, day }) => TIMELY.has(kind) && day >= yearStart && day <= end,
        );
        for (const each of inYear) judge(each.amount, each.day - due);
        const open =
          instalment.amount - sum(effective.filter(({ day }) => day <= end).map((each) => each.amount));
        if (open > 0 && !(instalment.isRetention && due > end)) gross += open;
        if (open > 0 && due < end) judge(open, end - due);
        if (open > 0 && end - due > 90) overdue90 += open;
        if (inYear.length > 0 || (open > 0 && due < end)) items++;
      }
    }
    const punctuality = items >= 3 && amount >= 1_000_000 ? weighted / amount : null;

    const ordered = (orders.get(customer) ?? []).filter(({ orderDate }) => orderDate <= end);
    const year = ordered.filter(({ orderDate }) => orderDate >= yearStart);
    const value = sum(year.map((each) => each.amount));
    const core = sum(
      year.flatMap(({ lines }) =>
        lines.filter(({ product }) => company.products[product]?.isCore).map((line) => line.amount),
      ),
    );
    const decided = (opportunities.get(customer) ?? []).filter(
      ({ closedDate, status }) =>
        closedDate !== null &&
        closedDate >= yearStart &&
        closedDate <= end &&
        (status === 'won' || status === 'lost'),
    );
    const won = sum(decided.filter(({ status }) => status === 'won').map((each) => each.amount));
    const parts: number[] = [];
    if (decided.length > 0) parts.push(Math.min(100, (won / sum(decided.map((each) => each.amount))) * 200));
    if (value > 0) parts.push((core / value) * 100);
    if (record.declaredYearlyPurchase)
      parts.push(Math.min(100, (value / record.declaredYearlyPurchase / 0.3) * 100));
    const demand = parts.length >= 2 ? sum(parts) / parts.length : null;

    const touched = (contacts.get(customer) ?? [])
      .map(({ occurredAt }) => dayAt(occurredAt))
      .filter((day) => day <= end);
    const weeks = new Set(touched.map(mondayOf).filter((monday) => monday >= mondayOf(end) - 84)).size;
    const since = touched.length > 0 ? end - Math.max(...touched) : 999;
    const interaction =
      0.6 * Math.min(100, (weeks * 100) / TARGET_WEEKS[record.customerClass]) + 0.4 * curve(RECENCY, since);

    const stability = ordersAndReturns(
      ordered,
      end,
      deliveries.get(customer) ?? [],
      returns.get(customer) ?? [],
    );

    const known = (
      [
        [punctuality, 30],
        [demand, 25],
        [interaction, 20],
        [stability, 15],
      ] as const
    ).filter(([indicator]) => indicator !== null);
    const weight = sum(known.map(([, each]) => each));
    const isKnown = weight / 100 >= 0.6;
    const score = isKnown
      ? Math.round((sum(known.map(([indicator, each]) => (indicator ?? 0) * each)) / weight) * 10) / 10
      : null;
    const isOverride = overdue90 >= 5_000_000 && overdue90 >= gross * 0.3;
    const colour = isOverride
      ? 'red'
      : score === null
        ? 'grey'
        : score >= 70
          ? 'green'
          : score >= 50
            ? 'yellow'
            : 'red';
    return { punctuality, demand, interaction, orders: stability, score, colour, isOverride };
  };
}

function ordersAndReturns(
  ordered: Company['orders'],
  end: Day,
  deliveries: Company['deliveries'],
  returns: Company['returns'],
): number | null {
  const twoYears = ordered.filter(({ orderDate }) => orderDate >= addMonths(end + 1, -24));
  if (twoYears.length < 3) return null;
  const halfStart = addMonths(end + 1, -6);
  const yearStart = addMonths(end + 1, -12);
  const half = sum(twoYears.filter(({ orderDate }) => orderDate >= halfStart).map(({ amount }) => amount));
  const before = sum(
    twoYears
      .filter(({ orderDate }) => orderDate >= yearStart && orderDate < halfStart)
      .map(({ amount }) => amount),
  );
  const days = [...new Set(twoYears.map(({ orderDate }) => orderDate))].sort((one, other) => one - other);
  const gaps = days
    .slice(1)
    .map((day, i) => day - (days[i] ?? day))
    .sort((one, other) => one - other);
  const middle =
    gaps.length === 0
      ? 0
      : ((gaps[Math.floor((gaps.length - 1) / 2)] ?? 0) + (gaps[Math.floor(gaps.length / 2)] ?? 0)) / 2;
  const parts: number[] = [];
  if (before > 0) parts.push(Math.min(100, (half / before) * 100));
  if (middle > 0)
    parts.push(Math.max(0, Math.min(100, ((3 - (end - (days.at(-1) ?? end)) / middle) * 100) / 1.5)));
  const inYear = (day: Day) => day >= yearStart && day <= end;
  const delivered = sum(
    deliveries.filter(({ deliveryDate }) => inYear(deliveryDate)).map(({ amount }) => amount),
  );
  const returned = sum(returns.filter(({ returnDate }) => inYear(returnDate)).map(({ amount }) => amount));
  const mean = parts.length > 0 ? sum(parts) / parts.length : null;
  const points = delivered > 0 ? curve(RETURNS, returned / delivered) : null;
  if (mean === null || points === null) return mean ?? points;
  return 0.7 * mean + 0.3 * points;
}

/** The ends of the complete months before a day, latest first. */
export const monthEndsBefore = (day: Day, count: number): Day[] =>
  Array.from({ length: count }, (_, n) => monthEnd(addMonths(day, -n - 1)));
