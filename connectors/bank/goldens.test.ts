import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { amountOf, dateOf } from './cells';
import { compareFolder } from './goldens';

/** Real exports with results that other programs expect; those without a licence are read where they lie beside the project. */
const PEERS = join(__dirname, 'fixtures', 'peers');
const REAL = process.env.MILLRACE_REALDATA ?? join(__dirname, '..', '..', '..', 'shared', 'realdata');
const ACCOUNT = 'TEST-ACCOUNT';

/** Lines that the other program's rules leave out: its own shops, transfers to a card, an order that was closed and its refund. */
const LEFT_OUT_BY_PEER: Record<string, number[]> = {
  deg_alipay: [32, 33],
  deg_boc_credit: [4, 6, 7, 8, 9, 13, 15],
  'deg_icbc_debit-v1': [9, 14, 17, 18],
};

test.each(compareFolder(PEERS, ACCOUNT).map((found) => [found.file, found] as const))('%s', (file, found) => {
  expect(found).toMatchObject({
    refused: null,
    rejected: 0,
    wrongAmounts: 0,
    otherTexts: [],
    matched: found.expected,
  });
  expect(found.rows).toBe(found.entries + found.ignored);
  const stem = file.replace(/(\.gbk)?\.[a-z]+$/, '');
  if (found.isExpectedKnown) expect(found.more).toEqual(LEFT_OUT_BY_PEER[stem] ?? []);
});

const corporate = compareFolder(join(REAL, 'bank-cn-corporate'), ACCOUNT);
if (corporate.length > 0) {
  test.each(corporate.map((found) => [found.file, found] as const))('%s of a company', (_file, found) => {
    expect(found).toMatchObject({
      refused: null,
      wrongAmounts: 0,
      otherTexts: [],
      more: [],
      matched: found.expected,
    });
    expect(found.rows).toBe(found.entries + found.ignored + found.rejected);
  });
}

const formsFile = join(REAL, 'bank-cn-corporate', 'date_and_amount_forms.json');
if (existsSync(formsFile)) {
  const forms = JSON.parse(readFileSync(formsFile, 'utf8')) as {
    dates: Record<string, string | null>;
    amounts: Record<string, string>;
  };
  test.each(Object.entries(forms.dates))('the date %s', (text, expected) => {
    expect(dateOf(text) ?? null).toBe(expected);
  });
  test.each(Object.entries(forms.amounts))('the amount %s', (text, expected) => {
    expect(amountOf(text)).toBe(expected.split(' ')[0]);
  });
}
