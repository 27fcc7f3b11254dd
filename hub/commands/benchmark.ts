import { type Command, InvalidArgumentError } from 'commander';
import { ADMIN } from '../access/users';
import { percentText } from '../benchmarks/routes';
import type { SetupOptions } from '../setup/setup';
import { toDay } from './dayArgument';
import { printRows } from './output';
import { withWork } from './withWork';

type Common = () => SetupOptions & { json?: boolean };

/** Adds `millrace benchmark set|remove|list` (benchmarks/README.md). */
export function addBenchmarkCommands(program: Command, common: Common): void {
  const benchmark = program
    .command('benchmark')
    .description('what a stage should convert, with its source and day');
  benchmark
    .command('list')
    .description('every stage with its benchmark')
    .action(async () => {
      const rows = await withWork(common(), ({ benchmarks }) => benchmarks.list());
      printRows(rows, common().json ?? false);
    });
  benchmark
    .command('set')
    .argument('<stage>', 'its key or name')
    .argument('<percent>', 'for example 35 or 17.5', toPercent)
    .description('of a stage by its key or name, for example: 技术评审 35')
    .requiredOption('--source <text>', 'who says so')
    .requiredOption('--date <day>', 'the day it is of, YYYY-MM-DD', toDay)
    .option('--line <name>', 'only of this business line')
    .option('--by <id>', 'who sets it: a user of the config or a staff number', ADMIN.id)
    .action(
      async (
        stage: string,
        percent: string,
        { by, ...options }: { source: string; date: string; line?: string; by: string },
      ) => {
        const input = { stage, percent, ...options };
        await withWork(common(), ({ benchmarks }) => benchmarks.set(input, by));
        console.log('Set');
      },
    );
  benchmark
    .command('remove <stage>')
    .description("take it back; the CRM's or the seed's stands again")
    .option('--line <name>', 'only of this business line')
    .option('--by <id>', 'who takes it back', ADMIN.id)
    .action(async (stage: string, { by, ...options }: { line?: string; by: string }) => {
      await withWork(common(), ({ benchmarks }) => benchmarks.remove({ stage, ...options }, by));
      console.log('Removed');
    });
}

function toPercent(value: string): string {
  const read = percentText.safeParse(value);
  if (!read.success) throw new InvalidArgumentError('write per cent, for example 35 or 17.5');
  return read.data;
}
