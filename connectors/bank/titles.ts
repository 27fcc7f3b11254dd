import { amountOf, dateOf, headerText, tidy } from './cells';
import type { CsvRow } from '../kit/tables';
import { currencyOf } from './currency';
import { words } from './layouts';

export interface Period {
  from: string;
  to: string;
}

const ACCOUNT = /^[\dxX*-]{6,}$/; // masked digits occur; some banks write dashes
const HAS_DIGIT_OR_MASK = /[\d*]/;

/**
 * The account in the title rows (`账号:1202 0000`, or the number in the next filled cell behind the label), else in the file's
 * name or folder. A layout's own labels (a wallet's nickname) take any text.
 */
export function accountIn(
  titles: readonly CsvRow[],
  fileName: string,
  ownLabels: readonly string[] = [],
): string | undefined {
  const isAccount = (text: string) =>
    ACCOUNT.test(text) && HAS_DIGIT_OR_MASK.test(text) && !(text.length === 8 && dateOf(text) !== undefined);
  const found = labelled(titles, words.accountLabels, isAccount);
  if (found !== undefined) return found;
  const own = labelled(titles, ownLabels.map(headerText), (text) => text !== '');
  if (own !== undefined) return own.replace(/^\[(.*)\]$/, '$1');
  const inBrackets = /(\d{4,})账号/.exec(fileName.normalize('NFKC').replace(/\s+/g, ''))?.[1];
  return inBrackets ?? fileName.match(/\d{10,25}/g)?.find((digits) => !isTimestamp(digits));
}

/** The currency that the title rows name for the whole file. */
export function currencyIn(titles: readonly CsvRow[]): string | undefined {
  const text = labelled(titles, words.currencyLabels, (value) => currencyOf(value) !== undefined);
  return text === undefined ? undefined : currencyOf(text);
}

/** Balances that title and foot rows state. */
export function balancesIn(rows: readonly CsvRow[]): { opening: string | null; closing: string | null } {
  const balance = (labels: readonly string[]) => {
    const text = labelled(rows, labels, (value) => typeof amountOf(value) === 'string');
    return amountOf(text) ?? null;
  };
  return { opening: balance(words.openingLabels), closing: balance(words.closingLabels) };
}

/** The value behind a label: in the same cell, or in the next filled one of its row. */
function labelled(
  rows: readonly CsvRow[],
  labels: readonly string[],
  isValue: (text: string) => boolean,
): string | undefined {
  for (const { cells } of rows) {
    for (const [index, cell] of cells.entries()) {
      const text = labelText(cell);
      const label = labels.find((each) => text.startsWith(each));
      if (label === undefined) continue;
      const behind = text.slice(label.length).replace(/^(\([^)]*\))?[:：]?/, '');
      const next = cells.slice(index + 1).find((each) => tidy(each) !== '');
      const found = [
        behind,
        behind.replace(/(户名|币种|起止|起始|查询|账户名|账号名|日期|期间).*$/, ''),
        labelText(next ?? ''),
      ].find(isValue);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** Like a header, but a value in square brackets is kept. */
const labelText = (cell: string): string =>
  cell
    .normalize('NFKC')
    .replace(/\[\s*[A-Za-z ]+\]/g, '')
    .replace(/\s+/g, '');

/** 20260105 and a time, as download pages put it into names. */
const isTimestamp = (digits: string) => digits.length <= 17 && dateOf(digits.slice(0, 8)) !== undefined;

const DATE = String.raw`\d{4}(?:[-/.]\d{1,2}[-/.]\d{1,2}|年\d{1,2}月\d{1,2}日|\d{4})`;
const RANGE = new RegExp(`(?<!\\d)(${DATE})(?:[-—–~至到_]+)(${DATE})(?!\\d)`);

/** The days that the file says it covers: a range in the title rows or in its name. A day without lines is covered too. */
export function periodIn(titles: readonly CsvRow[], fileName: string): Period | undefined {
  const texts = titles.map(({ cells }) => cells.map(tidy).join(' ').normalize('NFKC'));
  for (const text of [...texts, fileName]) {
    const range = RANGE.exec(text.replace(/\s/g, '')) ?? labelledRange(text);
    const [from, to] = [dateOf(range?.[1]), dateOf(range?.[2])];
    if (from && to && from <= to) return { from, to };
  }
  return undefined;
}

/** `起始日期: 20260101 截止日期: 20260131`. */
function labelledRange(text: string): RegExpExecArray | null {
  const hasLabel = words.periodLabels.some((label) => headerText(text).includes(label));
  return hasLabel
    ? new RegExp(`(${DATE})(?:[ T]?\\d{1,2}:\\d{2}(?::\\d{2})?)?\\D+(${DATE})`).exec(text)
    : null;
}
