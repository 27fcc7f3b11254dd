import type { Random } from './random';

/** GB 32100-2015: digits and capitals without I, O, S, V, Z; the 18th character checks the 17 before it. */
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** The check character of the first 17 characters of a unified social credit code (统一社会信用代码). */
export function checkCharacter(first17: string): string {
  let sum = 0;
  let weight = 1;
  for (const character of first17) {
    sum += ALPHABET.indexOf(character) * weight;
    weight = (weight * 3) % 31;
  }
  return ALPHABET.charAt((31 - (sum % 31)) % 31);
}

/** A code of an enterprise (91) of this county, which no register gave to anyone we know of. */
export function creditCode(random: Random, countyCode: string): string {
  let body = 'MA';
  for (let i = 0; i < 7; i++) body += ALPHABET.charAt(random.int(0, ALPHABET.length - 1));
  const first17 = `91${countyCode}${body}`;
  return first17 + checkCharacter(first17);
}
