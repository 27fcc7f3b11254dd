import { userInfo } from 'node:os';
import { type Command, InvalidArgumentError } from 'commander';
import { MEASURES, type Measure } from '../outcomes/outcomeWork';
import type { SetupOptions } from '../setup/setup';
import { printRows } from './output';
import { withWork } from './withWork';

type Common = () => SetupOptions & { json?: boolean };

/** Adds `millrace outcomes list|hours|baseline` (docs/customer-360.md). */
export function addOutcomeCommands(program: Command, common: Common): void {
  const outcomes = program
    .command('outcomes')
    .description('cycle, repeat share, retention, hours: before and after');
  outcomes
    .command('list [measure]')
    .description(`by month, beside the frozen baseline of the same month: ${MEASURES.join(', ')}`)
    .action(async (text?: string) => {
      const measure = text === undefined ? undefined : toMeasure(text);
      const rows = await withWork(common(), (work) => work.outcomes.list(measure));
      const short = rows.map(
        ({ measure: name, month, value, cases, before_month, before_value, is_baseline }) => ({
          measure: name ?? null,
          month: month ?? null,
          value: value ?? null,
          cases: cases ?? null,
          before_month: before_month ?? null,
          before_value: before_value ?? null,
          is_baseline: is_baseline ?? null,
        }),
      );
      printRows(common().json ? rows : short, common().json ?? false);
    });
  outcomes
    .command('hours <month> <person> <hours> <what>')
    .description(
      'hours spent on statistics by hand: 2026-06 E001 12.5 "monthly receivables"; 0 takes it back',
    )
    .option('--by <name>', 'who says so', userInfo().username)
    .action(async (month: string, person: string, hours: string, what: string, { by }: { by: string }) => {
      const input = { month: toMonth(month), person, hours: toNumber(hours), what, by };
      await withWork(common(), (work) => work.outcomes.report(input));
      console.log('Reported');
    });
  outcomes
    .command('baseline <measure>')
    .description('keep what these months were, to compare later ones with')
    .requiredOption('--from <month>', 'first month, YYYY-MM', toMonth)
    .requiredOption('--to <month>', 'last month, YYYY-MM', toMonth)
    .option('--value <number>', 'what was measured then; without it, the figures as they stand now', toNumber)
    .option('--by <name>', 'who says so', userInfo().username)
    .action(async (text: string, options: { from: string; to: string; value?: string; by: string }) => {
      const measure = toMeasure(text);
      const months = await withWork(common(), (work) => work.outcomes.setBaseline({ measure, ...options }));
      printRows(
        months.map((month) => ({ measure, month })),
        common().json ?? false,
      );
    });
}

function toMeasure(text: string): Measure {
  const measure = MEASURES.find((one) => one === text);
  if (!measure) throw new InvalidArgumentError(`one of ${MEASURES.join(', ')}.`);
  return measure;
}

function toMonth(text: string): string {
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(text)) throw new InvalidArgumentError('a month is YYYY-MM.');
  return text;
}

function toNumber(text: string): string {
  if (!/^\d{1,12}(\.\d{1,6})?$/.test(text)) throw new InvalidArgumentError('a number, for example 12.5.');
  return text;
}
