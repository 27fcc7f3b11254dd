import type { Row } from '../../api/cube';
import { tenth, type Lang } from '../../format';
import type { HealthWords } from '../../words/health';

/** HEA-1 to HEA-5; their weights are the company's (docs/health.md). */
export const indicators = [
  { key: 'punctuality', definition: 'HEA-1' },
  { key: 'demand', definition: 'HEA-2' },
  { key: 'interaction', definition: 'HEA-3' },
  { key: 'orders', definition: 'HEA-4' },
  { key: 'risk', definition: 'HEA-5' },
] as const;

export const colours = ['red', 'yellow', 'green', 'grey'] as const;
export type Colour = (typeof colours)[number];
export const isColour = (text: string | null | undefined): text is Colour =>
  colours.some((colour) => colour === text);

const GREEN_FROM = 70;
const YELLOW_FROM = 50;

/** The score's own limits also shade its indicators; beside the shade stands the number. */
export function toneOf(value: string | null | undefined): 'good' | 'warn' | 'bad' | 'none' {
  if (value == null) return 'none';
  const points = Math.round(Number(value) * 10) / 10; // colours follow the displayed tenth
  if (points >= GREEN_FROM) return 'good';
  return points >= YELLOW_FROM ? 'warn' : 'bad';
}

/** `orders,risk` in words. */
export const namesOf = (list: string, words: HealthWords) =>
  list
    .split(',')
    .map((key) => (words.indicators as Record<string, string>)[key] ?? key)
    .join(words.listed);

/** Why the customer is not green, in one phrase: the override, else the lowest indicator. */
export function mainReason(row: Row, words: HealthWords, lang: Lang): string {
  const override = row['override_reason'];
  if (override) return words.overrides[override] ?? override;
  if (row['carried']) return words.carriedOf(namesOf(row['carried'], words));
  if (row['colour'] === 'green') return '';
  const known = indicators.filter(({ key }) => row[key] != null);
  const lowest = known.sort((one, other) => Number(row[one.key]) - Number(row[other.key]))[0];
  if (!lowest) return '—';
  return words.known(words.indicators[lowest.key], tenth(row[lowest.key], lang));
}
