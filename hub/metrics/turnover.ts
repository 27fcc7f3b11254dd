import type { Definition } from './definition';

const BALANCE_SOURCE = {
  zh: 'marts.receivable_turnover：ERP 的应收单、收款单、核销记录、票据',
  en: 'marts.receivable_turnover: receivable documents, receipts, allocations and bills of the ERP',
};

/** METRICS section 3: days of sales outstanding, lateness and effectiveness of collecting. */
export const turnover = {
  'REC-3': {
    title: { zh: '应收周转天数', en: 'Days of sales outstanding' },
    formula: {
      zh: '应收净额 × 窗口天数 ÷ 窗口赊销额；窗口为截止月及前两个月，截止日非月末时为截止日止的 90 天。另列加在手票据的口径。赊销额不大于 0 时显示“—”。',
      en: 'Net receivables × days of the window / credit sales of the window; the window is the month of the day and the two before, or the 90 days up to a day that is no month end. Twin with bills on hand added. Credit sales of 0 or less: “—”.',
    },
    grain: { zh: '客户 × 截止日，按和求比', en: 'customer and as-of day, as a ratio of sums' },
    date: { zh: '截止日', en: 'as-of day' },
    source: BALANCE_SOURCE,
    unit: 'days',
    goodUp: false,
  },
  'REC-4': {
    title: { zh: '倒推法周转天数', en: 'DSO by count-back' },
    formula: {
      zh: '自截止月起逐月用赊销额（负月按 0）抵减应收净额，抵完的月份全计天数（当月按已过天数），抵不完的月份按比例；无销售的月份全计。24 个月仍未抵完显示“> 730”；净额不大于 0 时为 0。',
      en: 'From the month of the day backwards each month’s credit sales (a negative month is 0) are taken from the net and its days counted (elapsed days in the running month); the last one in proportion; months without sales in full. Not exhausted after 24 months: “> 730”. Net of 0 or less: 0.',
    },
    grain: {
      zh: '公司、大区、负责人、客户各自计算，不可相加',
      en: 'worked out for company, region, owner and customer each; it does not add up',
    },
    date: { zh: '截止日', en: 'as-of day' },
    source: {
      zh: 'marts.receivable_slice：ERP 的应收单、收款单、核销记录',
      en: 'marts.receivable_slice: receivable documents, receipts and allocations of the ERP',
    },
    unit: 'days',
    goodUp: false,
  },
  'REC-5': {
    title: { zh: '最佳可能周转天数', en: 'Best possible DSO' },
    formula: {
      zh: '未到期应收 × 窗口天数 ÷ 窗口赊销额，窗口同应收周转天数。',
      en: 'Gross that is not due × days of the window / credit sales, in the window of the DSO.',
    },
    grain: { zh: '客户 × 截止日，按和求比', en: 'customer and as-of day, as a ratio of sums' },
    date: { zh: '截止日', en: 'as-of day' },
    source: BALANCE_SOURCE,
    unit: 'days',
    goodUp: null,
  },
  'REC-6': {
    title: { zh: '逾期天数（组合口径）', en: 'Delinquent DSO' },
    formula: {
      zh: '应收周转天数 − 最佳可能周转天数；是整个组合的数，不是平均逾期付款天数。',
      en: 'DSO − best possible DSO; a number of the portfolio, not the average days late.',
    },
    grain: { zh: '客户 × 截止日，按和求比', en: 'customer and as-of day, as a ratio of sums' },
    date: { zh: '截止日', en: 'as-of day' },
    source: BALANCE_SOURCE,
    unit: 'days',
    goodUp: false,
  },
  'REC-7': {
    title: { zh: '平均逾期付款天数', en: 'Average days late' },
    formula: {
      zh: '现金、银承、预收核销的（金额 × 逾期天数）之和 ÷ 金额之和；提前为负。商承与供应链票据按兑付日计入。另列仅逾期部分。未付的客户不在其中，须与逾期占比同看。',
      en: 'Sum of amount × days late over the sum of amounts, of cash, bank bills and applied prepayments; early days are negative. Commercial bills and notes count on the day they are paid. Twin over late ones only. Who never pays is not in it: read it with the overdue share.',
    },
    grain: { zh: '核销分录', en: 'settlement of an open item' },
    date: { zh: '生效日', en: 'effective date' },
    source: {
      zh: 'marts.payment_lateness：ERP 的应收单、收款单、核销记录、票据',
      en: 'marts.payment_lateness: receivable documents, receipts, allocations and bills of the ERP',
    },
    unit: 'days',
    goodUp: false,
  },
  'REC-8': {
    title: { zh: '回款效率指数', en: 'Collection effectiveness index' },
    formula: {
      zh: '（期初应收 + 本期赊销 − 坏账核销 − 期末应收）÷（期初应收 + 本期赊销 − 期末未到期）。赊销为整个期间之和；坏账核销不算回款。分母不大于 0 时显示“—”。',
      en: '(opening gross + credit sales − write-offs − closing gross) / (opening gross + credit sales − closing not due). Credit sales are those of the whole period; a write-off is no collection. Denominator of 0 or less: “—”.',
    },
    grain: { zh: '客户 × 截止日 × 期间，按和求比', en: 'customer, as-of day and period, as a ratio of sums' },
    date: { zh: '截止日与期间首日', en: 'as-of day and first day of the period' },
    source: {
      zh: 'marts.collection_effectiveness：ERP 的应收单、收款单、核销记录',
      en: 'marts.collection_effectiveness: receivable documents, receipts and allocations of the ERP',
    },
    unit: 'ratio',
    goodUp: true,
  },
  'REC-12': {
    title: { zh: '坏账核销率与坏账准备估计', en: 'Write-off rate and provision estimate' },
    formula: {
      zh: '近 12 个月（坏账核销 − 收回）÷ 赊销额。坏账准备为会计账龄各段 × 配置的比例，是管理层估计；账面数以总账为准。',
      en: '(write-offs − recoveries) / credit sales of 12 months. The provision is accounting ages × configured rates, a management estimate; what is booked comes from the ledger.',
    },
    grain: { zh: '客户 × 截止日，按和求比', en: 'customer and as-of day, as a ratio of sums' },
    date: { zh: '核销生效日、立账日；截止日', en: 'effective date, document date; as-of day' },
    source: {
      zh: 'marts.receivable_turnover、marts.receivable_ageing：ERP 的应收单、核销记录，seeds.provision_rate 的比例',
      en: 'marts.receivable_turnover, marts.receivable_ageing, seeds.provision_rate',
    },
    unit: 'ratio',
    goodUp: false,
  },
} as const satisfies Record<string, Definition>;
