import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkBalances } from './balances';
import { amountOf, dateOf } from './cells';
import { layouts } from './layouts';
import { type Entry, parseStatement, type Statement } from './statement';

const FIXTURES = join(__dirname, 'fixtures');
/** Real files and their expected results, beside the project where they exist; the fixtures stand for the same layouts. */
const REAL = join(__dirname, '..', '..', '..', 'shared', 'realdata');
const ACCOUNT = 'TEST-ACCOUNT';

interface Expected {
  layout: string;
  account: string | null;
  period?: { from: string; to: string };
  entries: (Partial<Entry> & { line: number })[];
  ignored: string[];
  rejected: { line: number; why: string }[];
  balance: {
    isOk: boolean;
    opening: string;
    closing: string;
    firstGap?: { line: number; difference: string };
  };
}

const readJson = (file: string) => JSON.parse(readFileSync(file, 'utf8')) as unknown;
const namesIn = (folder: string, pattern: RegExp) =>
  existsSync(folder) ? readdirSync(folder).filter((name) => pattern.test(name)) : [];

function statementOf(file: string): Statement {
  const statement = parseStatement(readFileSync(file), file.split('/').at(-1) ?? '', ACCOUNT);
  if ('problem' in statement) throw new Error(statement.problem);
  return statement;
}

describe('a file of each layout', () => {
  const names = namesIn(FIXTURES, /\.csv$/);

  test('every bank has one', () => {
    const banks = names.map(
      (name) => layouts.find((layout) => layout.name === expectedOf(name).layout)?.bank,
    );
    expect(new Set(banks)).toEqual(new Set(layouts.map(({ bank }) => bank)));
  });

  test.each(names)('%s: every row is an entry, named or rejected', (name) => {
    const expected = expectedOf(name);
    const statement = statementOf(join(FIXTURES, name));
    expect(statement).toMatchObject({ layout: expected.layout, account: expected.account });
    expect(statement.entries).toMatchObject(expected.entries);
    expect(statement.entries).toHaveLength(expected.entries.length);
    expect(statement.ignored.map((row) => row.name)).toEqual(expected.ignored);
    expect(statement.rejected.map(({ line, why }) => ({ line, why }))).toEqual(expected.rejected);
    expect(statement.rows).toBe(expected.entries.length + expected.ignored.length + expected.rejected.length);
    expect(statement.period).toEqual(expected.period);
    expect(checkBalances(statement.entries)).toMatchObject(expected.balance);
  });

  function expectedOf(name: string): Expected {
    return readJson(join(FIXTURES, name.replace(/csv$/, 'expected.json'))) as Expected;
  }
});

const corporate = join(REAL, 'bank-cn-corporate');
const corporateNames = namesIn(corporate, /\.csv$/);
if (corporateNames.length > 0) {
  describe('files of companies, with expected results', () => {
    test.each(corporateNames)('%s', (name) => {
      const expected = readJson(join(corporate, name.replace(/csv$/, 'expected.json'))) as {
        account?: string;
        entries: {
          date: string;
          amount: string;
          counterparty?: string;
          text: string;
          balance?: string;
          counterparty_account?: string;
          serial?: string;
        }[];
        rejected?: { line: number; why: string }[];
      };
      const statement = statementOf(join(corporate, name));
      const seen = statement.entries.map(
        ({ date, amount, counterpartyName, remark, balance, counterpartyAccount, reference }) => ({
          date,
          amount,
          ...(counterpartyName !== null && { counterparty: counterpartyName }),
          text: remark?.split(' ')[0],
          ...(balance !== null && { balance }),
          ...(counterpartyAccount !== null && { counterparty_account: counterpartyAccount }),
          ...(reference !== null && { serial: reference }),
        }),
      );
      expect(seen).toEqual(expected.entries);
      expect(statement.account).toBe(expected.account?.replace(/\s/g, '') ?? ACCOUNT);
      expect(statement.rejected.map(({ line, why }) => ({ line, why }))).toEqual(expected.rejected ?? []);
    });

    const forms = readJson(join(corporate, 'date_and_amount_forms.json')) as {
      dates: Record<string, string | null>;
      amounts: Record<string, string>;
    };
    test.each(Object.entries(forms.dates))('the date %s', (text, expected) => {
      expect(dateOf(text) ?? null).toBe(expected);
    });
    test.each(Object.entries(forms.amounts))('the amount %s', (text, expected) => {
      expect(amountOf(text)).toBe(expected.split(' ')[0]);
    });
  });
}

const cards = join(REAL, 'bank-cn');
const cardNames = namesIn(cards, /^deg_(icbc|abc|cmb|bocom|boc).*\.csv$/);
if (cardNames.length > 0) {
  describe('files of persons, against the ledger of another program', () => {
    /** Lines that the other program's example rules ignore (shops, their refunds, transfers to a card), so ours are more. */
    const LEFT_OUT_BY_PEER: Record<string, number[]> = {
      deg_boc_credit: [4, 6, 7, 8, 9, 13, 15],
      'deg_icbc_debit-v1': [9, 14, 17, 18],
    };
    test.each(cardNames)('%s', (name) => {
      const stem = name.replace(/(\.gbk)?\.csv$/, '');
      const { entries } = readJson(join(cards, `${stem}.expected.json`)) as { entries: GoldenEntry[] };
      const statement = statementOf(join(cards, name));
      const left = [...statement.entries];
      for (const golden of entries) {
        const size = golden.postings[0]?.amount.replace('-', '') ?? '';
        const index = left.findIndex(
          ({ date, amount }) => date === golden.date && amount.replace('-', '') === size,
        );
        expect({ golden: [golden.date, size], found: index >= 0 }).toEqual({
          golden: [golden.date, size],
          found: true,
        });
        left.splice(index, 1);
      }
      expect(statement.rejected).toEqual([]);
      expect(left.map(({ line }) => line)).toEqual(LEFT_OUT_BY_PEER[stem] ?? []);
    });
  });
}

interface GoldenEntry {
  date: string;
  postings: { amount: string }[];
}
