import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import type { Command } from 'commander';
import { MillraceError } from '../../connectors/kit';
import { accountFile } from '../finance/accountFile';
import {
  DISPUTE_OUTCOMES,
  DISPUTE_REASONS,
  type DisputeClosing,
  type DisputeInput,
} from '../finance/financeWork';
import type { SetupOptions } from '../setup/setup';
import type { Work } from '../work/work';
import type { Language } from '../words/finance';
import { toDay } from './dayArgument';
import { printRows } from './output';
import { withWork } from './withWork';

type Common = () => SetupOptions & { json?: boolean };

interface AccountOptions {
  from: string;
  to: string;
  out: string;
  language: string;
  as: string;
}

interface DisputeOptions {
  item?: string;
  document?: string;
  amount?: string;
  reason: string;
  note?: string;
  since?: string;
  as: string;
}

interface CloseOptions {
  outcome: string;
  deduction?: string;
  note?: string;
  as: string;
}

/** Adds `millrace statement-of-account`, `dispute`, `control` and `morning` (docs/finance.md). */
export function addFinanceCommands(program: Command, common: Common): void {
  addAccount(program, common);
  addDisputes(program, common);
  addControl(program, common);
  program
    .command('morning')
    .description("finance's morning list: what to do first")
    .option('--all', 'also what is done or put off')
    .option('--as <user>', 'with the rights of this user', 'admin')
    .action(async ({ all = false, as }: { all?: boolean; as: string }) => {
      const list = await withWork(common(), (work) => work.finance.morningList({}, as));
      if (common().json) return console.log(JSON.stringify(list, null, 2));
      printRows(
        list.tasks
          .filter(({ state }) => all || state === 'open' || state === 'asked')
          .map(({ task_kind, task_date, customer_name, who, document_number, amount_cny, days, state }) => ({
            task: task_kind ?? null,
            date: task_date ?? null,
            customer: customer_name ?? null,
            ask: who ?? null,
            document: document_number ?? null,
            amount: amount_cny ?? null,
            days: days ?? null,
            state: state ?? null,
          })),
        false,
      );
    });
}

function addAccount(program: Command, common: Common): void {
  program
    .command('statement-of-account [customer]')
    .description(
      '对账单 as PDF or Excel; without a customer one file each for all that have anything to state',
    )
    .requiredOption('--from <day>', 'first day, YYYY-MM-DD', toDay)
    .requiredOption('--to <day>', 'last day, YYYY-MM-DD', toDay)
    .requiredOption('--out <file>', 'FILE.pdf or FILE.xlsx; for all customers FOLDER/*.pdf or FOLDER/*.xlsx')
    .option('--language <zh|en>', 'of the document', 'zh')
    .option('--as <user>', 'with the rights of this user', 'admin')
    .action(async (customer: string | undefined, options: AccountOptions) => {
      const files = await withWork(common(), (work) => writeAccounts(work, customer, options));
      if (common().json) console.log(JSON.stringify(files, null, 2));
      else for (const { file, closing } of files) console.log(`Wrote ${file}, closing balance ${closing}`);
    });
}

async function writeAccounts(
  { finance }: Work,
  customer: string | undefined,
  { from, to, out, language, as }: AccountOptions,
): Promise<{ file: string; closing: string }[]> {
  const format = extname(out).slice(1).toLowerCase();
  if (format !== 'pdf' && format !== 'xlsx')
    throw new MillraceError('bad_request', { what: '--out ends with .pdf or .xlsx', where: `file ${out}` });
  const isMany = basename(out, extname(out)) === '*';
  if (isMany === (customer !== undefined))
    throw new MillraceError('bad_request', {
      what: isMany ? 'FOLDER/* is for all customers: leave the customer out' : 'Name a customer',
      todo: `For all customers write --out FOLDER/*.${format}`,
    });
  const words: Language = language === 'en' ? 'en' : 'zh';
  const customers =
    customer === undefined
      ? (await finance.accountCustomers({ from, to }, as)).map(({ customer_id }) => String(customer_id))
      : [customer];
  const folder = out.slice(0, out.length - basename(out).length);
  if (isMany) mkdirSync(folder || '.', { recursive: true });
  const written: { file: string; closing: string }[] = [];
  for (const one of customers) {
    const account = await finance.statementOfAccount({ customer: one, from, to, format }, as);
    const { name, bytes } = await accountFile(account, format, words, as);
    const file = isMany ? join(folder, `${written.length + 1}_${name}`) : out; // two customers may have one name
    writeFileSync(file, bytes);
    written.push({ file, closing: account.closing.account });
  }
  return written;
}

