import type { Row } from '../../warehouse';

type Value = Row[string] | undefined;

/** How figures are written in sentences: money exactly as its text says, the rest to a tenth. */
export interface Figures {
  money(value: Value): string;
  count(value: Value): string;
  percent(value: Value): string;
  tenth(value: Value): string;
  upToTenth(value: Value): string;
}

const NOTHING = '—';
const locale = { zh: 'zh-CN', en: 'en-US' } as const;

export function figures(lang: 'zh' | 'en'): Figures {
  // Intl writes a decimal text exactly; a double never stands between
  const write = (value: Value, options: Intl.NumberFormatOptions, scale = 1): string => {
    if (value == null) return NOTHING;
    const number = scale === 1 ? (String(value) as Intl.StringNumericLiteral) : Number(value) * scale;
    return new Intl.NumberFormat(locale[lang], options).format(number).replace('-', '−');
  };
  const digits = (n: number) => ({ minimumFractionDigits: n, maximumFractionDigits: n });
  return {
    money: (value) => (value == null ? NOTHING : write(value, digits(2)) + (lang === 'zh' ? ' 元' : '')),
    count: (value) => write(value, digits(0)),
    percent: (value) => (value == null ? NOTHING : `${write(value, digits(1), 100)}%`),
    tenth: (value) => write(value, digits(1)),
    upToTenth: (value) => write(value, { maximumFractionDigits: 1 }),
  };
}
