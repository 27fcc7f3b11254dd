import { type Command, InvalidArgumentError } from 'commander';
import type { SetupOptions } from '../setup/setup';
import { withWork } from './withWork';

type Common = () => SetupOptions & { json?: boolean };

/** Adds `millrace freeze` (docs/forecast-gap.md): months are frozen by a schedule; this does it now, or one of them again. */
export function addFreezeCommand(program: Command, common: Common): void {
  program
    .command('freeze')
    .description(
      'keep the figures of every month that is due as they are known now; "restatements" shows what changes later',
    )
    .option('--month <month>', 'this month again, as a new version: YYYY-MM', toMonth)
    .action(async ({ month }: { month?: string }) => {
      const { runId, months } = await withWork(common(), (work) => work.freeze(month ? { month } : {}));
      if (common().json) console.log(JSON.stringify({ runId, months }, null, 2));
      else
        console.log(
          months.length > 0 ? `Frozen: ${months.join(', ')}` : 'Every month that is due is frozen already',
        );
    });
}

function toMonth(text: string): string {
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(text)) throw new InvalidArgumentError('a month is written YYYY-MM.');
  return text;
}
