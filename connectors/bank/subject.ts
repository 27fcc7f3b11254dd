import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AcceptanceSubject } from '../kit/acceptance';
import { amountFrom } from './cells';
import { parseFile } from './formats';
import { rejectedIds } from './identity';
import { KnownLines } from './knownLines';
import { BankFolder, type StatementLine, statementFile } from './sandbox';

export const ACCOUNT = '1102020109000123456';
const COMPANY = '苏州演示机件有限公司';
const NO_SERVER = 'A folder of files: there is no server, no login and no request that could fail.';
const NEVER_CHANGES =
  'A booked line never changes: a bank corrects by a further line, and files are never taken back.';

/** Lines of one day or of following days, with balances that chain. */
export function linesFrom(firstDay: number, count: number, isOneDay = false): StatementLine[] {
  return Array.from({ length: count }, (_, index): StatementLine => {
    const day = new Date(Date.UTC(2026, 0, 5 + firstDay + (isOneDay ? 0 : index)));
    return {
      date: day.toISOString().slice(0, 10),
      time: '09:30:00',
      amount: `${firstDay + index + 1}.10`,
      balance: amountFrom(BigInt(firstDay + index + 1) * 1_000n),
      counterpartyName: `客户${firstDay + index}`,
      counterpartyAccount: '3201040160000998877',
      summary: '转账收入',
      purpose: '货款',
      reference: `V${firstDay + index}`,
    };
  });
}

export const statementOf = (lines: StatementLine[]) => ({
  account: ACCOUNT,
  company: COMPANY,
  from: lines[0]?.date ?? '2026-01-05',
  to: lines.at(-1)?.date ?? '2026-01-05',
  lines,
});

/** A folder that every `seed` adds a file to. */
export async function openFolder(): Promise<AcceptanceSubject> {
  const bank = new BankFolder(mkdtempSync(join(tmpdir(), 'millrace-bank-')));
  const ids: string[] = [];
  const known = new KnownLines();
  let made = 0;
  let written = 0;
  const write = (lines: StatementLine[]) => {
    const name = `工行${ACCOUNT}-${String(++written).padStart(3, '0')}.csv`;
    const statement = statementOf(lines);
    bank.write(name, 'icbc_history', statement);
    const parsed = parseFile(statementFile('icbc_history', statement), name);
    ids.push(...known.add(parsed.entries).map(({ id }) => id), ...rejectedIds(parsed.rejected));
    return ids.at(-1) ?? '';
  };
  const config = { folder: bank.folder, settleSeconds: 0, pageRows: 5 };
  return Promise.resolve({
    config,
    wrongConfig: config,
    stream: 'transactions',
    pageRows: 5,
    seed(count, { sameCursor = false } = {}) {
      write(linesFrom(made, count, sameCursor));
      made += count;
    },
    touch: () => undefined,
    remove: () => undefined,
    addBadRow: () => write(linesFrom(made++, 1).map((line) => ({ ...line, amount: '一千元' }))),
    inject: () => undefined,
    forbid: () => undefined,
    recordsAtVendor: () => ids,
    loginAttempts: () => 0,
    businessWords: /./,
    throttledForMs: 0,
    notApplicable: {
      'a wrong password is login_refused and is tried once only': NO_SERVER,
      'a stream that may not be read is named by its check': NO_SERVER,
      'no secret stands in an error': NO_SERVER,
      'throttling is waited for as long as the vendor asks, and loses nothing': NO_SERVER,
      'a session lost in mid-run is renewed once, and nothing is lost': NO_SERVER,
      'a business error inside a good answer is an error in the words of the vendor': NO_SERVER,
      'a truncated body is asked for again: no record lost, none twice': NO_SERVER,
      'a connection that breaks is tried again: no record lost, none twice': NO_SERVER,
      'a page of HTML with status 503 is waited out: no record lost, none twice': NO_SERVER,
      'keys are all keys, on more than one page': NEVER_CHANGES,
      'deleted records are missing from the keys': NEVER_CHANGES,
      'a change is seen by the next read, without reading all again': NEVER_CHANGES,
      'a change that committed late is seen by the next read': NEVER_CHANGES,
      'a record changed while we read hides neither itself nor its neighbour': NEVER_CHANGES,
    },
    close() {
      rmSync(bank.folder, { recursive: true });
      return Promise.resolve();
    },
  });
}
