import { userInfo } from 'node:os';
import { type Command, InvalidArgumentError } from 'commander';
import { ADMIN } from '../access/users';
import type { CustomerHealth, ListSuggestions } from '../health/healthWork';
import type { SetupOptions } from '../setup/setup';
import { printRows } from './output';
import { withWork } from './withWork';

type Common = () => SetupOptions & { json?: boolean };
type State = NonNullable<ListSuggestions['state']>;

const STATES: readonly State[] = ['open', 'over', 'closed', 'all'];

/** Adds `millrace health show|restated|suggestions|close` (docs/health.md). */
export function addHealthCommands(program: Command, common: Common): void {
  const health = program
    .command('health')
    .description('why a customer is green, yellow or red; what the hub suggests');
  health
    .command('show <customer>')
    .description('score, colour and reasons of a customer by id or name, with the rows behind them')
    .option('--month <month>', 'YYYY-MM; default the latest', toMonth)
    .action(async (customer: string, { month }: { month?: string }) => {
      const shown = await withWork(common(), (work) =>
        work.health.show({ customer, ...(month && { month }) }, ADMIN),
      );
      if (common().json) console.log(JSON.stringify(shown, null, 2));
      else print(shown);
    });
  health
    .command('restated')
    .description(
      'customers of a frozen month that are no longer what was frozen: which indicator moved, and why',
    )
    .option('--month <month>', 'YYYY-MM; default the last frozen one', toMonth)
    .action(async ({ month }: { month?: string }) => {
      printRows(
        await withWork(common(), (work) => work.health.restated(month, ADMIN)),
        common().json ?? false,
      );
    });
  health
    .command('suggestions')
    .description('what the hub suggests, to whom, about which customer')
    .option('--state <state>', STATES.join(', '), toState, 'open')
    .option('--customer <customer>', 'only about this one')
    .action(async ({ state, customer }: { state: State; customer?: string }) => {
      const filter = { state, limit: 200, ...(customer !== undefined && { customer }) };
      const rows = await withWork(common(), (work) => work.health.suggestions(filter, ADMIN));
      if (common().json) return console.log(JSON.stringify(rows, null, 2));
      const columns = [
        'suggestion_id',
        'state',
        'customer_name',
        'month',
        'to_name',
        'raised_date',
        'closing_reason',
      ];
      printRows(
        rows.map((row) => Object.fromEntries(columns.map((name) => [name, row[name] ?? null]))),
        false,
      );
    });
  health
    .command('close <suggestion>')
    .description('what was suggested is done, or will not be')
    .requiredOption('--why <text>', 'why')
    .option('--by <name>', 'who says so', userInfo().username)
    .action(async (suggestion: string, { why, by }: { why: string; by: string }) => {
      const closed = await withWork(common(), (work) => work.health.close({ suggestion, why, by }, ADMIN));
      if (common().json) console.log(JSON.stringify(closed, null, 2));
      else console.log(`Closed: ${suggestion}`);
    });
}

function print({ health, reasons, behind, restated, versions }: CustomerHealth): void {
  const columns = [
    'customer_name',
    'month',
    'colour',
    'score',
    'coverage',
    'override_reason',
    'carried',
    'frozen_version',
  ];
  printRows([Object.fromEntries(columns.map((name) => [name, health[name] ?? null]))], false);
  for (const { indicator, text } of reasons) {
    const { lost, facts, toGreen } = text.en;
    console.log(
      `${indicator}: ${lost === null ? '' : `${lost}: `}${facts}${toGreen === null ? '' : ` To green: ${toGreen}`}`,
    );
  }
  for (const rows of [behind.invoices, behind.orders, behind.risks])
    if (rows.length > 0) printRows(rows, false);
  for (const { indicator, cause, frozen, live, was, is } of restated)
    console.log(
      `since frozen: ${indicator} ${frozen ?? 'missing'} -> ${live ?? 'missing'} (${cause})${was && is ? `; then: ${was.en} now: ${is.en}` : ''}`,
    );
  if (versions.length > 0) printRows(versions, false);
}

function toMonth(text: string): string {
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(text)) throw new InvalidArgumentError('a month is written YYYY-MM.');
  return text;
}

function toState(text: string): State {
  const state = STATES.find((one) => one === text);
  if (!state) throw new InvalidArgumentError(`one of ${STATES.join(', ')}.`);
  return state;
}
