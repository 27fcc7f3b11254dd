import { amountOf } from './amount';
import { entryDate, shortDate } from './dates';
import type { Field } from './fields';

/** What field :61: says about one booking. */
export interface StatementLine {
  line: number;
  valueDate: string;
  /** The value date was 30 February, or the 29th where there is none: the month's last day stands for it. */
  isMovedDate: boolean;
  /** The booking date; null where the bank leaves it out. */
  entryDate: string | null;
  /** Signed: credit and reversal of debit are positive, debit and reversal of credit negative. */
  amount: string;
  /** Its amount has no decimal comma, or its kind is missing: only a statement that adds up with it may keep it. */
  isDoubtful: boolean;
  /** Mark and amount as they are written. */
  written: string;
  /** MT942 also lists what is expected (EC, ED): no booking yet. */
  isExpected: boolean;
  /** Kind of booking: S, N or F and three more, such as NTRF or N426. */
  type: string;
  customerReference: string;
  bankReference: string;
  supplement: string;
}

export type BadLine = { why: 'date' | 'amount' | 'form'; date: string | null; amount: string | null };

/**
 * 6!n value date · [4!n] entry date, some banks write blanks · mark C, D, RC, RD, in MT942 EC, ED · [1!a] funds code, the
 * currency's third letter · amount · 1!a3!c kind · reference [//bank reference] · [new line, supplement].
 */
const SHAPE =
  /^(\d{6})(\d{4}| {4})?(R[CD]|E[CD]|[CD])([A-Z])? ?([\d.,]+) ?(?:([A-Z][A-Za-z0-9 ]{3})((?:(?!\/\/).)*)(?:\/\/(.*))?)?$/;
const HEAD = /^(\d{6})(\d{4}| {4})?(R[CD]|E[CD]|[CD])[A-Z]?$/;

/** Reads a statement line, or says what is wrong with it. */
export function statementLineOf(field: Field): StatementLine | BadLine {
  const [head = '', ...supplement] = unwrapped(field.lines.map(({ text }) => text));
  const match = SHAPE.exec(head.trim());
  if (!match) return { why: 'form', date: null, amount: null };
  const [, day = '', entry = '', mark = '', , digits = '', type = '', reference = '', bankReference = ''] =
    match;
  const amount = amountOf(digits, mark.endsWith('C') === mark.startsWith('R'));
  const value = shortDate(day, true);
  const booked = value === undefined || entry.trim() === '' ? null : entryDate(entry, value.date);
  if (amount === undefined)
    return { why: 'amount', date: booked ?? value?.date ?? null, amount: `${mark} ${digits}` };
  if (value === undefined || booked === undefined) return { why: 'date', date: null, amount: amount.amount };
  return {
    line: field.line,
    valueDate: value.date,
    isMovedDate: value.isMoved,
    entryDate: booked,
    amount: amount.amount,
    isDoubtful: amount.isDoubtful || type === '',
    written: `${mark} ${digits}`,
    isExpected: mark.startsWith('E'),
    type: type.trim(),
    customerReference: reference.trim(),
    bankReference: bankReference.trim(),
    supplement: supplement
      .map((text) => text.trim())
      .join(' ')
      .trim(),
  };
}

/** Some savings banks break the line before the amount. */
function unwrapped(lines: string[]): string[] {
  const [first = '', second, ...rest] = lines;
  return second !== undefined && HEAD.test(first.trim()) ? [first.trim() + second, ...rest] : lines;
}

/** Text that has the shape of a statement line, though its tag is damaged: it must not vanish in a text. */
export const looksLikeStatementLine = (text: string): boolean =>
  /^:?[^\s:]{0,4}:?\d{6}(?:\d{4})?R?[CD][A-Z]?\d{1,13},\d{0,3}[A-Z][A-Z0-9]{3}/.test(text);
