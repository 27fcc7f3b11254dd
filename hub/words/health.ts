import type { Row } from '../../warehouse';
import { figures, type Figures } from './healthFigures';

/** The one place in which a customer's health is put into words: page, command line and customer page all say this. */
export interface ReasonText {
  /** 30 分中丢 12.3 分; null where the indicator is missing. */
  lost: string | null;
  /** What the loss comes from, or why the indicator is missing. */
  facts: string;
  /** What of this indicator alone would turn the customer green; null if nothing would, or it is green. */
  toGreen: string | null;
}

type Said = (row: Row, figure: Figures, words: Words) => readonly (string | false)[];

const zh = {
  lost: (full: string, points: string) => `${full} 分中丢 ${points} 分`,
  nothingLost: (full: string) => `${full} 分，没有丢分`,
  carried: (source: string) => `数据源 ${source} 读取失败，沿用上月分值`,
  missing: {
    too_few_due: '12 个月内到期的款项太少，不足以判断',
    too_few_known: '三项数据中已知的太少',
    not_covered: '没有联系记录的来源覆盖这个客户',
    too_few_orders: '24 个月内订单太少，看不出规律',
    no_bureau_check: '近期没有成功的征信查询',
  } as Record<string, string>,
  failed: (source: string) => `数据源 ${source} 读取失败`,
  late: (items: string, days: string, cny: string) => `${items} 笔应收晚付或逾期，最长 ${days} 天，共 ${cny}`,
  overdue: (items: string, cny: string) => `其中 ${items} 笔到月末还没付，共 ${cny}`,
  inTime: (rate: string) => `按期付款占 ${rate}`,
  won: (rate: string) => `赢单金额占 ${rate}`,
  core: (rate: string) => `核心产品占订单 ${rate}`,
  purchase: (rate: string) => `占申报采购额 ${rate}`,
  weeks: (weeks: string, target: string) => `近 13 周有 ${weeks} 周联系（目标 ${target} 周）`,
  lastContact: (days: string) => `最近一次在 ${days} 天前`,
  never: '没有联系记录',
  halves: (now: string, before: string) => `近 6 个月订单 ${now}，之前 6 个月 ${before}`,
  lastOrder: (days: string) => `上次下单在 ${days} 天前`,
  gap: (days: string) => `（通常隔 ${days} 天）`,
  returns: (rate: string) => `退货率 ${rate}`,
  live: (n: string) => `仍有效的失信、执行等记录 ${n} 条`,
  events: (n: string) => `诉讼、处罚、实控人变更 ${n} 起`,
  nothing: '没有风险记录',
  to: (value: string) => `这一项到 ${value} 分`,
  toInTime: (cny: string) => `再有 ${cny} 按期到账`,
  toWon: (rate: string) => `赢单金额占到 ${rate}`,
  toCore: (rate: string) => `核心产品占到 ${rate}`,
  toPurchase: (rate: string) => `占申报采购额到 ${rate}`,
  toWeeks: (weeks: string) => `近 13 周联系满 ${weeks} 周，最近一次就在近日`,
  toAnyOrder: '再下一张订单',
  toOrders: (cny: string) => `近 6 个月订单到 ${cny}，并有新订单`,
  and: '，',
  or: ' 或 ',
  end: '。',
};
type Words = typeof zh;

const en: Words = {
  lost: (full, points) => `${points} of ${full} points lost`,
  nothingLost: (full) => `${full} points, none lost`,
  carried: (source) => `source ${source} failed, last month's value stands`,
  missing: {
    too_few_due: 'too little fell due in 12 months to judge',
    too_few_known: 'too few of its three parts are known',
    not_covered: 'no source of contacts covers this customer',
    too_few_orders: 'too few orders in 24 months to see a rhythm',
    no_bureau_check: 'no successful bureau check of late',
  },
  failed: (source) => `source ${source} failed`,
  late: (items, days, cny) => `${items} items paid late or overdue, up to ${days} days, ${cny} in all`,
  overdue: (items, cny) => `${items} of them open at the month end, ${cny}`,
  inTime: (rate) => `${rate} paid in time`,
  won: (rate) => `won ${rate} of decided value`,
  core: (rate) => `core products ${rate} of orders`,
  purchase: (rate) => `${rate} of its declared purchases`,
  weeks: (weeks, target) => `contact in ${weeks} of 13 weeks (target ${target})`,
  lastContact: (days) => `the last ${days} days ago`,
  never: 'no contact on record',
  halves: (now, before) => `orders of 6 months ${now}, of the 6 before ${before}`,
  lastOrder: (days) => `last order ${days} days ago`,
  gap: (days) => ` (usually every ${days})`,
  returns: (rate) => `${rate} returned`,
  live: (n) => `${n} live entries (dishonest debtor, enforcement …)`,
  events: (n) => `${n} lawsuits, penalties or changes of controller`,
  nothing: 'nothing on record',
  to: (value) => `this indicator at ${value}`,
  toInTime: (cny) => `another ${cny} paid in time`,
  toWon: (rate) => `won share at ${rate}`,
  toCore: (rate) => `core products at ${rate}`,
  toPurchase: (rate) => `${rate} of its declared purchases`,
  toWeeks: (weeks) => `contact in ${weeks} of 13 weeks, the last just now`,
  toAnyOrder: 'one more order',
  toOrders: (cny) => `orders of 6 months at ${cny}, a new one among them`,
  and: ', ',
  or: ' or ',
  end: '.',
};
const languages = { zh, en };

