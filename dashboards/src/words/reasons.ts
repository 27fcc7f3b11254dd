import { useFilters } from '../filters';

/** Why a customer has its colour, and what would turn it green: facts of the models in whole sentences. */
const zh = {
  gap: (points: string) => `离绿灯差 ${points} 分。其他不变时，做到「转绿」中的任何一条即可。`,
  gapTooLarge: (points: string) => `离绿灯差 ${points} 分，单靠任何一项都不够。`,
  lost: (full: string, points: string) => `${full} 分中丢 ${points} 分`,
  nothingLost: (full: string) => `${full} 分，没有丢分`,
  scaled: (percent: string) => `覆盖 ${percent}，其余指标缺数据；已知的权重折算成 100 分`,
  whole: '五项指标都有数据',
  frozenAt: (value: string) => `冻结时这一项是 ${value} 分，原因按现有数据`,
  punctuality: {
    late: (items: string, days: string, cny: string) =>
      `${items} 笔应收晚付或逾期，最长 ${days} 天，共 ${cny}`,
    overdue: (items: string, cny: string) => `其中 ${items} 笔到月末还没付，共 ${cny}`,
    inTime: (rate: string) => `按期付款占 ${rate}`,
    still: '现在仍逾期：',
    more: (n: string) => `等 ${n} 笔`,
  },
  demand: {
    won: (rate: string) => `赢单金额占 ${rate}（50% 满分）`,
    core: (rate: string) => `核心产品占订单 ${rate}`,
    purchase: (rate: string) => `占申报采购额 ${rate}（30% 满分）`,
  },
  interaction: {
    weeks: (weeks: string, target: string) => `近 13 周有 ${weeks} 周联系（目标 ${target} 周）`,
    last: (days: string) => `最近一次在 ${days} 天前`,
    never: '没有联系记录',
  },
  orders: {
    halves: (now: string, before: string) => `近 6 个月订单 ${now}，之前 6 个月 ${before}`,
    last: (days: string) => `上次下单在 ${days} 天前`,
    gap: (days: string) => `（通常隔 ${days} 天）`,
    returns: (rate: string) => `退货率 ${rate}`,
  },
  risk: {
    live: (n: string) => `仍有效的失信、执行等记录 ${n} 条`,
    events: (n: string) => `诉讼、处罚、实控人变更 ${n} 起`,
    none: '没有风险记录',
  },
  green: '转绿：',
  to: (value: string) => `这一项到 ${value} 分`,
  ways: {
    inTime: (cny: string) => `再有 ${cny} 按期到账`,
    won: (rate: string) => `赢单金额占到 ${rate}`,
    core: (rate: string) => `核心产品占到 ${rate}`,
    purchase: (rate: string) => `占申报采购额到 ${rate}`,
    weeks: (weeks: string) => `近 13 周联系满 ${weeks} 周，最近一次在 14 天内`,
    anyOrder: '再下一张订单',
    orders: (cny: string) => `近 6 个月订单到 ${cny}，并有新订单`,
  },
  and: '，',
  or: ' 或 ',
  end: '。',
  lifted: {
    dishonest_debtor: () => '失信记录撤销后，颜色按得分。',
    bankruptcy: () => '破产程序终结后，颜色按得分。',
    overdue_90: (cny: string) => `逾期超 90 天的 ${cny} 付到 5 万元以下，或不到应收的 30%，颜色就按得分。`,
    held: () => '缺的数据补上后，颜色按得分。',
  } as Record<string, (cny: string) => string>,
};
export type ReasonWords = typeof zh;

const en: ReasonWords = {
  gap: (points) => `${points} points short of green. Any one line under "To green" would do, all else equal.`,
  gapTooLarge: (points) => `${points} points short of green; no indicator alone would do.`,
  lost: (full, points) => `${points} of ${full} points lost`,
  nothingLost: (full) => `${full} points, none lost`,
  scaled: (percent) => `Coverage ${percent}: what is missing does not count, the other weights make 100`,
  whole: 'All five indicators have data',
  frozenAt: (value) => `Frozen at ${value}; the reasons follow the data as they are now`,
  punctuality: {
    late: (items, days, cny) => `${items} items paid late or overdue, up to ${days} days, ${cny} in all`,
    overdue: (items, cny) => `${items} of them open at the month end, ${cny}`,
    inTime: (rate) => `${rate} paid in time`,
    still: 'Overdue now: ',
    more: (n) => `of ${n}`,
  },
  demand: {
    won: (rate) => `won ${rate} of decided value (50 % is full)`,
    core: (rate) => `core products ${rate} of orders`,
    purchase: (rate) => `${rate} of its declared purchases (30 % is full)`,
  },
  interaction: {
    weeks: (weeks, target) => `contact in ${weeks} of 13 weeks (target ${target})`,
    last: (days) => `the last ${days} days ago`,
    never: 'no contact on record',
  },
  orders: {
    halves: (now, before) => `orders of 6 months ${now}, of the 6 before ${before}`,
    last: (days) => `last order ${days} days ago`,
    gap: (days) => ` (usually every ${days})`,
    returns: (rate) => `${rate} returned`,
  },
  risk: {
    live: (n) => `${n} live entries (dishonest debtor, enforcement …)`,
    events: (n) => `${n} lawsuits, penalties or changes of controller`,
    none: 'nothing on record',
  },
  green: 'To green: ',
  to: (value) => `this indicator at ${value}`,
  ways: {
    inTime: (cny) => `another ${cny} paid in time`,
    won: (rate) => `won share at ${rate}`,
    core: (rate) => `core products at ${rate}`,
    purchase: (rate) => `${rate} of its declared purchases`,
    weeks: (weeks) => `contact in ${weeks} of 13 weeks, the last within 14 days`,
    anyOrder: 'one more order',
    orders: (cny) => `orders of 6 months at ${cny}, a new one among them`,
  },
  and: ', ',
  or: ' or ',
  end: '.',
  lifted: {
    dishonest_debtor: () => 'The colour follows the score once the entry is lifted.',
    bankruptcy: () => 'The colour follows the score once the bankruptcy is over.',
    overdue_90: (cny) =>
      `The colour follows the score once the ${cny} overdue > 90 days are below 50,000, or below 30 % of receivables.`,
    held: () => 'The colour follows the score once the missing data are there.',
  },
};

const reasons = { zh, en };

/** Loaded with the page, not with the frame. */
export const useReasonWords = () => reasons[useFilters().filters.lang];
