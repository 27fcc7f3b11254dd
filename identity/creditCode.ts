import { organisationCheck, registrationCheck } from './oldNumbers';
import { halfWidth } from './spelling';
import { repairsOf } from './repairs';

/** GB 32100-2015: digits and capitals without I, O, S, V, Z, which look like others. */
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** What a code is: unified, an old number of tax (region and organisation code) or trade office, the organisation code alone. */
type CodeKind = 'unified' | 'tax_number' | 'registration_number' | 'organisation_code';

/**
 * How far a code may be trusted. `valid` passes its check. `repaired`: one look-alike repair alone passes, and letters that no code
 * has or the organisation code inside prove it. `suspected`: one repair passes, nothing else proves it, so another record must carry
 * that code. `failed` never links by itself. `none`: there is none.
 */
type CodeState = 'valid' | 'repaired' | 'suspected' | 'failed' | 'none';

export interface CreditCode {
  /** As the source has it, in half width capitals without blanks and hyphens; null if there is none. */
  said: string | null;
  state: CodeState;
  kind: CodeKind | null;
  /** The code that counts, repaired where it was; null unless valid, repaired or suspected. */
  code: string | null;
  /** The organisation code (GB 11714) inside, nine characters; null for a registration number. */
  organisation: string | null;
  /** In words, what was done or which rule it fails; null for a valid code and for none. */
  note: string | null;
}

/** The check character of the first 17 characters: weights 3^i mod 31 (GB 32100-2015). */
export function checkCharacter(first17: string): string {
  let sum = 0;
  let weight = 1;
  for (const character of first17) {
    sum += ALPHABET.indexOf(character) * weight;
    weight = (weight * 3) % 31;
  }
  return ALPHABET.charAt((31 - (sum % 31)) % 31);
}

/** Register and kind, region digits at 3 to 8, the organisation code, and the check character. */
const isUnified = (code: string): boolean =>
  /^[1-9ANY][1-59]\d{6}[0-9A-HJ-NPQRTUWXY]{10}$/.test(code) &&
  checkCharacter(code.slice(0, 17)) === code.charAt(17);

/** What a source calls a credit code, read, checked and, where that is certain, repaired. */
export function readCreditCode(text: string | null): CreditCode {
  const said = text === null ? '' : halfWidth(text).replace(/[\s\-‐‑–—_.·/]/g, '');
  const codes = said.toUpperCase();
  if (codes === '' || /^(.)\1*$/u.test(codes) || !/\d/.test(codes)) return nothing(codes);
  if (codes.length === 18) return readUnified(codes);
  if (codes.length === 15) return readFifteen(codes);
  if (codes.length === 9) return readNine(codes);
  return failed(codes, `${codes.length} characters, a unified credit code has 18`);
}

function readUnified(said: string): CreditCode {
  if (isUnified(said)) return valid(said, 'unified', said, said.slice(8, 17));
  const { certain, possible } = repairsOf(said);
  const sure = certain.filter(isUnified);
  const found = sure.length > 0 ? sure : possible.filter(isUnified);
  const [code, another] = found;
  if (code === undefined) return failed(said, unifiedFault(said));
  if (another !== undefined)
    return failed(said, `${unifiedFault(said)}; ${found.length} repairs would pass it`);
  return {
    ...valid(said, 'unified', code, code.slice(8, 17)),
    state: sure.length > 0 || isProvenInside(said, code) ? 'repaired' : 'suspected',
    note: `${changes(said, code)}: the only repair that passes the check character`,
  };
}

/** The organisation code inside was wrong and is right now: two checks agree on the repair. */
const isProvenInside = (said: string, code: string): boolean =>
  !organisationCheck(said.slice(8, 17)) && organisationCheck(code.slice(8, 17));

function unifiedFault(said: string): string {
  const strange = [...new Set([...said].filter((character) => !ALPHABET.includes(character)))];
  if (strange.length > 0) return `no unified credit code has the letter ${strange.join(', ')}`;
  if (!/^\d{6}$/.test(said.slice(2, 8))) return 'characters 3 to 8 are the digits of a region';
  return `the check character should be ${checkCharacter(said.slice(0, 17))} (GB 32100-2015)`;
}

const changes = (said: string, code: string): string =>
  [...said]
    .map((character, at) => (character === code.charAt(at) ? '' : `${character} read as ${code.charAt(at)}`))
    .filter(Boolean)
    .join(', ');

/** Fifteen: region and organisation code (tax number) or a registration number. What passes both checks counts as the second. */
function readFifteen(said: string): CreditCode {
  if (registrationCheck(said)) return valid(said, 'registration_number', said, null);
  if (/^\d{6}/.test(said) && organisationCheck(said.slice(6)))
    return valid(said, 'tax_number', said, said.slice(6));
  return failed(
    said,
    '15 characters that are neither a registration number nor region and organisation code',
  );
}

const readNine = (said: string): CreditCode =>
  organisationCheck(said)
    ? valid(said, 'organisation_code', said, said)
    : failed(said, 'an organisation code of nine characters whose last does not fit (GB 11714)');

const valid = (said: string, kind: CodeKind, code: string, organisation: string | null): CreditCode => ({
  said,
  state: 'valid',
  kind,
  code,
  organisation,
  note: null,
});

const failed = (said: string, note: string): CreditCode => ({
  said,
  state: 'failed',
  kind: null,
  code: null,
  organisation: null,
  note,
});

/** 无, 000000, 待补: somebody had to fill the field. */
const nothing = (said: string): CreditCode => ({
  said: said === '' ? null : said,
  state: 'none',
  kind: null,
  code: null,
  organisation: null,
  note: null,
});
