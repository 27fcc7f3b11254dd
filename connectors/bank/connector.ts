import { isAbsolute, join } from 'node:path';
import { z } from 'zod';
import { defineConnector, MillraceError } from '../kit';
import { readStatement, statementNames } from './folder';
import { withOwn } from './layouts';
import { type BankFiles, parsedOf } from './parsedFiles';
import { knownFiles, readFiles, readStatements, readTransactions } from './reading';
import { files, statements, transactions } from './streams';

const PAGE_ROWS = 5_000; // a page's rows are in memory

const spec = z.object({
  folder: z
    .string()
    .min(1)
    .meta({ hint: { zh: '存放银行流水文件的文件夹', en: 'Folder with the statement files' } }),
  ownNames: z
    .array(z.string())
    .default([])
    .meta({ hint: { zh: '本公司户名，用于识别内部划转', en: 'Own company names' } }),
  account: z
    .string()
    .optional()
    .meta({ hint: { zh: '文件和文件名都没有账号时用', en: 'Account of files that name none' } }),
  layouts: z
    .string()
    .optional()
    .meta({ hint: { zh: '自己的银行版式（JSON）文件夹', en: 'Folder with own bank layouts (JSON)' } }),
  settleSeconds: z.number().min(0).default(2),
  pageRows: z.int().min(1).default(PAGE_ROWS),
});

type Spec = z.infer<typeof spec>;

/** Files of banks and wallets in a folder (银行流水): exports of Chinese banks, CAMT and MT940. */
export const bank = defineConnector({
  name: 'bank',
  formerNames: ['bank_cn'],
  title: { zh: '银行流水文件', en: 'Bank statement files' },
  spec,
  streams: [transactions, files, statements],
  open: (config, kit) => bankFilesOf(config, kit.folder, kit.now),
  async check(bankFiles) {
    const names = await statementNames(bankFiles.folder);
    const problems: string[] = [];
    for (const name of names) {
      const read = parsedOf(bankFiles, await readStatement(bankFiles.folder, name, bankFiles.settleMs));
      if (read.problem === undefined) return; // one bad file must not hold up the others; it is shown in `files`
      problems.push(`${name}: ${read.problem}`);
    }
    if (problems.length === 0) return;
    throw new MillraceError('file_unreadable', {
      what: `No file of the folder is a statement that we can read. ${problems[0] ?? ''}`,
      where: `folder ${bankFiles.folder}`,
      todo: 'Export again from the e-banking site, or describe the layout in a JSON file of the folder `layouts`',
    });
  },
  read(bankFiles, stream, state) {
    const known = knownFiles(state);
    if (stream.name === 'files') return readFiles(bankFiles, known);
    return stream.name === 'statements'
      ? readStatements(bankFiles, known)
      : readTransactions(bankFiles, known);
  },
});

/** The folder of a connection as its config gives it; relative paths lie in `base`. */
export function bankFilesOf(config: unknown, base: string, now: () => Date): BankFiles {
  const { folder, ownNames, account, layouts, settleSeconds, pageRows }: Spec = spec.parse(config);
  const inBase = (path: string) => (isAbsolute(path) ? path : join(base, path));
  return {
    folder: inBase(folder),
    ownNames,
    account,
    layouts: withOwn(layouts === undefined ? undefined : inBase(layouts)),
    settleMs: settleSeconds * 1_000,
    pageRows,
    now,
  };
}
