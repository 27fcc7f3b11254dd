import type { Definition } from './definition';

/** METRICS section 6. */
export const cashForecast = {
  'HUB-1': {
    title: { zh: '付款日预测', en: 'Payment-date forecast' },
    formula: {
      zh: '每笔未清应收在未来 180 天每天被付清的概率，以及不付的概率，合计为 1；已逾期者以“至今未付”为条件；未清者以删失计入，不丢弃。部分付款按已付比例计。',
      en: 'For each open item the probability of payment on each of the next 180 days, and of none; they add up to 1. Overdue items are conditioned on being unpaid so far; open items count as censored. Partial payments count by their share.',
    },
    grain: { zh: '应收分期 × 预测日', en: 'open item and origin' },
    date: { zh: '预测日：只用当日已知的资料', en: 'origin: only what was known by then' },
    source: {
      zh: 'marts.payment_forecast：应收台账与收款历史',
      en: 'marts.payment_forecast: the ledger and its payments',
    },
    unit: 'CNY',
    goodUp: null,
  },
  'HUB-2': {
    title: { zh: '资金预测区间', en: 'Cash forecast P10, P50, P90' },
    formula: {
      zh: '预测日未清应收在某周或某月到账总额的 10 %、50 %、90 % 分位数：2,000 次模拟，同一客户的付款一起变动。分位数不可相加：全公司与各大区分别模拟。',
      en: 'Quantiles of what the items open on the origin’s day bring in a week or month: 2,000 simulated totals in which payments of one customer move together. Quantiles do not add up: company and regions are simulated each.',
    },
    grain: { zh: '全公司或大区 × 预测日 × 周或月', en: 'company or region, origin, week or month' },
    date: { zh: '预测日与期间', en: 'origin and period' },
    source: {
      zh: 'marts.cash_forecast：应收台账与收款历史；不含尚未开票的订单',
      en: 'marts.cash_forecast: the ledger and its payments; orders not billed yet are out',
    },
    unit: 'CNY',
    goodUp: true,
  },
  'HUB-3': {
    title: { zh: '回测', en: 'Back-test' },
    formula: {
      zh: '最近 12 个月末各做一次预测，只用当时已知的资料，预测其后 1–3 个月；少于 6 个不显示技巧分。',
      en: 'A forecast from each of the last 12 month ends, with what was known then, one to three months ahead; fewer than 6 show no skill.',
    },
    grain: { zh: '月末 × 提前期', en: 'month end and horizon' },
    date: { zh: '月末', en: 'month end' },
    source: {
      zh: 'marts.cash_forecast_score：月末预测与实际核销',
      en: 'marts.cash_forecast_score: month-end forecasts and settlements',
    },
    unit: 'count',
    goodUp: null,
  },
  'HUB-4': {
    title: { zh: '分位损失', en: 'Quantile score' },
    formula: {
      zh: '实际 y 与 p 分位数 q：y < q 时 2(1 − p)(q − y)，否则 2p(y − q)；取 P10、P50、P90 的平均，再对各月平均。',
      en: 'Actual y and quantile q at p: 2(1 − p)(q − y) if y < q, else 2p(y − q); the mean over P10, P50, P90 and the months.',
    },
    grain: { zh: '全公司或大区 × 月 × 提前期', en: 'company or region, month, horizon' },
    date: { zh: '被预测月份', en: 'the month forecast' },
    source: {
      zh: 'marts.cash_forecast_score：月末预测与实际核销',
      en: 'marts.cash_forecast_score: month-end forecasts and settlements',
    },
    unit: 'CNY',
    goodUp: false,
  },
  'HUB-5': {
    title: { zh: '覆盖率与校准', en: 'Coverage and calibration' },
    formula: {
      zh: '落在 P10–P90 之间的月份占比（名义 80 %），附 Wilson 95 % 区间；逐笔：按 30 日内付款概率分十组，对比实际付款比例，及布里尔分。',
      en: 'Share of months within P10 and P90 (80 % is right) with the Wilson 95 % interval; per item, predicted payment within 30 days by tenths against what was observed, and the Brier score.',
    },
    grain: { zh: '月；应收分期 × 月末', en: 'month; open item and month end' },
    date: { zh: '预测日', en: 'origin' },
    source: {
      zh: 'marts.cash_forecast_score、marts.payment_forecast：月末预测与实际核销',
      en: 'marts.cash_forecast_score, marts.payment_forecast',
    },
    unit: 'ratio',
    goodUp: null,
  },
  'HUB-6': {
    title: { zh: '技巧分', en: 'Skill' },
    formula: {
      zh: '1 − 本预测得分 ÷ 基准得分。基准：N1 按有效到期日；N2 到期日加客户近 12 个月平均延迟；N3 人员当日的预测（未预测为 0）。负数照实显示。',
      en: '1 − score ÷ score of a baseline. N1 effective due date; N2 with the customer’s mean delay of 12 months; N3 what people said on that day (nothing said is 0). Negative skill is shown as it is.',
    },
    grain: { zh: '全公司或大区 × 月 × 提前期', en: 'company or region, month, horizon' },
    date: { zh: '被预测月份', en: 'the month forecast' },
    source: {
      zh: 'marts.cash_forecast_score：月末预测与实际核销',
      en: 'marts.cash_forecast_score: month-end forecasts and settlements',
    },
    unit: 'ratio',
    goodUp: true,
  },
} as const satisfies Record<string, Definition>;