const facts: Record<string, Said> = {
  punctuality: (row, figure, words) => [
    isSome(row.late_items) &&
      words.late(
        figure.count(row.late_items),
        figure.count(row.largest_days_late),
        figure.money(row.late_cny),
      ),
    isSome(row.overdue_items) &&
      words.overdue(figure.count(row.overdue_items), figure.money(row.overdue_cny)),
    row.paid_in_time_rate != null && words.inTime(figure.percent(row.paid_in_time_rate)),
  ],
  demand: (row, figure, words) => [
    row.won_rate != null && words.won(figure.percent(row.won_rate)),
    row.core_rate != null && words.core(figure.percent(row.core_rate)),
    row.purchase_rate != null && words.purchase(figure.percent(row.purchase_rate)),
  ],
  interaction: (row, figure, words) => [
    words.weeks(figure.count(row.contact_weeks), figure.count(row.target_weeks)),
    row.days_since_contact == null ? words.never : words.lastContact(figure.count(row.days_since_contact)),
  ],
  orders: (row, figure, words) => [
    words.halves(figure.money(row.half_year_cny ?? '0'), figure.money(row.half_year_before_cny ?? '0')),
    row.days_since_order != null &&
      words.lastOrder(figure.count(row.days_since_order)) +
        (row.median_gap_days == null ? '' : words.gap(figure.upToTenth(row.median_gap_days))),
    row.return_rate != null && words.returns(figure.percent(row.return_rate)),
  ],
  risk: (row, figure, words) => {
    const known = [
      isSome(row.live_entries) && words.live(figure.count(row.live_entries)),
      isSome(row.events) && words.events(figure.count(row.events)),
    ];
    return known.some(Boolean) ? known : [words.nothing];
  },
};

/** Each way by itself lifts the indicator to its green value. */
const ways: Record<string, Said> = {
  punctuality: (row, figure, words) => [
    row.green_in_time_cny != null && words.toInTime(figure.money(row.green_in_time_cny)),
  ],
  demand: (row, figure, words) => [
    row.green_won_rate != null && words.toWon(figure.percent(row.green_won_rate)),
    row.green_core_rate != null && words.toCore(figure.percent(row.green_core_rate)),
    row.green_purchase_rate != null && words.toPurchase(figure.percent(row.green_purchase_rate)),
  ],
  interaction: (row, figure, words) => [
    row.green_contact_weeks != null && words.toWeeks(figure.count(row.green_contact_weeks)),
  ],
  orders: (row, figure, words) => {
    if (row.green_half_year_cny == null) return [];
    const needed = figure.money(row.green_half_year_cny);
    return [needed === figure.money(row.half_year_cny ?? '0') ? words.toAnyOrder : words.toOrders(needed)];
  },
};

const isSome = (n: Row[string] | undefined) => n != null && Number(n) !== 0;

/** A row of marts.customer_health_reason (or its live or frozen twin) in words. */
export function reasonText(row: Row, lang: 'zh' | 'en'): ReasonText {
  const words = languages[lang];
  const figure = figures(lang);
  return {
    lost: lossOf(row, words, figure),
    facts: factsOf(row, words, figure),
    toGreen: wayOf(row, words, figure),
  };
}

function lossOf(row: Row, words: Words, figure: Figures): string | null {
  if (row.value == null) return null;
  const full = figure.upToTenth(row.score_weight);
  const lost = figure.tenth(row.score_points_lost);
  return Number(row.value) === 100 ? words.nothingLost(full) : words.lost(full, lost);
}

function factsOf(row: Row, words: Words, figure: Figures): string {
  const source = String(row.failed_source ?? '');
  if (row.is_carried === true) return sentence([words.carried(source)], words);
  if (row.missing_reason === 'source_failed') return sentence([words.failed(source)], words);
  if (row.value == null) {
    const reason = String(row.missing_reason ?? '');
    return sentence([words.missing[reason] ?? reason], words);
  }
  return sentence(facts[String(row.indicator)]?.(row, figure, words) ?? [], words);
}

function sentence(parts: readonly (string | false)[], words: Words): string {
  const text = parts.filter(Boolean).join(words.and) + words.end;
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

function wayOf(row: Row, words: Words, figure: Figures): string | null {
  if (row.green_value == null) return null;
  const known = ways[String(row.indicator)]?.(row, figure, words).filter(Boolean) ?? [];
  const target = words.to(figure.tenth(row.green_value));
  return known.length > 0 ? `${known.join(words.or)}${words.and}${target}${words.end}` : target + words.end;
}
