import { financeWords, type Language } from '../words/finance';
import type { StatementOfAccount } from './accountLines';
import { accountPdf } from './accountPdf';
import { accountSheet } from './accountSheet';

export interface AccountFile {
  /** For a download or a folder, without characters that a file system refuses. */
  name: string;
  type: string;
  bytes: Buffer;
}

const TYPES = {
  pdf: 'application/pdf',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;

export async function accountFile(
  account: StatementOfAccount,
  format: 'pdf' | 'xlsx',
  language: Language,
  exportedBy: string,
): Promise<AccountFile> {
  const words = financeWords[language];
  const bytes =
    format === 'pdf' ? await accountPdf(account, words) : await accountSheet(account, words, exportedBy);
  const title = words.titleOf(account.customerName, account.from, account.to);
  return { name: `${safeName(title)}.${format}`, type: TYPES[format], bytes };
}

/** Names of companies come from data: no path, no control character, at most 120 characters. */
const safeName = (name: string) => name.replaceAll(/[\p{Cc}/\\:*?"<>|]/gu, '_').slice(0, 120);
