import { userInfo } from 'node:os';
import type { Command } from 'commander';
import type { Profile } from '../../warehouse';
import { fieldPlaceOf } from '../quarantine/places';
import type { SetupOptions } from '../setup/setup';
import { printRows } from './output';
import { withWork } from './withWork';

type Common = () => SetupOptions & { json?: boolean };

/** Adds `millrace columns list|show|accept|reject` (docs/quarantine-and-drift.md). */
export function addColumnCommands(program: Command, common: Common): void {
  const columns = program.command('columns').description('fields that vendors send and no contract names');
  columns
    .command('list [connection]')
    .description('what is proposed')
    .option('--all', 'also what was accepted or rejected')
    .action(async (connection: string | undefined, { all }: { all?: boolean }) => {
      const options = common();
      const rows = await withWork(options, ({ contracts }) =>
        contracts.columns({ ...(connection !== undefined && { connection }), ...(all && { all }) }),
      );
      printRows(rows, options.json ?? false);
    });
  columns
    .command('show <field>')
    .description('what all stored values look like; a field is connection.stream.field')
    .action(async (field: string) => {
      const options = common();
      const found = await withWork(options, ({ contracts }) => contracts.column(fieldPlaceOf(field)));
      if (options.json) console.log(JSON.stringify(found, null, 2));
      else printProfile(found);
    });
  columns
    .command('accept <field>')
    .description('make a column of it and fill it from all that is stored')
    .option(
      '--as <kind>',
      'money, quantity, integer, flag, businessDate, … (default: what the values look like)',
    )
    .option('--column <name>', "name of the column (default: the vendor's)")
    .option('--force', 'although values do not fit: they stay in _extra')
    .option('--by <name>', 'who says so', userInfo().username)
    .action(async (field: string, request: AcceptOptions) => {
      const options = common();
      const { as: kind, column, force = false, by } = request;
      const accepted = await withWork(options, ({ contracts }) =>
        contracts.acceptColumn({
          ...fieldPlaceOf(field),
          by,
          isForced: force,
          ...(kind !== undefined && { kind }),
          ...(column !== undefined && { column }),
        }),
      );
      printRows([{ ...accepted }], options.json ?? false);
    });
  columns
    .command('reject <field>')
    .description('propose it no more; its values stay in _extra')
    .option('--by <name>', 'who says so', userInfo().username)
    .action(async (field: string, { by }: { by: string }) => {
      await withWork(common(), ({ contracts }) => contracts.rejectColumn({ ...fieldPlaceOf(field), by }));
    });
}

interface AcceptOptions {
  as?: string;
  column?: string;
  force?: boolean;
  by: string;
}

function printProfile({ fits, samples, kind, ...profile }: Profile): void {
  printRows([{ ...profile }], false);
  console.log(`\nlooks like ${kind}; values that fit:`);
  for (const [name, share] of Object.entries(fits))
    console.log(`  ${name.padEnd(12)} ${(share * 100).toFixed(share === 1 || share === 0 ? 0 : 2)} %`);
  console.log('\nmost frequent:');
  for (const sample of samples) console.log(`  ${sample}`);
}
