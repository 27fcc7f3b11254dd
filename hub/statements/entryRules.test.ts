import { amountOf, isDay, refuseAtEntry, wordProblems } from './entryRules';
import { certaintyOf, dayOf, headed } from './sheetWords';
import type { StatementInput } from './statementWork';

const day = { today: '2025-09-30', nextWorkday: '2025-10-09' };
const said = (more: Partial<StatementInput>): StatementInput => ({
  document: 'AR-1',
  amount: '180000',
  expectedDate: '2025-09-30',
  certainty: 'confirmed',
  evidence: '水单 0930',
  ...more,
});
const refusal = (more: Partial<StatementInput>): string => {
  try {
    refuseAtEntry(said(more), day);
    return 'taken';
  } catch (error) {
    return String((error as Error).message);
  }
};

test.each([
  ['1,234.5', '1234.50'],
  ['１２３４．５６', '1234.56'],
  ['¥ 1,000,000', '1000000.00'],
  ['470000元', '470000.00'],
  ['007', '7.00'],
  ['12,34.00', undefined],
  ['1.234', undefined],
  ['-5', undefined],
  ['abc', undefined],
  ['', undefined],
])('the amount %s is %s', (text, exact) => expect(amountOf(text)).toBe(exact));

test.each([
  ['2026-02-28', true],
  ['2026-02-30', false],
  ['2026-2-8', false],
])('the day %s', (text, is) => expect(isDay(text)).toBe(is));

test.each<[string, Partial<StatementInput>, RegExp]>([
  ['confirmed for today with evidence', {}, /taken/],
  ['confirmed for the next workday', { expectedDate: '2025-10-09' }, /taken/],
  ['confirmed for a later day', { expectedDate: '2025-10-10' }, /later than the next workday, 2025-10-09/],
  ['confirmed without evidence', { evidence: '  ' }, /needs evidence/],
  ['promised for later', { certainty: 'promised', expectedDate: '2025-11-10', evidence: '' }, /taken/],
  ['expected for a day that is over', { certainty: 'expected', expectedDate: '2025-09-29' }, /is over/],
  ['a withdrawal, whatever day it names', { isWithdrawn: true, expectedDate: '2025-11-10' }, /taken/],
  ['no money', { amount: '0.00' }, /no sum of money above 0/],
  ['document and order', { order: 'SO-1' }, /a document and an order/],
])('at entry: %s', (_what, more, expected) => expect(refusal(more)).toMatch(expected));

test('words are all checked, so that one answer tells everything', () => {
  expect(
    wordProblems(said({ amount: 'x', expectedDate: 'soon', certainty: 'sure' as 'expected' })),
  ).toHaveLength(3);
});

test.each([
  ['预计下周付款', 'expected'],
  ['已确认回款', 'confirmed'],
  ['待确认', 'expected'],
  ['未确认', 'expected'],
  ['客户承诺', 'promised'],
  ['预计（已确认）', undefined],
  ['看情况', undefined],
])('the word %s means %s', (word, certainty) => expect(certaintyOf(word)).toBe(certainty));

test.each([
  ['2026/3/5', '2026-03-05'],
  ['2026年3月5日', '2026-03-05'],
  ['20260305', '2026-03-05'],
  ['2026-03-05 10:00:00', '2026-03-05'],
  ['3/5/2026', undefined],
])('the sheet’s day %s is %s', (text, exact) => expect(dayOf(text)).toBe(exact));

test('a header row is known by its words, wherever they stand', () => {
  expect([
    ...headed(['序号', '客户名称', '应收单号', '金额（元）', '预计回款 日期', '状态', '状态']),
  ]).toEqual([
    ['customer', 1],
    ['document', 2],
    ['amount', 3],
    ['expectedDate', 4],
    ['certainty', 5],
  ]);
});
