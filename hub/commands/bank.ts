import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Command } from 'commander';
import { MillraceError } from '../../connectors/kit';
import { bankWithoutConfig } from '../bank/bankOver';
import type { BankFilePreview, HandedFile } from '../bank/bankWork';
import { DEFAULT_CONFIG, type SetupOptions } from '../setup/setup';
import { readHubNote } from '../work/hubNote';
import { withWork } from './withWork';

type Common = () => SetupOptions & { json?: boolean };
type Options = ReturnType<Common>;

interface FileOptions {
  connection?: string;
  account?: string;
}

/** Adds `millrace bank preview|import` (connectors/bank/README.md). */
export function addBankCommands(program: Command, common: Common): void {
  const bank = program.command('bank').description('files of banks and wallets');
  bank
    .command('preview <file>')
    .description('what loading the file would do: layout, lines, rejected rows with reasons, balances')
    .option('--connection <name>', 'whose folder it is compared with, where several read bank files')
    .option('--account <digits>', 'of a file that names no account')
    .action(async (file: string, options: FileOptions) => preview(common(), file, options));
  bank
    .command('import <file>')
    .description(
      "put the file into the connection's folder and load it; what is there already stays as it is",
    )
    .option('--connection <name>', 'which one, where several read bank files')
    .option('--account <digits>', 'of a file that names no account')
    .action(async (file: string, options: FileOptions) => add(common(), file, options));
}

async function preview(options: Options, file: string, given: FileOptions): Promise<void> {
  const handed = handedOf(file, given);
  const isAlone = !readHubNote(options.data) && !existsSync(options.config ?? DEFAULT_CONFIG);
  const found = isAlone
    ? await bankWithoutConfig.preview(handed)
    : await withWork(options, (work) => work.bank.preview(handed));
  if (options.json) console.log(JSON.stringify(found, null, 2));
  else print(found);
  if (found.rejected.length > 0) process.exitCode = 1;
}

async function add(options: Options, file: string, given: FileOptions): Promise<void> {
  const added = await withWork(options, async (work) => {
    const done = await work.bank.add(handedOf(file, given));
    if (!done.isSyncing) await work.sync({ connection: done.connection });
    return done;
  });
  if (options.json) console.log(JSON.stringify(added, null, 2));
  else {
    print(added);
    console.log(
      `Saved as ${added.savedAs}${added.isSyncing ? '; the hub loads it now (millrace runs)' : ', loaded'}`,
    );
  }
  if (added.rejected.length > 0) process.exitCode = 1;
}

function handedOf(file: string, { connection, account }: FileOptions): HandedFile {
  try {
    return { name: basename(file), content: readFileSync(file), connection, account };
  } catch (cause) {
    throw new MillraceError('file_unreadable', {
      what: `The file cannot be read: ${(cause as NodeJS.ErrnoException).code ?? 'unknown'}`,
      where: `file ${file}`,
      cause,
    });
  }
}

function print(found: BankFilePreview): void {
  console.log(`${[found.bank, found.layout, found.format, found.encoding].filter(Boolean).join(', ')}`);
  for (const {
    account,
    currency,
    from,
    to,
    opening,
    closing,
    total,
    entries,
    isOk,
    difference,
    firstGap,
  } of found.statements) {
    const days = from === null && to === null ? '' : `, ${from ?? '…'} to ${to ?? '…'}`;
    const balances = opening === null ? '' : `, ${opening} + ${total} = ${closing}`;
    const gap = firstGap === null ? '' : `, line ${firstGap.line} does not follow: ${firstGap.difference}`;
    const verdict =
      isOk === null ? 'no balances' : isOk ? 'balances' : `does not balance: ${difference ?? ''}${gap}`;
    console.log(`account ${account} ${currency}${days}: ${entries} lines${balances} (${verdict})`);
  }
  for (const { line, reason } of found.rejected) console.log(`line ${line} ✗ ${reason}`);
  for (const { line, text } of found.notes) console.log(`line ${line} ${text}`);
  const names = new Map<string, number>();
  for (const { name } of found.ignored) names.set(name, (names.get(name) ?? 0) + 1);
  const ignored = [...names].map(([name, count]) => `${count} ${name}`).join(', ');
  console.log(
    `${found.rows} rows = ${found.entries} lines + ${found.ignored.length} ignored${ignored ? ` (${ignored})` : ''} + ${found.rejected.length} rejected`,
  );
  if (found.newEntries !== null) console.log(`${found.newEntries} new, ${found.knownEntries} known`);
  if (found.duplicateOf !== null) console.log(`The same file is there as ${found.duplicateOf}`);
}