function addDisputes(program: Command, common: Common): void {
  const dispute = program
    .command('dispute')
    .description('what customers contest, with reasons; receivables stay');
  dispute
    .command('list')
    .description('open disputes')
    .option('--all', 'also closed ones')
    .option('--customer <id or name>', 'only this customer')
    .option('--as <user>', 'with the rights of this user', 'admin')
    .action(async ({ as, ...filter }: { all?: boolean; customer?: string; as: string }) => {
      const { rows, totals } = await withWork(common(), ({ finance }) => finance.disputes(filter, as));
      if (common().json) return console.log(JSON.stringify({ rows, totals }, null, 2));
      printRows(rows, false);
      console.log(`\n${totals.open} open, ${totals.disputed} CNY of receivables in dispute`);
    });
  dispute
    .command('open')
    .description('on an open item, or on a document: its items in the order they fall due')
    .option('--document <number>', 'receivable document')
    .option('--item <id>', 'or one open item')
    .option('--amount <money>', 'CNY; default all that is open')
    .requiredOption('--reason <word>', DISPUTE_REASONS.join(', '))
    .option('--note <text>', 'what the customer says')
    .option('--since <day>', 'since when, YYYY-MM-DD; default today', toDay)
    .option('--as <user>', 'who opens it', 'admin')
    .action(async ({ as, reason, ...rest }: DisputeOptions) => {
      const input: DisputeInput = { ...rest, reason: oneOf(DISPUTE_REASONS, reason, '--reason') };
      const ids = await withWork(common(), ({ finance }) => finance.openDispute(input, as));
      if (common().json) console.log(JSON.stringify(ids));
      else console.log(`Opened ${ids.join(', ')}`);
    });
  dispute
    .command('close <dispute>')
    .description('with what came of it')
    .requiredOption('--outcome <word>', DISPUTE_OUTCOMES.join(', '))
    .option('--deduction <money>', 'with the outcome deduction: what was agreed to be taken off')
    .option('--note <text>', 'why')
    .option('--as <user>', 'who closes it', 'admin')
    .action(async (disputeId: string, { as, outcome, ...rest }: CloseOptions) => {
      const input: DisputeClosing = {
        ...rest,
        disputeId,
        outcome: oneOf(DISPUTE_OUTCOMES, outcome, '--outcome'),
      };
      await withWork(common(), ({ finance }) => finance.closeDispute(input, as));
      console.log(common().json ? JSON.stringify({ closed: disputeId }) : `Closed ${disputeId}`);
    });
}

function addControl(program: Command, common: Common): void {
  const control = program
    .command('control')
    .description("control totals: ours against the source's own figures");
  control
    .command('import <file>')
    .description('ledger balances (.csv, .xlsx, .xls); without --yes it only says what it holds')
    .option('--yes', 'keep them')
    .option('--as <user>', 'who imports', 'admin')
    .action(async (file: string, { yes = false, as }: { yes?: boolean; as: string }) => {
      const content = readFileSync(file);
      const report = await withWork(common(), ({ finance }) =>
        finance.importControl({ name: basename(file), content, apply: yes }, as),
      );
      if (common().json) return console.log(JSON.stringify(report, null, 2));
      for (const { row, problem } of report.problems) console.log(`  ✗ row ${row}: ${problem}`);
      if (!yes) console.log(`Would keep ${report.figures} figures. Nothing was changed. Do it with --yes`);
      else if (report.added === 0)
        console.log(`0 new, ${report.figures} known: this file was imported before`);
      else console.log(`Kept ${report.added} figures; the next build compares them`);
    });
  control
    .command('list')
    .description('totals, and with --month or --entity the documents that differ')
    .option('--month <month>', 'YYYY-MM')
    .option('--entity <connection>', 'only these books')
    .option('--as <user>', 'with the rights of this user', 'admin')
    .action(async ({ as, ...filter }: { month?: string; entity?: string; as: string }) => {
      const found = await withWork(common(), ({ finance }) => finance.control(filter, as));
      if (common().json) return console.log(JSON.stringify(found, null, 2));
      printRows(found.totals, false);
      if (found.differences.length > 0) printRows(found.differences, false);
    });
}

function oneOf<const Word extends string>(words: readonly Word[], told: string, option: string): Word {
  const word = words.find((one) => one === told);
  if (word !== undefined) return word;
  throw new MillraceError('bad_request', {
    what: `${option} is one of ${words.join(', ')}`,
    where: `“${told}”`,
  });
}
