import { isAbsolute, join } from 'node:path';
import { z } from 'zod';
import { defineConnector, MillraceError } from '../kit';
import { readStatement, statementNames } from './folder';
import { type BankFiles, knownFiles, readFiles, readTransactions } from './reading';
import { parseStatement } from './statement';
import { files, transactions } from './streams';

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
  settleSeconds: z.number().min(0).default(2),
  pageRows: z.int().min(1).default(PAGE_ROWS),
});

/** CSV exports of Chinese banks in a folder (企业网银导出). */
export const bankCn = defineConnector({
  name: 'bank_cn',
  title: { zh: '银行流水文件', en: 'Bank statement files (China)' },
  spec,
  streams: [transactions, files],
  open: ({ folder, ownNames, account, settleSeconds, pageRows }, kit): BankFiles => ({
    folder: isAbsolute(folder) ? folder : join(kit.folder, folder),
    ownNames,
    account,
    settleMs: settleSeconds * 1_000,
    pageRows,
    now: kit.now,
  }),
  async check(bank) {
    const names = await statementNames(bank.folder);
    const problems: string[] = [];
    for (const name of names) {
      const { bytes } = await readStatement(bank.folder, name, bank.settleMs);
      const statement = parseStatement(bytes, name, bank.account);
      if (!('problem' in statement)) return; // one bad file must not hold up the others; it is shown in `files`
      problems.push(`${name}: ${statement.problem}`);
    }
    if (problems.length === 0) return;
    throw new MillraceError('file_unreadable', {
      what: `No file of the folder is a statement that we can read. ${problems[0] ?? ''}`,
      where: `folder ${bank.folder}`,
      todo: 'Export as CSV from the e-banking site, or describe the layout in connectors/bank_cn/layouts',
    });
  },
  read(bank, stream, state) {
    return stream.name === 'files'
      ? readFiles(bank, knownFiles(state))
      : readTransactions(bank, knownFiles(state));
  },
});
