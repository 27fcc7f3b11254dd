import { readFileSync } from 'node:fs';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { MillraceError, messageOf } from '../../connectors/kit';
import {
  type Backtest,
  backtest,
  type Calendar,
  china,
  everyDay,
  type Forecast,
  forecastCash,
  type InvoiceFile,
  readInvoices,
  weekends,
} from '../../forecast';
import { toDay } from './dayArgument';
import { backtestJson, forecastJson, yuan } from './forecastJson';
import { printRows } from './output';

interface Options {
  asOf: string;
  backtest?: boolean;
  columns: Record<string, string>;
  calendar?: string;
  every: 'month' | 'week';
  origins: number;
  followUp: number;
}

const CALENDARS: Readonly<Record<string, () => Calendar>> = {
  weekends: () => weekends,
  china,
  'every-day': () => everyDay,
};

/** Adds `millrace forecast <file> --as-of <day>` (docs/forecast.md). It reads one file and needs no warehouse. */
export function addForecastCommand(program: Command, common: () => { json?: boolean }): void {
  program
    .command('forecast <file>')
    .description('when the open invoices of a CSV file will be paid, and the cash of weeks and months')
    .requiredOption('--as-of <day>', 'nothing that happened later is looked at', toDay)
    .option('--backtest', 'how good it would have been at past origins, against due date and customer mean')
    .option('--columns <mapping>', 'customer=CustomerID,paid=SettledDate', toMapping, {})
    .option('--json', 'one JSON document on standard output')
    .addOption(
      new Option('--calendar <name>', 'days on which money comes (default: as past payments did)').choices(
        Object.keys(CALENDARS),
      ),
    )
    .addOption(
      new Option('--every <period>', 'origins of the back-test').choices(['month', 'week']).default('month'),
    )
    .option('--origins <n>', 'how many origins, the last ones', toCount, 12)
    .option('--follow-up <days>', 'days after an origin that must be known', toCount, 60)
    .action((file: string, options: Options & { json?: boolean }) =>
      forecast(file, options, options.json ?? common().json ?? false),
    );
}

function forecast(file: string, options: Options, isJson: boolean): void {
  const read = readInvoices(textOf(file), { name: file, columns: options.columns });
  if (read.bad.length > 0) process.exitCode = 1; // said below, and what could be read is answered
  const calendar = options.calendar === undefined ? undefined : CALENDARS[options.calendar]?.();
  const { asOf, every, origins, followUp: followUpDays } = options;
  if (options.backtest) {
    const result = backtest({
      knownUntil: asOf,
      invoices: read.invoices,
      options: { every, origins, followUpDays, ...(calendar && { calendar }) },
    });
    if (isJson) console.log(JSON.stringify(backtestJson(read, result), null, 2));
    else printBacktest(read, result);
    return;
  }
  const result = forecastCash({ asOf, invoices: read.invoices, options: calendar ? { calendar } : {} });
  if (isJson) console.log(JSON.stringify(forecastJson(read, result)));
  else printForecast(read, result);
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new MillraceError('file_unreadable', {
      what: `The file cannot be read: ${messageOf(cause)}`,
      where: file,
      todo: 'Give the path of a CSV file',
      cause,
    });
  }
}

function printRead({ rows, invoices, bad, notes }: InvoiceFile): void {
  console.log(`${rows} rows: ${invoices.length} invoices, ${bad.length} bad rows`);
  for (const note of notes) console.log(`  ${note}`);
  for (const { line, reason } of bad) console.error(`  ✗ line ${line}: ${reason}`);
}

function printForecast(read: InvoiceFile, { asOf, known, cash, calendar, items }: Forecast): void {
  printRead(read);
  console.log(
    `as of ${asOf}: ${known.open} open, ${known.paid} paid; left out: ${known.leftOut['issued later']} issued later, ` +
      `${known.leftOut['not positive']} credits or zero, ${known.leftOut.dates} without valid dates; calendar ${calendar.name}` +
      (calendar.provisionalFrom === null ? '' : `, provisional from ${calendar.provisionalFrom}`),
  );
  for (const { currency, region, openCents, weeks, months } of cash.filter((one) => one.region === null)) {
    console.log(`\n${currency ?? 'cash'}${region === null ? '' : `, ${region}`}: open ${yuan(openCents)}`);
    printRows(
      [...weeks, ...months].map(({ period, from, to, p10Cents, p50Cents, p90Cents, meanCents }) => ({
        period,
        from,
        to,
        p10: yuan(p10Cents),
        p50: yuan(p50Cents),
        p90: yuan(p90Cents),
        mean: yuan(meanCents),
      })),
      false,
    );
  }
  console.log(`\nThe ${Math.min(items.length, 20)} largest open invoices (all of them: --json)`);
  const largest = [...items]
    .sort((one, other) => (one.amountCents < other.amountCents ? 1 : -1))
    .slice(0, 20);
  printRows(
    largest.map(({ id, customer, amountCents, due, p10, p50, p90, never }) => ({
      id,
      customer,
      amount: yuan(amountCents),
      due,
      p10,
      p50,
      p90,
      never: never.toFixed(3),
    })),
    false,
  );
}

function printBacktest(
  read: InvoiceFile,
  { origins, isEnough, sources, skill, calibration }: Backtest,
): void {
  printRead(read);
  console.log(`${origins.length} origins: ${origins.join(' ')}`);
  if (!isEnough) console.log('not enough history: fewer than 6 origins, no skill is shown');
  const days = (value: number | undefined) => (value === undefined ? null : value.toFixed(2));
  const rate = (value: number | null | undefined) => (value == null ? null : `${(value * 100).toFixed(1)} %`);
  printRows(
    sources.map(({ source, atIssue, openBook, cash }) => ({
      source,
      mae_at_issue: days(atIssue?.maeDays),
      pinball_at_issue: days(atIssue?.pinballDays),
      mae_open: days(openBook?.maeDays),
      pinball_open: days(openBook?.pinballDays),
      inside_p10_p90: source === 'hub' ? rate(openBook?.coverage?.rate) : null,
      weekly_wmape: cash
        .filter(({ kind }) => kind === 'week')
        .map(({ currency, wmape }) => `${currency === null ? '' : `${currency} `}${rate(wmape) ?? '—'}`)
        .join(', '),
    })),
    false,
  );
  if (skill.length > 0) console.log('\nskill of the hub over each');
  for (const { over, mae, quantileScore, weeklyWmape } of skill)
    console.log(
      `  ${over}: days ${rate(mae) ?? '—'}, quantile score ${rate(quantileScore) ?? '—'}, weekly cash ${rate(weeklyWmape) ?? '—'}`,
    );
  console.log(`\npaid within 30 days: Brier score ${days(calibration.brier ?? undefined) ?? '—'}`);
  printRows(
    calibration.deciles.map(({ from, to, items, predicted, observed }) => ({
      said: `${rate(from)} – ${rate(to)}`,
      items,
      predicted: rate(predicted),
      observed: rate(observed),
    })),
    false,
  );
}

function toMapping(text: string): Record<string, string> {
  const parts = text.split(',').map((part) => part.split('='));
  if (parts.some((part) => part.length !== 2 || part.some((one) => one.trim() === '')))
    throw new InvalidArgumentError('write field=header, several with commas between them.');
  return Object.fromEntries(parts.map(([field = '', header = '']) => [field.trim(), header.trim()]));
}

function toCount(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1 || count > 500)
    throw new InvalidArgumentError('a whole number from 1 to 500.');
  return count;
}
