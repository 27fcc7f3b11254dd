import { decimalText } from '../decimal';

/**
 * An amount as MT940 writes it: digits with a decimal comma that is always there (`12,5`, `500,`, `,5`). `isDoubtful`: the
 * comma is missing, or a point stands for it; some banks write so, a damaged file looks the same, so only a statement that
 * adds up with it may keep it. Undefined: no amount.
 */
export function amountOf(
  text: string,
  isNegative: boolean,
): { amount: string; isDoubtful: boolean } | undefined {
  const [, whole = '', mark, fraction = ''] = /^(\d*)([,.]?)(\d*)$/.exec(text) ?? [];
  if (mark === undefined || (whole === '' && fraction === '')) return undefined;
  const amount = decimalText(whole, fraction, isNegative);
  return amount === undefined ? undefined : { amount, isDoubtful: mark !== ',' };
}
