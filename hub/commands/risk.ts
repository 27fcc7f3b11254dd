import { createInterface } from 'node:readline/promises';
import { type Command, InvalidArgumentError } from 'commander';
import { MillraceError } from '../../connectors/kit';
import { ADMIN } from '../access/users';
import type { ListRiskEvents, RiskPlan } from '../risk/riskWork';
import type { SetupOptions } from '../setup/setup';
import { toDay } from './dayArgument';
import { printRows } from './output';
import { withWork } from './withWork';

type Common = () => SetupOptions & { json?: boolean };
type Change = NonNullable<ListRiskEvents['change']>;

const CHANGES: readonly Change[] = ['new', 'known', 'lifted'];

/** Adds `millrace risk plan|run|events|cost` (docs/risk.md). */
export function addRiskCommands(program: Command, common: Common): void {
  const risk = program.command('risk').description('credit bureaus: what a run costs, what it finds');
  risk
    .command('plan [connection]')
    .description('what is due, who comes first, and what the caps leave for today; makes no call')
    .action(async (connection?: string) => {
      const plans = await withWork(common(), (work) => work.risk.plan(connection));
      if (common().json) return console.log(JSON.stringify(plans, null, 2));
      plans.forEach(printPlan);
    });
  risk
    .command('run [connection]')
    .description('ask what is due, the riskiest money first, within the caps; shows the price first')
    .option('--max-calls <n>', 'no more paid calls than this', toCount)
    .option('--yes', 'do not ask whether to spend the money')
    .action(async (connection: string | undefined, options: { maxCalls?: number; yes?: boolean }) => {
      const { maxCalls, yes = false } = options;
      const isJson = common().json ?? false;
      const outcomes = await withWork(common(), async ({ risk: work }) => {
        const plans = await work.plan(connection);
        if (!isJson) plans.forEach(printPlan);
        if (!yes) await mustAgree();
        return work.run({
          ...(connection !== undefined && { connection }),
          ...(maxCalls !== undefined && { maxCalls }),
        });
      });
      if (isJson) return console.log(JSON.stringify(outcomes, null, 2));
      printRows(
        outcomes.map(({ runId, status, asked, raised }) => ({
          runId,
          status,
          companies: asked.companies,
          calls: asked.calls,
          costCny: asked.costCny,
          suggestions: raised,
        })),
        false,
      );
    });
  risk
    .command('events')
    .description('what bureaus told, with the paid call that found it; newest first')
    .option('--change <change>', `${CHANGES.join(', ')} (since the first check)`, toChange)
    .option('--kind <kind>', 'dishonest_debtor, controller_change, …')
    .option('--customer <id>', 'only of this customer')
    .option('--since <day>', 'found on this day or later', toDay)
    .option('--limit <n>', 'how many', toCount, 50)
    .action(async (filter: ListRiskEvents) => {
      printRows(await withWork(common(), (work) => work.risk.events(filter, ADMIN)), common().json ?? false);
    });
  risk
    .command('cost')
    .description('calls × price against the budget, by month and service')
    .option('--month <month>', 'YYYY-MM; default the last twelve months')
    .action(async (filter: { month?: string }) => {
      const { months, services } = await withWork(common(), (work) => work.risk.cost(filter));
      if (common().json) return console.log(JSON.stringify({ months, services }, null, 2));
      printRows(months, false);
      printRows(services, false);
    });
}

function printPlan(plan: RiskPlan): void {
  const { connection, services, first, due, today, waiting, caps, spent, stoppedBy } = plan;
  console.log(`${connection}: ${due.companies} companies are due, ${due.calls} calls, ${due.costCny} CNY`);
  printRows(
    services.map((each) => ({ ...each })),
    false,
  );
  if (first.length > 0)
    printRows(
      first.map((each) => ({ ...each })),
      false,
    );
  console.log(
    caps
      ? `Spent today ${spent.dayCny} of ${caps.dayCny} CNY, this month ${spent.monthCny} of ${caps.monthCny} CNY`
      : 'No budget is set: nothing is asked',
  );
  const cap = stoppedBy === 'month' ? 'month’s cap' : 'day’s cap';
  console.log(
    `Now: ${today.companies} companies, ${today.calls} calls, ${today.costCny} CNY${
      stoppedBy === null
        ? ''
        : `; the ${cap} leaves ${waiting.calls} calls (${waiting.costCny} CNY) for later`
    }`,
  );
}

/** Money is spent only after a yes, from the terminal or the command line. */
async function mustAgree(): Promise<void> {
  const refused = (what: string) =>
    new MillraceError('not_allowed', { what, todo: 'Run it again with --yes to spend the money' });
  if (!process.stdin.isTTY) throw refused('Nobody is there to say yes to the price');
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await terminal.question('Ask the bureau now? (y/n) ');
  terminal.close();
  if (!/^y(es)?$/i.test(answer.trim())) throw refused('Nothing was asked');
}

function toChange(text: string): Change {
  const found = CHANGES.find((each) => each === text);
  if (!found) throw new InvalidArgumentError(`write ${CHANGES.join(', ')}`);
  return found;
}

function toCount(text: string): number {
  if (!/^[1-9]\d{0,6}$/.test(text)) throw new InvalidArgumentError('write a whole number from 1');
  return Number(text);
}
