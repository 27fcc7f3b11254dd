import type { Backtest, CashPeriod, Forecast, InvoiceFile } from '../../forecast';

/** Whole cents as decimal text. */
export function yuan(cents: bigint): string {
  const text = (cents < 0n ? -cents : cents).toString().padStart(3, '0');
  return `${cents < 0n ? '-' : ''}${text.slice(0, -2)}.${text.slice(-2)}`;
}

/** What was read, each open invoice and the cash of weeks and months (docs/forecast.md names every member). */
export function forecastJson(file: InvoiceFile, forecast: Forecast): object {
  return {
    asOf: forecast.asOf,
    modelVersion: forecast.modelVersion,
    calendar: forecast.calendar,
    read: readJson(file),
    known: forecast.known,
    invoices: forecast.items.map(({ amountCents, daily, ...item }) => ({
      ...item,
      amount: yuan(amountCents),
      daily: shortened(daily),
    })),
    cash: forecast.cash.map(({ openCents, weeks, months, ...group }) => ({
      ...group,
      open: yuan(openCents),
      weeks: weeks.map(periodJson),
      months: months.map(periodJson),
    })),
  };
}

export function backtestJson(file: InvoiceFile, result: Backtest): object {
  return {
    ...result,
    message: result.isEnough ? null : 'not enough history',
    read: readJson(file),
    sources: result.sources.map(({ cash, ...source }) => ({
      ...source,
      cash: cash.map(({ actualCents, ...scores }) => ({ ...scores, actual: yuan(actualCents) })),
    })),
    cashRows: result.cashRows.map(({ p10Cents, p50Cents, p90Cents, actualCents, ...row }) => ({
      ...row,
      p10: yuan(p10Cents),
      p50: yuan(p50Cents),
      p90: yuan(p90Cents),
      actual: yuan(actualCents),
    })),
  };
}

const readJson = ({ rows, invoices, bad, columns, notes }: InvoiceFile) => ({
  rows,
  invoices: invoices.length,
  badRows: bad,
  columns,
  notes,
});

const periodJson = ({ period, from, to, p10Cents, p50Cents, p90Cents, meanCents }: CashPeriod) => ({
  period,
  from,
  to,
  p10: yuan(p10Cents),
  p50: yuan(p50Cents),
  p90: yuan(p90Cents),
  mean: yuan(meanCents),
});

/** Day by day from the day after the origin, without the zeros at the end; twelve digits keep the sum within 1e-9. */
function shortened(daily: Float64Array): number[] {
  let end = daily.length;
  while (end > 0 && (daily[end - 1] ?? 0) < 1e-12) end -= 1;
  return Array.from(daily.subarray(0, end), (probability) => Math.round(probability * 1e12) / 1e12);
}
