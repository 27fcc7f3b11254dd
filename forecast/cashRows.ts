import type { Baseline } from './baselines';
import type { Item } from './book';
import { cashOf } from './cash';
import type { CashRow, Source } from './cashScores';
import { dayNumber, dayText } from './day';
import type { Judge } from './judge';

/** Weeks and months after an origin that are judged. METRICS HUB-3: horizons 1–3 months. */
const HORIZONS = { week: 4, month: 3 };

interface CashQuestion extends Judge {
  rivals: ReadonlyMap<Source, Baseline>;
  seed: string;
  draws: number;
}

/** What each source expected of the periods after an origin that have ended, and what came from the items open then. */
export function cashRowsOf({
  until,
  payments,
  prediction,
  book,
  rivals,
  seed,
  draws,
}: CashQuestion): CashRow[] {
  const rows: CashRow[] = [];
  for (const { currency, region, weeks, months } of cashOf(book.origin, prediction, seed, draws)) {
    const items = prediction.distributions
      .map(({ item }) => item)
      .filter(({ invoice }) => (invoice.currency ?? null) === currency)
      .filter(({ invoice }) => region === null || invoice.region === region);
    for (const [kind, periods] of [['week', weeks] as const, ['month', months] as const])
      for (const [at, { period, from, to, p10Cents, p50Cents, p90Cents }] of periods.entries()) {
        if (at >= HORIZONS[kind] || dayNumber(to) > until) continue;
        const inPeriod = (day: number | null | undefined) =>
          day != null && day >= dayNumber(from) && day <= dayNumber(to);
        const sum = (dayOf: (item: Item) => number | null | undefined) =>
          items.reduce((cents, item) => (inPeriod(dayOf(item)) ? cents + item.amountCents : cents), 0n);
        const common = {
          origin: dayText(book.origin),
          currency,
          region,
          kind,
          period,
          from,
          to,
          horizon: at + 1,
          actualCents: sum(({ invoice }) => payments.get(invoice.id)),
        };
        rows.push({ ...common, source: 'hub', p10Cents, p50Cents, p90Cents });
        for (const [source, rival] of rivals) {
          const cents = sum(rival);
          rows.push({ ...common, source, p10Cents: cents, p50Cents: cents, p90Cents: cents });
        }
      }
  }
  return rows;
}
