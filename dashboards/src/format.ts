/** Money is decimal text from the server to the screen: Intl formats text exactly, `Number` would not. Only charts use doubles. */
export type Lang = 'zh' | 'en';
export type Decimal = string;
/** What Cube sends: text, or null where there is nothing. */
export type Value = string | null | undefined;

const NOTHING = '—';
const locale = { zh: 'zh-CN', en: 'en-US' } as const;

/** Text, not a double, goes in; a true minus comes out. */
function write(value: Decimal | number, lang: Lang, options: Intl.NumberFormatOptions): string {
  const format = new Intl.NumberFormat(locale[lang], options);
  return format.format(value as Intl.StringNumericLiteral).replace('-', '−');
}

const digits = (n: number): Intl.NumberFormatOptions => ({
  minimumFractionDigits: n,
  maximumFractionDigits: n,
});

/** 1,834,974.20: tables, exports, drill-downs. */
export const money = (value: Value, lang: Lang) => (value == null ? NOTHING : write(value, lang, digits(2)));

export const count = (value: Value, lang: Lang) => (value == null ? NOTHING : write(value, lang, digits(0)));

/** A ratio of Cube (`0.18`) as `18.0%`. */
export const percent = (value: Value, lang: Lang) =>
  value == null ? NOTHING : `${write(Number(value) * 100, lang, digits(1))}%`;

/** The same with its sign written: a bias has a direction. */
export const signedPercent = (value: Value, lang: Lang) =>
  value == null
    ? NOTHING
    : `${write(Number(value) * 100, lang, { ...digits(1), signDisplay: 'exceptZero' })}%`;

/** Days and scores: one decimal, without a unit. */
export const tenth = (value: Value, lang: Lang) =>
  value == null ? NOTHING : write(Number(value), lang, digits(1));

/** Where most are whole: 30, and 37.5. */
export const upToTenth = (value: Value, lang: Lang) =>
  value == null ? NOTHING : write(Number(value), lang, { maximumFractionDigits: 1 });

type Unit = { places: number; decimals: number; label: string };

/** One unit for a whole axis or column, chosen by its largest value. */
export function unitFor(largest: number, lang: Lang): Unit {
  const size = Math.abs(largest);
  if (lang === 'zh') {
    if (size >= 1e8) return { places: 8, decimals: 2, label: '亿元' };
    if (size >= 1e4) return { places: 4, decimals: 1, label: '万元' };
    return { places: 0, decimals: 0, label: '元' };
  }
  if (size >= 1e6) return { places: 6, decimals: 2, label: 'M CNY' };
  if (size >= 1e3) return { places: 3, decimals: 1, label: 'k CNY' };
  return { places: 0, decimals: 0, label: 'CNY' };
}

/** 1,691.2 and 万元: KPI tiles, sentences, chart labels; the exact figure is always beside it or in the table. */
export function short(value: Decimal, lang: Lang, unit = unitFor(Number(value), lang)) {
  return { value: write(movePoint(value, unit.places), lang, digits(unit.decimals)), unit: unit.label };
}

/** For an axis: a double in the axis' unit. Nothing but drawing may use it. */
export const inUnit = (value: Value, unit: Unit) =>
  value == null ? null : Number(value) / 10 ** unit.places;

/** 16912300.50 moved by 4 places is 1691.230050: division without a double. */
export function movePoint(value: Decimal, places: number): Decimal {
  const [, sign = '', whole = '0', fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(value) ?? [];
  const padded = whole.padStart(places + 1, '0');
  const cut = padded.length - places;
  return `${sign}${padded.slice(0, cut)}.${padded.slice(cut)}${fraction}`.replace(/\.$/, '');
}

export const isNegative = (value: Value) => value?.startsWith('-') ?? false;
export const absolute = (value: Decimal): Decimal => value.replace(/^-/, '');
export const isZero = (value: Value) => value != null && !/[1-9]/.test(value);

/** 1200.00 and 1200.0 are the same amount. */
export function sameAmount(one: Value, other: Value): boolean {
  if (one == null || other == null) return false;
  const plain = (value: string) => (value.includes('.') ? value.replace(/\.?0+$/, '') : value);
  return plain(one) === plain(other);
}

export type Change = { text: string; isUp: boolean };

/** Amounts change by percent, ratios by percentage points; no base, no figure. */
export function change(now: Value, before: Value, kind: 'amount' | 'ratio', lang: Lang): Change | null {
  if (now == null || before == null) return null;
  const [to, from] = [Number(now), Number(before)];
  if (kind === 'amount' && from <= 0) return null;
  const size = kind === 'amount' ? to / from - 1 : to - from;
  const figure = write(Math.abs(size) * 100, lang, digits(1));
  const unit = kind === 'amount' ? '%' : lang === 'zh' ? ' 个百分点' : ' pp';
  return { text: `${figure}${unit}`, isUp: size > 0 };
}

/** A business date of Cube (2026-03-31T00:00:00.000) is shown as it is and never shifted. */
export const day = (value: Value) => value?.slice(0, 10) ?? NOTHING;

const shanghai = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Shanghai',
  dateStyle: 'short',
  timeStyle: 'short',
});

/** An instant in UTC as people in Shanghai read it: 2026-03-31 18:05. */
export function instant(value: Value): string {
  if (value == null) return NOTHING;
  const at = new Date(/Z$|[+-]\d\d:?\d\d$/.test(value) ? value : `${value.replace(' ', 'T')}Z`);
  return Number.isNaN(at.getTime()) ? value : shanghai.format(at);
}

/** 2026-03 → 2026 年 3 月, Mar 2026. */
export function monthName(month: string, lang: Lang): string {
  const [year, number] = month.split('-');
  if (lang === 'zh') return `${year} 年 ${Number(number)} 月`;
  return new Intl.DateTimeFormat('en-US', { month: 'short', year: 'numeric', timeZone: 'UTC' }).format(
    new Date(`${month}-01T00:00:00Z`),
  );
}

/** 苏州甲乙精密机械有限公司 → 苏州甲乙…有限公司: names of companies differ at both ends. */
export const cutMiddle = (name: string, length: number) =>
  name.length <= length
    ? name
    : `${name.slice(0, Math.ceil((length - 1) / 2))}…${name.slice(name.length - Math.floor((length - 1) / 2))}`;
