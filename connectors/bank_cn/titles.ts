import { dateOf, headerText, tidy } from './cells';
import type { CsvRow } from './csv';
import { words } from './layouts';

export interface Period {
  from: string;
  to: string;
}

const ACCOUNT = /^[\d*-]{6,}$/; // masked digits occur; some banks write dashes

/** The account in the title rows (`账号:1202 0000`, or the number in the cell behind the label), else in the file's name. */
export function accountIn(titles: readonly CsvRow[], fileName: string): string | undefined {
  for (const { cells } of titles) {
    for (const [index, cell] of cells.entries()) {
      const text = headerText(cell);
      const label = words.accountLabels.find((each) => text.startsWith(each));
      if (label === undefined) continue;
      const behind = text.slice(label.length).replace(/^[:：]/, '');
      const found = [behind, headerText(cells[index + 1] ?? '')].find((each) => ACCOUNT.test(each));
      if (found !== undefined) return found;
    }
  }
  const inBrackets = /(\d{4,})账号/.exec(headerText(fileName))?.[1];
  return inBrackets ?? fileName.match(/\d{10,25}/g)?.find((digits) => !isTimestamp(digits));
}

/** 20260105 and a time, as download pages put it into names. */
const isTimestamp = (digits: string) => digits.length <= 17 && dateOf(digits.slice(0, 8)) !== undefined;

const DATE = String.raw`\d{4}(?:[-/.]\d{1,2}[-/.]\d{1,2}|年\d{1,2}月\d{1,2}日|\d{4})`;
const RANGE = new RegExp(`(?<!\\d)(${DATE})(?:[-—–~至到_]+)(${DATE})(?!\\d)`);

/** The days that the file says it covers: a range in the title rows or in its name. A day without lines is covered too. */
export function periodIn(titles: readonly CsvRow[], fileName: string): Period | undefined {
  const texts = titles.map(({ cells }) => cells.map(tidy).join(' ').normalize('NFKC'));
  for (const text of [...texts, fileName]) {
    const range = RANGE.exec(text.replace(/\s/g, '')) ?? labelled(text);
    const [from, to] = [dateOf(range?.[1]), dateOf(range?.[2])];
    if (from && to && from <= to) return { from, to };
  }
  return undefined;
}

/** `起始日期: 20260101 截止日期: 20260131`. */
function labelled(text: string): RegExpExecArray | null {
  const hasLabel = words.periodLabels.some((label) => headerText(text).includes(label));
  return hasLabel ? new RegExp(`(${DATE})\\D+(${DATE})`).exec(text) : null;
}
