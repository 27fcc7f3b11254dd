import { MillraceError } from '../../connectors/kit';
import type { Certainty, Doubt, StatementInput } from './statementWork';

const AMOUNT = /^(\d{1,15})(?:\.(\d{1,2}))?$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const CERTAINTIES: readonly string[] = ['expected', 'promised', 'confirmed'] satisfies Certainty[];

/** What the rules need to know about the day on which it is said. */
export interface SayingDay {
  /** `YYYY-MM-DD` */
  today: string;
  nextWorkday: string;
}

/**
 * Amount as decimal text with two digits behind the point. Thousands separators, full-width digits, a currency sign and blanks are
 * understood; anything else is undefined, never a guess.
 */
export function amountOf(text: string): string | undefined {
  const plain = text
    .normalize('NFKC')
    .replace(/[¥￥\s]|元$|CNY|RMB/gi, '')
    .replace(/(?<=\d),(?=\d{3}(\D|$))/g, '');
  const [, whole, fraction = ''] = AMOUNT.exec(plain) ?? [];
  if (whole === undefined) return undefined;
  return `${whole.replace(/^0+(?=\d)/, '')}.${fraction.padEnd(2, '0')}`;
}

export const isDay = (text: string): boolean =>
  DAY.test(text) && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text);

/** Everything that is wrong with the words themselves; empty: nothing. */
export function wordProblems({ amount, expectedDate, certainty, document, order }: StatementInput): string[] {
  const problems: string[] = [];
  const exact = amountOf(amount);
  if (exact === undefined || /^0+\.00$/.test(exact))
    problems.push(`The amount ${amount} is no sum of money above 0`);
  if (!isDay(expectedDate)) problems.push(`The date ${expectedDate} is no day; write it as 2026-03-31`);
  if (!CERTAINTIES.includes(certainty))
    problems.push(`The certainty ${certainty} is none of expected, promised, confirmed`);
  if (document !== undefined && order !== undefined)
    problems.push('It names a document and an order; name one of them');
  return problems;
}

/**
 * METRICS 5.1: confirmed means evidenced, and for no later day than the next workday. What the form refuses is offered as promised;
 * an imported statement is kept as it was said, with these doubts.
 */
export function certaintyDoubts(
  { certainty, expectedDate, evidence }: StatementInput,
  { nextWorkday }: SayingDay,
): Extract<Doubt, 'future_confirmed' | 'lacks_evidence'>[] {
  if (certainty !== 'confirmed') return [];
  return [
    ...(expectedDate > nextWorkday ? (['future_confirmed'] as const) : []),
    ...(evidence?.trim() ? [] : (['lacks_evidence'] as const)),
  ];
}

/** Refuses at entry what an import keeps with a doubt. Error: `statement_refused`. */
export function refuseAtEntry(input: StatementInput, day: SayingDay): void {
  const problems = wordProblems(input);
  if (problems.length > 0)
    throw new MillraceError('statement_refused', {
      what: problems.join('. '),
      todo: 'Correct it and say it again',
    });
  if (input.isWithdrawn) return;
  const doubts = certaintyDoubts(input, day);
  if (doubts.includes('future_confirmed')) {
    throw new MillraceError('statement_refused', {
      what: `Confirmed money cannot be for ${input.expectedDate}: that is later than the next workday, ${day.nextWorkday}`,
      where: 'certainty',
      todo: 'Say promised, with who named amount and date; confirm it when the money, the bank slip or the bill is there',
    });
  }
  if (doubts.includes('lacks_evidence')) {
    throw new MillraceError('statement_refused', {
      what: 'Confirmed needs evidence: a bank line, the customer’s bank slip or a signed bill',
      where: 'evidence',
      todo: 'Give the evidence, or say promised',
    });
  }
  if (input.certainty !== 'confirmed' && input.expectedDate < day.today) {
    throw new MillraceError('statement_refused', {
      what: `${input.expectedDate} is over: money that is expected or promised comes today or later`,
      where: 'expectedDate',
      todo: 'Give the new day, or say confirmed with evidence if it came',
    });
  }
}
