import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Backtest, backtest, forecastCash, readInvoices } from '../../../forecast';
import { generatedInvoices } from './generatedInvoices';

/** Real sets without a licence: read where they are, never copied. */
const SETS = [
  { name: 'ar-h2h', file: 'ar-h2h/invoices_asof_2019-06-30.csv', knownUntil: '2019-06-30' },
  { name: 'ar-ibm', file: 'ar-ibm/invoices_asof_2013-06-30.csv', knownUntil: '2013-06-30' },
];

/**
 * `npm run bench -- forecast`: errors over weekly rolling origins inside each set that is there, and the time for 50,000 generated invoices.
 * An origin is judged when 35 days after it are known; invoices still open then count as paid on the next day.
 */
export function benchForecast(): void {
  const folder = process.env.MILLRACE_REALDATA ?? join(process.cwd(), '..', 'shared', 'realdata');
  for (const { name, file, knownUntil } of SETS) {
    const path = join(folder, file);
    if (!existsSync(path)) {
      console.log(`${name}: not there (MILLRACE_REALDATA names the folder of real data)`);
      continue;
    }
    const { invoices, bad } = readInvoices(readFileSync(path, 'utf8'), { name: file });
    // one total over currencies: the figures that others give for this set do so
    const rows = invoices.map(({ id, customer, amountCents, issued, due, paid }) => ({
      id,
      customer,
      amountCents,
      issued,
      due,
      paid,
    }));
    console.log(`\n${name}: ${invoices.length} invoices, ${bad.length} bad rows`);
    print(
      backtest({
        knownUntil,
        invoices: rows,
        options: { every: 'week', origins: 12, followUpDays: 35 },
      }),
    );
  }
  const invoices = generatedInvoices(50_000);
  const started = process.hrtime.bigint();
  const before = process.cpuUsage();
  const { items } = forecastCash({ asOf: '2025-05-31', invoices });
  const milliseconds = Number((process.hrtime.bigint() - started) / 1_000_000n);
  const { user, system } = process.cpuUsage(before);
  const processor = ((user + system) / 1e6).toFixed(1);
  console.log(
    `\n50,000 generated invoices, ${items.length} open: ${(milliseconds / 1000).toFixed(1)} s, processor ${processor} s`,
  );
}

function print({ origins, sources, calibration }: Backtest): void {
  console.log(`${origins.length} origins, ${origins[0]} to ${origins.at(-1)}`);
  console.log(
    'source | at issue: n, MAE, pinball, inside P10–P90 | open book: the same | weeks 1–4: WMAPE, inside',
  );
  for (const { source, atIssue, openBook, cash } of sources) {
    const days = [atIssue, openBook].map((scores) =>
      scores === null
        ? '—'
        : [
            scores.items,
            scores.maeDays.toFixed(2),
            scores.pinballDays.toFixed(3),
            percent(scores.coverage?.rate),
          ].join(', '),
    );
    const weeks = cash.find(({ kind }) => kind === 'week');
    console.log([source, ...days, `${percent(weeks?.wmape)}, ${percent(weeks?.coverage?.rate)}`].join(' | '));
  }
  const observed = calibration.deciles.map(
    ({ predicted, observed: share }) => `${percent(predicted)} → ${percent(share)}`,
  );
  console.log(
    `paid within 30 days, said → seen: ${observed.join('; ')}; Brier ${calibration.brier?.toFixed(3) ?? '—'}`,
  );
}

const percent = (rate: number | null | undefined) => (rate == null ? '—' : `${(100 * rate).toFixed(1)} %`);
