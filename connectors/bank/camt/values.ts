import { dayOf } from '../days';
import { decimalText } from '../decimal';
import { attribute, type Element, first, only, text } from './xml';

/** An amount that is not signed yet; `currency` is null where Ccy is missing. */
export interface Money {
  amount: string;
  currency: string | null;
}

/**
 * Amount of an element that must be there once. xs:decimal without a minus: the direction stands in CdtDbtInd, and an amount with a
 * sign of its own could mean two things. Undefined: none, several, or no such number.
 */
export function moneyOf(parent: Element | undefined, ...path: string[]): Money | undefined {
  const element = only(parent, ...path);
  const [, whole = '', fraction = ''] = /^\+?(\d*)(?:\.(\d*))?$/.exec(text(element) ?? '') ?? [];
  const amount = whole + fraction === '' ? undefined : decimalText(whole, fraction, false);
  return amount === undefined ? undefined : { amount, currency: attribute(element, 'Ccy') };
}

/** CRDT or DBIT. For a reversal it is already the direction of the reversal itself (ISO 20022, ReversalIndicator). */
export function directionOf(parent: Element | undefined): 'CRDT' | 'DBIT' | undefined {
  const code = text(only(parent, 'CdtDbtInd'));
  return code === 'CRDT' || code === 'DBIT' ? code : undefined;
}

/**
 * Day and, where it has one, time of a date element (Dt or DtTm, or the text itself). The day is the one that is written: a zone
 * behind it, +02:00 or Z, is the bank's and never shifts it.
 */
export function dateOf(element: Element | undefined): { date: string; time: string | null } | undefined {
  if (element === undefined) return undefined;
  const written = text(first(element, 'Dt')) ?? text(first(element, 'DtTm')) ?? text(element) ?? '';
  const match = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d:\d\d:\d\d)(?:[.,]\d+)?)?(?:Z|[+-]\d\d:?\d\d)?$/.exec(
    written,
  );
  if (!match) return undefined;
  const date = dayOf(Number(match[1]), Number(match[2]), Number(match[3]));
  return date === undefined ? undefined : { date, time: match[4] ?? null };
}

/** Number of an account: IBAN, or what the bank calls it; the forms of all versions. */
export function accountOf(account: Element | undefined): string | null {
  const id = first(account, 'Id');
  const number =
    text(id, 'IBAN') ??
    text(id, 'Othr', 'Id') ??
    text(id, 'BBAN') ??
    text(id, 'UPIC') ??
    text(id, 'PrtryAcct', 'Id') ??
    text(account, 'Prxy', 'Id');
  return number?.replace(/\s/g, '') ?? null;
}
