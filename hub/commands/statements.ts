import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Command } from 'commander';
import { MillraceError } from '../../connectors/kit';
import type { SetupOptions } from '../setup/setup';
import type { Certainty, ImportReport, StatementFilter, StatementInput } from '../statements/statementWork';
import { printRows } from './output';
import { withWork } from './withWork';

type Common = () => SetupOptions & { json?: boolean };

interface StateOptions extends Omit<StatementInput, 'expectedDate' | 'onBehalfOf' | 'isWithdrawn'> {
  date: string;
  as: string;
  for?: string;
  withdraw?: boolean;
}

/** Adds `millrace state` and `millrace statements list|import|undo-import` (docs/finance.md). */
export function addStatementCommands(program: Command, common: Common): void {
  program
    .command('state')
    .description('say what a customer will pay, or has paid; kept for ever as it was said')
    .option('--document <number>', 'the receivable document it is about')
    .option('--order <number>', 'or the order')
    .option('--customer <id or name>', 'or a sum of this customer without a subject')
    .option('--slot <name>', 'tells several such sums apart')
    .requiredOption('--amount <money>', 'CNY, for example 180000.00')
    .requiredOption('--date <day>', 'when it is expected, YYYY-MM-DD')
    .requiredOption('--certainty <word>', 'expected, promised or confirmed')
    .option('--evidence <text>', 'bank line, slip or bill; confirmed needs it')
    .option('--method <text>', 'cash, bank_bill, …')
    .option('--as <user>', 'who says it: user or staff number', 'admin')
    .option('--for <employee>', 'who answers for it, if another one')
    .option('--withdraw', 'takes back what was said about this subject')
    .action(async (options: StateOptions) => state(common(), options));

  const statements = program.command('statements').description('what people said about cash to come');
  statements
    .command('list')
    .description('statements that stand, now or at any past time')
    .option('--as-of <time>', 'what was believed at the end of this day, or at this instant')
    .option('--customer <id or name>', 'only this customer')
    .option('--person <employee>', 'only what this person said')
    .option('--conflicts', 'only subjects on which several people spoke')
    .option('--as <user>', 'with the rights of this user', 'admin')
    .action(async ({ as, ...filter }: StatementFilter & { as: string }) => {
      const { json } = common();
      printRows(await withWork(common(), (work) => work.statements.statements(filter, as)), json ?? false);
    });
  statements
    .command('import <sheet>')
    .description("the sales team's sheet (.xlsx, .xls, .csv); without --yes it only says what it would add")
    .option('--yes', 'do it')
    .option('--as <user>', 'who imports it', 'admin')
    .action(async (file: string, options: { yes?: boolean; as: string }) =>
      importSheet(common(), file, options),
    );
  statements
    .command('undo-import <batch>')
    .description('takes everything an import said back')
    .option('--as <user>', 'who does it', 'admin')
    .action(async (batch: string, { as }: { as: string }) => {
      const withdrawn = await withWork(common(), (work) => work.statements.undoImport(batch, as));
      console.log(common().json ? JSON.stringify({ withdrawn }) : `Took back ${withdrawn} statements`);
    });
}

type Options = ReturnType<Common>;

async function state(
  options: Options,
  { date, as, for: onBehalfOf, withdraw, certainty, ...rest }: StateOptions,
): Promise<void> {
  const input: StatementInput = {
    ...rest,
    certainty: certainty as Certainty, // the rules say what else it is
    expectedDate: date,
    ...(onBehalfOf !== undefined && { onBehalfOf }),
    ...(withdraw && { isWithdrawn: true }),
  };
  const stated = await withWork(options, (work) => work.statements.state(input, as));
  printRows([{ ...stated, doubts: stated.doubts.join(', ') }], options.json ?? false);
}

async function importSheet(
  options: Options,
  file: string,
  { yes = false, as }: { yes?: boolean; as: string },
): Promise<void> {
  const sheet = { name: basename(file), content: contentOf(file), apply: yes };
  const report = await withWork(options, (work) => work.statements.importStatements(sheet, as));
  if (options.json) console.log(JSON.stringify(report, null, 2));
  else print(report, yes);
  if (report.rows.some(({ status }) => status === 'bad')) process.exitCode = 1;
}

function contentOf(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (cause) {
    throw new MillraceError('file_unreadable', {
      what: 'The sheet cannot be read',
      where: `file ${file}`,
      cause,
    });
  }
}

function print({ batch, columns, rows, added }: ImportReport, isDone: boolean): void {
  const count = (wanted: string) => rows.filter(({ status }) => status === wanted).length;
  console.log(
    Object.entries(columns)
      .map(([name, head]) => `${name}: ${head}`)
      .join(', '),
  );
  for (const { row, problems, doubts } of rows) {
    for (const problem of problems) console.log(`row ${row} ✗ ${problem}`);
    if (doubts.length > 0) console.log(`row ${row} kept as said: ${doubts.join(', ')}`);
  }
  console.log(`${count('new')} new, ${count('known')} known, ${count('bad')} bad`);
  console.log(
    isDone
      ? `Added ${added}. Take it back with: millrace statements undo-import ${batch}`
      : 'Nothing was changed. Do it with --yes',
  );
}
