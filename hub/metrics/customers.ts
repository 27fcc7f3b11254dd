import type { Definition } from './definition';

/** METRICS section 8, CUS, and PEO-5 of section 9. */
export const customers = {
  'CUS-1': {
    title: { zh: '老客户复购金额占比', en: 'Repeat share' },
    formula: {
      zh: '复购订单额 ÷ 订单额。客户在更早的自然月有过未全部取消的订单，其订单即为复购；订单历史开始之前 ERP 已建档的客户视为老客户。不是留存率。',
      en: 'Intake of repeat orders / order intake. An order is repeat if its customer has an order, not cancelled in full, in an earlier calendar month; a customer whose ERP record is older than the order history counts as known. This is not retention.',
    },
    grain: { zh: '订单行', en: 'order line' },
    date: { zh: '订单日期', en: 'order date' },
    source: {
      zh: 'marts.order_flow：ERP 的销售订单、客户档案的建档日',
      en: 'marts.order_flow: sales orders of the ERP, creation dates of its customer records',
    },
    unit: 'ratio',
    goodUp: true,
  },
  'CUS-2': {
    title: { zh: '客户留存率', en: 'Retention' },
    formula: {
      zh: '前 12 个月（−23 至 −12 月）下单、且近 12 个月（−11 至 0 月）又下单的客户数 ÷ 前 12 个月下单的客户数；按金额：他们的后期订单额 ÷ 前期订单额。',
      en: 'Customers with orders in the months −23 to −12 that also have one in −11 to 0 / those customers; by value: their later / earlier orders.',
    },
    grain: { zh: '客户 × 月末', en: 'customer × month end' },
    date: { zh: '月末；今天', en: 'month end; today' },
    source: { zh: 'marts.customer_year：ERP 的销售订单', en: 'marts.customer_year: sales orders of the ERP' },
    unit: 'ratio',
    goodUp: true,
  },
  'CUS-3': {
    title: { zh: '订单频率', en: 'Order frequency' },
    formula: {
      zh: '近 12 个月订单数 ÷ 下单客户数；另示两次下单间隔天数的中位数（同一天的订单算一次）。',
      en: 'Orders / ordering customers of 12 months; beside it the median days between orders (orders of one day are one occasion).',
    },
    grain: { zh: '客户 × 月末；客户 × 下单日', en: 'customer × month end; customer × day with an order' },
    date: { zh: '订单日期', en: 'order date' },
    source: {
      zh: 'marts.customer_year、marts.order_day：ERP 的销售订单',
      en: 'marts.customer_year, marts.order_day: sales orders of the ERP',
    },
    unit: 'count',
    goodUp: true,
  },
  'CUS-4': {
    title: { zh: '平均账期', en: 'Payment term' },
    formula: {
      zh: '约定：各应收单到期日 − 立账日 的平均，每单算一次；实际：Σ（已付金额 × 付款天数）÷ Σ 已付金额，天数从立账日到付款生效日。',
      en: 'Agreed: mean of due date − document date, each document once; actual: Σ(paid × days)/Σ paid, days from the document date to the day the payment counts.',
    },
    grain: { zh: '应收单；核销', en: 'document; settlement' },
    date: {
      zh: '立账日；付款生效日，近 12 个月',
      en: 'document date; effective date of the payment, 12 months',
    },
    source: {
      zh: 'marts.term_day：ERP 的应收单、收款单与核销',
      en: 'marts.term_day: receivable documents, receipts and settlements of the ERP',
    },
    unit: 'days',
    goodUp: false,
  },
  'PEO-5': {
    title: { zh: '统计工时与成效对比', en: 'Admin hours; before and after' },
    formula: {
      zh: '统计工时：当月填报的手工统计工时 ÷（工作日数 × 8），即人数。前后对比：与冻结的基线的同一自然月相比；多个月按分子、分母之和。',
      en: 'Admin hours: hours of manual statistics reported for the month / (workdays × 8), in persons. Before and after: against the frozen baseline of the same calendar months; several months by the sums of numerators and denominators.',
    },
    grain: { zh: '指标 × 月份', en: 'measure × month' },
    date: { zh: '月份', en: 'month' },
    source: {
      zh: 'marts.outcome：工时填报与基线事件、订单、商机',
      en: 'marts.outcome: reported hours and baselines, orders, opportunities',
    },
    unit: 'hours',
    goodUp: false,
  },
} as const satisfies Record<string, Definition>;
