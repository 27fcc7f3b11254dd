import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MillraceError } from '../../kit';
import type { Entry, ParsedFile } from '../parsed';
import { parseMt940 } from './parseMt940';

/** Files of other projects' tests with what those projects expect of them; fixtures/LICENSES.md names them. */
const folder = join(__dirname, '../fixtures/mt940');
const names = readdirSync(folder)
  .filter((name) => name.endsWith('.sta'))
  .map((name) => name.replace(/\.sta$/, ''));
const parse = (name: string): ParsedFile =>
  parseMt940(readFileSync(join(folder, `${name}.sta`)), `${name}.sta`, { account: 'none', currency: 'XXX' });

interface Expected {
  account: string | null;
  statement_no: string | null;
  opening: { amount: string; currency: string } | null;
  closing: { amount: string; currency: string } | null;
  transactions: {
    value_date: string;
    entry_date?: string;
    amount: string;
    bank_ref?: string;
    counterparty?: string;
    counterparty_iban?: string;
    purpose?: string;
    details?: string | { purpose?: string; applicant_name?: string; applicant_iban?: string };
  }[];
}

function expectedOf(name: string): { statements?: Expected[]; file?: Expected } | undefined {
  if (!readdirSync(folder).includes(`${name}.expected.json`)) return undefined;
  return JSON.parse(readFileSync(join(folder, `${name}.expected.json`), 'utf8')) as { file?: Expected };
}

/** Fragments without any field of a statement. */
const REFUSED = ['invalid_statement', 'empty_86', 'empty_non_swift', 'sepa_snippet_broken'];
const isRefused = (name: string) => REFUSED.some((end) => name.endsWith(end));
const expected = names.flatMap((name) => {
  const of = isRefused(name) ? undefined : expectedOf(name);
  return of ? [{ name, of }] : [];
});

const plain = (text: string) => text.replace(/\s/g, '');
/** Ours may be the IBAN (?38) that ends with theirs (?31). */
const accountOf = (own: string, theirs = ''): string => (own.endsWith(theirs) ? own : theirs);
const facts = ({ date, valueDate, amount }: Entry) => ({ date, valueDate, amount });
const factsOf = ({ value_date, entry_date, amount }: Expected['transactions'][number]) => ({
  date: entry_date || value_date,
  valueDate: value_date,
  amount,
});

test.each(expected)(
  '$name: statements, balances, dates and amounts are those that its project expects',
  ({ name, of }) => {
    const parsed = parse(name);
    const last = (amount: (facts: ParsedFile['statements'][number]) => string | null) =>
      parsed.statements.map(amount).at(-1);
    if (of.statements) {
      expect(
        parsed.statements.map(({ account, number, opening, closing }) => [
          account,
          number?.split('/')[0],
          opening,
          closing,
        ]),
      ).toEqual(
        of.statements.map(({ account, statement_no, opening, closing }) => [
          account,
          statement_no,
          opening?.amount,
          closing?.amount,
        ]),
      );
      expect(
        of.statements.map((_, index) =>
          parsed.entries.filter(({ statement }) => statement === index).map(facts),
        ),
      ).toEqual(of.statements.map(({ transactions }) => transactions.map(factsOf)));
    }
    if (of.file) {
      const { account, opening, transactions } = of.file;
      expect([last((each) => each.account), last((each) => each.opening)]).toEqual([
        account ?? 'none',
        opening?.amount ?? null,
      ]);
      expect(parsed.entries.map(facts)).toEqual(transactions.map(factsOf));
    }
  },
);

test.each(expected)(
  '$name: names, accounts and remarks are those that its project expects',
  ({ name, of }) => {
    const { entries } = parse(name);
    const transactions =
      of.file?.transactions ?? (of.statements ?? []).flatMap((statement) => statement.transactions);
    const found = entries.map((entry) => ({
      name: plain(entry.counterpartyName ?? ''),
      account: entry.counterpartyAccount ?? '',
      remark: plain(entry.remark ?? ''),
    }));
    const wanted = transactions.map(({ counterparty, counterparty_iban, purpose, details }, index) => {
      const parts = typeof details === 'object' ? details : {};
      const remark = plain(purpose ?? parts.purpose ?? '').replace(/^.*SVWZ\+|^EREF.*MTLG:|^KREF.*MTLG:/, '');
      return {
        name: plain(counterparty ?? parts.applicant_name ?? found[index]?.name ?? ''),
        account: accountOf(found[index]?.account ?? '', counterparty_iban ?? parts.applicant_iban),
        remark: found[index]?.remark.startsWith(remark) ? found[index].remark : remark, // ours goes on with ?60
      };
    });
    expect(found).toEqual(wanted);
  },
);

test('a closing balance without its currency is read where its project reads 0.00 (raphaelm)', () => {
  const { statements, notes } = parse('mt942_special-cases_raphaelm');
  expect(statements.map(({ closing }) => closing)).toEqual(['105000.00', '145000.00', '95000.00']);
  expect(notes).toEqual([]); // and all three balance
});

test.each(names.filter(isRefused))('%s is refused, with its line', (name) => {
  expect(() => parse(name)).toThrow(MillraceError);
});

test('a line with an amount without its comma is one row in quarantine (Knab)', () => {
  expect(parse('mt940_jejik_knab_broken')).toMatchObject({
    entries: [{ amount: '500.00' }, { amount: '-7260.00' }],
    rejected: [{ line: 17, why: 'amount', amount: 'C 500' }],
  });
});

test('an unknown tag is named', () => {
  expect(parse('mt940_special-cases_unknown_tag').ignored).toEqual([{ line: 9, name: 'unknown tag :12:' }]);
});

/** By hand from the assertions that stand beside the files (jejik). */
test.each`
  name                   | numbers                       | account                  | amounts                                                            | counterparty
  ${'jejik_ing-dos'}     | ${['000']}                    | ${'0001234567'}          | ${['-25.03', '-3.03', '-1.11', '-20.00', '-1.10', '3.68', '1.00']} | ${'0111111111'}
  ${'jejik_sparkasse'}   | ${['00000/001', '00000/001']} | ${'87052000/123456789'}  | ${['-20.00', '-20.00']}                                            | ${'DE12345678901234567890'}
  ${'jejik_commerzbank'} | ${['00143/1']}                | ${'25040066/0123456789'} | ${['-12.35']}                                                      | ${'DE50712345600200691329'}
`(
  '$name as its project asserts',
  ({ name, numbers, account, amounts, counterparty }: Record<string, string> & { name: string }) => {
    const { statements, entries } = parse(name);
    expect(statements.map(({ number }) => number)).toEqual(numbers);
    expect(statements[0]?.account).toBe(account);
    expect(entries.map(({ amount }) => amount)).toEqual(amounts);
    expect(entries[1]?.counterpartyAccount ?? entries[0]?.counterpartyAccount).toBe(counterparty);
  },
);

test('no line of a file is lost: every statement line is an entry, ignored or rejected', () => {
  for (const name of names.filter((each) => !isRefused(each))) {
    const text = readFileSync(join(folder, `${name}.sta`), 'latin1');
    const { entries, ignored, rejected, rows } = parse(name);
    expect([name, rows]).toEqual([name, entries.length + ignored.length + rejected.length]);
    const lines = rejected.filter(({ cells }) => !/ends before its balances/.test(cells[0] ?? ''));
    expect([name, entries.length + lines.length]).toEqual([name, text.split(/^:61:/m).length - 1]);
  }
});
