import { count, isZero, money, percent, sameAmount, tenth, upToTenth, type Lang } from '../../format';
import type { ReasonWords } from '../../words/reasons';
import type { indicators } from './indicators';
import type { Reason } from './useReasons';

type Indicator = (typeof indicators)[number]['key'];
type Said = (row: Reason, words: ReasonWords, lang: Lang) => readonly (string | false)[];

/** What the models know of each indicator, in phrases; what is not known is left out. */
const facts: Record<Indicator, Said> = {
  punctuality: (row, { punctuality: words }, lang) => [
    isSome(row.late_items) &&
      words.late(count(row.late_items, lang), count(row.largest_days_late, lang), money(row.late_cny, lang)),
    isSome(row.overdue_items) && words.overdue(count(row.overdue_items, lang), money(row.overdue_cny, lang)),
    row.paid_in_time_rate !== null && words.inTime(percent(row.paid_in_time_rate, lang)),
  ],
  demand: (row, { demand: words }, lang) => [
    row.won_rate !== null && words.won(percent(row.won_rate, lang)),
    row.core_rate !== null && words.core(percent(row.core_rate, lang)),
    row.purchase_rate !== null && words.purchase(percent(row.purchase_rate, lang)),
  ],
  interaction: (row, { interaction: words }, lang) => [
    words.weeks(count(row.contact_weeks, lang), count(row.target_weeks, lang)),
    row.days_since_contact === null ? words.never : words.last(count(row.days_since_contact, lang)),
  ],
  orders: (row, { orders: words }, lang) => [
    words.halves(money(row.half_year_cny, lang), money(row.half_year_before_cny, lang)),
    row.days_since_order !== null &&
      words.last(count(row.days_since_order, lang)) +
        (row.median_gap_days === null ? '' : words.gap(upToTenth(row.median_gap_days, lang))),
    row.return_rate !== null && words.returns(percent(row.return_rate, lang)),
  ],
  risk: (row, { risk: words }, lang) => {
    const known = [
      isSome(row.live_entries) && words.live(count(row.live_entries, lang)),
      isSome(row.events) && words.events(count(row.events, lang)),
    ];
    return known.some(Boolean) ? known : [words.none];
  },
};

/** Each way by itself lifts the indicator to its green value. */
const ways: Record<Indicator, Said> = {
  punctuality: (row, { ways: words }, lang) => [
    row.green_in_time_cny !== null && words.inTime(money(row.green_in_time_cny, lang)),
  ],
  demand: (row, { ways: words }, lang) => [
    row.green_won_rate !== null && words.won(percent(row.green_won_rate, lang)),
    row.green_core_rate !== null && words.core(percent(row.green_core_rate, lang)),
    row.green_purchase_rate !== null && words.purchase(percent(row.green_purchase_rate, lang)),
  ],
  interaction: (row, { ways: words }, lang) => [
    row.green_contact_weeks !== null && words.weeks(count(row.green_contact_weeks, lang)),
  ],
  orders: (row, { ways: words }, lang) => {
    if (row.green_half_year_cny === null) return [];
    if (sameAmount(row.green_half_year_cny, row.half_year_cny)) return [words.anyOrder];
    return [words.orders(money(row.green_half_year_cny, lang))];
  },
  risk: () => [],
};

const isSome = (n: string | null) => n !== null && !isZero(n);

/** 30 分中丢 12.3 分; nothing for an indicator without a value. */
export function lossOf(row: Reason, words: ReasonWords, lang: Lang): string | null {
  if (row.value === null) return null;
  const full = upToTenth(row.score_weight, lang);
  return Number(row.value) === 100 ? words.nothingLost(full) : words.lost(full, tenth(row.points_lost, lang));
}

/** The facts of one indicator as a sentence. */
export function factsOf(indicator: Indicator, row: Reason, words: ReasonWords, lang: Lang): string {
  const text = facts[indicator](row, words, lang).filter(Boolean).join(words.and) + words.end;
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** What of this indicator alone would turn the customer green; null if nothing would. */
export function wayToGreen(indicator: Indicator, row: Reason, words: ReasonWords, lang: Lang): string | null {
  if (row.green_value === null) return null;
  const known = ways[indicator](row, words, lang).filter(Boolean);
  const target = words.to(tenth(row.green_value, lang));
  return known.length > 0 ? `${known.join(words.or)}${words.and}${target}${words.end}` : target + words.end;
}
