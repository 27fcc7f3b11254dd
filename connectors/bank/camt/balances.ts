import { negated } from '../decimal';
import { dateOf, directionOf, moneyOf } from './values';
import { all, type Element, first, text } from './xml';

interface Balance {
  code: string;
  /** Signed; a debit balance is negative. */
  amount: string;
  currency: string | null;
  date: string | null;
}

export interface Balances {
  opening: Balance | null;
  closing: Balance | null;
  /** Balances of the codes we need that cannot be read. */
  bad: string[];
}

/**
 * Opening and closing booked balance. Opening: OPBD, else PRCD (the closing one of the day before), else the first of two ITBD (a
 * page in the middle). Closing: CLBD, else the last ITBD. The others (available, forward, expected) are not booked. Of a code
 * in several currencies the account's counts.
 */
export function balancesOf(statement: Element, currency: string | null): Balances {
  const bad: string[] = [];
  const known = all(statement, 'Bal').flatMap((element): Balance[] => {
    const code = codeOf(element);
    if (code === null || !['OPBD', 'PRCD', 'ITBD', 'CLBD'].includes(code)) return [];
    const [money, direction] = [moneyOf(element, 'Amt'), directionOf(element)];
    if (!money || !direction) {
      bad.push(code);
      return [];
    }
    const amount = direction === 'DBIT' ? negated(money.amount) : money.amount;
    return [{ code, amount, currency: money.currency, date: dateOf(first(element, 'Dt'))?.date ?? null }];
  });
  const of = (code: string) => {
    const found = known.filter((each) => each.code === code);
    const own = found.filter((each) => each.currency === currency);
    return own.length > 0 ? own : found;
  };
  const interim = of('ITBD');
  const start = of('OPBD')[0] ?? of('PRCD')[0];
  const end = of('CLBD').at(-1);
  const isMiddle = interim.length > 1 || (end !== undefined && interim.length === 1);
  return {
    opening: start ?? (isMiddle ? interim[0] : undefined) ?? null,
    closing: end ?? interim.at(-1) ?? null,
    bad,
  };
}

/** Tp/CdOrPrtry/Cd; in version 01 Tp/Cd or the text of Tp. */
const codeOf = (balance: Element): string | null =>
  text(balance, 'Tp', 'CdOrPrtry', 'Cd') ?? text(balance, 'Tp', 'Cd') ?? text(balance, 'Tp');
