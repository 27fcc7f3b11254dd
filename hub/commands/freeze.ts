import { type Command, InvalidArgumentError } from 'commander';
import type { SetupOptions } from '../setup/setup';
import { printRows } from './output';
import { withWork } from './withWork';

type Common = () => SetupOptions & { json?: boolean };

/** Months whose customers are no longer what was frozen, the newest first. */
const RESTATED = `
  select month, frozen_version, count(*) filter (where indicator = 'score') as customers,
    count(*) filter (where indicator = 'score' and is_moved) as restated,
    count(*) filter (where indicator = 'score' and frozen_colour is distinct from live_colour) as recoloured
  from marts.health_restated group by month, frozen_version having bool_or(is_moved) order by month desc`;

/** Adds `millrace freeze` (docs/forecast-gap.md): months are frozen by a schedule; this does it now, or one of them again. */
export function addFreezeCommand(program: Command, common: Common): void {
  program
    .command('freeze')
    .description(
      'keep the figures of every month that is due as they are known now; "restatements" shows what changes later',
    )
    .option('--month <month>', 'this month again, as a new version: YYYY-MM', toMonth)
    .action(async ({ month }: { month?: string }) => {
      const { outcome, restated } = await withWork(common(), async (work) => ({
        outcome: await work.freeze(month ? { month } : {}),
        restated: await work.sql(RESTATED),
      }));
      const { runId, months, suggestions } = outcome;
      if (common().json)
        return console.log(JSON.stringify({ runId, months, suggestions, restated }, null, 2));
      console.log(
        months.length > 0 ? `Frozen: ${months.join(', ')}` : 'Every month that is due is frozen already',
      );
      if (suggestions > 0)
        console.log(`Replacement plans suggested: ${suggestions} (npx millrace health suggestions)`);
      if (restated.length > 0) {
        console.log('Customer health restated since freeze (npx millrace health restated --month YYYY-MM):');
        printRows(restated, false);
      }
    });
}

function toMonth(text: string): string {
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(text)) throw new InvalidArgumentError('a month is written YYYY-MM.');
  return text;
}
