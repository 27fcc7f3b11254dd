import type { CompanyName } from '../companyName';
import { isFormShort } from '../resolve/names';
import type { Party, PartyName } from './party';

/** Why two customers may be one, or may not: a word for pages to translate, and points. */
export interface Reason {
  key: ReasonKey;
  points: number;
}

type ReasonKey = keyof typeof POINTS;

/** Points of 100. Names say at most 80: without a code nobody is sure. Found by looking at what people would say of made pairs. */
const POINTS = {
  same_name: 70,
  same_core: 55,
  short_form: 62,
  one_character: 40,
  same_brand: 34,
  same_start: 28,
  same_place: 12,
  place_left_out: 4,
  place_differs: -22,
  form_left_out: 6,
  same_form: 4,
  form_differs: -4,
  trade_left_out: 8,
  trade_differs: -8,
  branch_of: -16,
  branches_differ: -40,
  code_one_off: 40,
  same_failed_code: 38,
  codes_differ: -30,
  alone_short: -14,
} as const;

const WORDS: Readonly<Record<ReasonKey, string>> = {
  same_name: 'same name',
  same_core: 'same brand and trade',
  short_form: 'one is a short form of the other',
  one_character: 'one character differs',
  same_brand: 'same brand',
  same_start: 'names begin alike',
  same_place: 'same place',
  place_left_out: 'place left out',
  place_differs: 'place differs',
  form_left_out: 'legal form left out',
  same_form: 'same legal form',
  form_differs: 'legal form differs',
  trade_left_out: 'trade left out',
  trade_differs: 'trade differs',
  branch_of: 'one is a branch of the other',
  branches_differ: 'branches differ',
  code_one_off: 'codes differ by one slip',
  same_failed_code: 'same code, which fails its check',
  codes_differ: 'two valid codes',
  alone_short: 'short name',
};

export const wordsOf = (reasons: readonly Reason[]): string =>
  reasons.map(({ key }) => WORDS[key]).join('; ');

export const scoreOf = (reasons: readonly Reason[]): number =>
  Math.max(
    0,
    Math.min(
      100,
      reasons.reduce((sum, { points }) => sum + points, 0),
    ),
  );

/** Reasons for and against two names, of two parties, being one customer's. */
export function compare(one: Party, ours: PartyName, other: Party, theirs: PartyName): Reason[] {
  const [a, b] = [ours.read.parts, theirs.read.parts];
  const keys = new Set<ReasonKey>();
  if (ours.read.exact === theirs.read.exact || a.key === b.key) keys.add('same_name');
  else if (isFormShort(a, b) || isFormShort(b, a)) keys.add('short_form');
  else if (a.core === b.core) keys.add('same_core');
  else if (isBrandFor(a, b) || isBrandFor(b, a)) keys.add('short_form');
  else if (isOneApart(a.core, b.core)) keys.add('one_character');
  else if (a.brand === b.brand && a.isChinese) keys.add('same_brand');
  else if (!a.isChinese && !b.isChinese && a.core.slice(0, 5) === b.core.slice(0, 5)) keys.add('same_start');
  if (!keys.has('same_name')) {
    if (a.isChinese && b.isChinese) comparePlace(a, b, keys);
    compareForm(a, b, keys);
    if (a.core !== b.core && a.brand === b.brand && !keys.has('short_form'))
      keys.add(a.trade === '' || b.trade === '' ? 'trade_left_out' : 'trade_differs');
    if (Math.min(a.core.length, b.core.length) < 3) keys.add('alone_short');
  }
  if (a.branch !== b.branch) keys.add(a.branch === '' || b.branch === '' ? 'branch_of' : 'branches_differ');
  compareCodes(one, other, keys);
  return [...keys].map((key) => ({ key, points: POINTS[key] }));
}

/** 苏州恒力 for 苏州恒力精密机械有限公司: the brand alone, without trade and form. */
const isBrandFor = (short: CompanyName, whole: CompanyName): boolean =>
  short.isChinese &&
  short.form === '' &&
  short.trade === '' &&
  short.brand === whole.brand &&
  whole.trade !== '';

function comparePlace(a: CompanyName, b: CompanyName, keys: Set<ReasonKey>): void {
  if (a.place === b.place) {
    if (a.place !== '') keys.add('same_place');
  } else if (a.place === '' || b.place === '') keys.add('place_left_out');
  else if (a.place.startsWith(b.place) || b.place.startsWith(a.place)) keys.add('place_left_out');
  else keys.add('place_differs');
}

function compareForm(a: CompanyName, b: CompanyName, keys: Set<ReasonKey>): void {
  if (a.form === b.form) keys.add('same_form');
  else if (a.isFormOpen || b.isFormOpen) keys.add('form_left_out');
  else keys.add('form_differs');
}

function compareCodes(one: Party, other: Party, keys: Set<ReasonKey>): void {
  const failed = [...one.failed].some((code) => other.failed.has(code));
  if (failed) keys.add('same_failed_code');
  const pairs = [
    ...[...one.failed].flatMap((said) => [...other.codes].map((code) => [said, code] as const)),
    ...[...other.failed].flatMap((said) => [...one.codes].map((code) => [said, code] as const)),
  ];
  if (pairs.some(([said, code]) => isSlip(said, code))) keys.add('code_one_off');
  if (one.codes.size > 0 && other.codes.size > 0) keys.add('codes_differ');
}

/** One character replaced, or two neighbours swapped. */
function isSlip(one: string, other: string): boolean {
  if (one.length !== other.length) return isOneApart(one, other);
  const off = [...one].flatMap((character, at) => (character === other.charAt(at) ? [] : [at]));
  const [first = 0, second = 0] = off;
  return (
    off.length === 1 ||
    (off.length === 2 &&
      second === first + 1 &&
      one.charAt(first) === other.charAt(second) &&
      one.charAt(second) === other.charAt(first))
  );
}

/** One character replaced, left out or too much. */
function isOneApart(one: string, other: string): boolean {
  if (Math.abs(one.length - other.length) > 1 || one === other) return false;
  let at = 0;
  while (at < one.length && one.charAt(at) === other.charAt(at)) at++;
  const rest = (text: string, longer: boolean): string => text.slice(at + (longer ? 1 : 0));
  if (one.length === other.length) return rest(one, true) === rest(other, true);
  return one.length > other.length
    ? rest(one, true) === rest(other, false)
    : rest(one, false) === rest(other, true);
}
