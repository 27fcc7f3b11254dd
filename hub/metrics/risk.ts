import type { Definition } from './definition';

/** METRICS section 11, cost of credit bureaus; RSK-1 is the order in which they are asked (docs/risk.md). HEA-5 stands in health.ts. */
export const risk = {
  'DAT-7': {
    title: { zh: '征信费用', en: 'Bureau cost' },
    formula: {
      zh: '付费调用次数 × 单价（查无结果也计费），与当月预算比较；户均费用 = 费用 ÷ 被查询企业数。调用在发出前记账，丢失回答的调用也计入。',
      en: 'Paid calls × price (an answer with nothing found is paid for too), against the month’s budget; per checked customer = cost / companies asked about. Calls are booked before they are made, those whose answer was lost as well.',
    },
    grain: { zh: '征信平台 × 月份 × 接口 × 企业', en: 'bureau × month × service × company' },
    date: { zh: '调用时间（北京时间所在月份）', en: 'time of the call (month in China)' },
    source: {
      zh: 'marts.bureau_cost、marts.bureau_budget：付费调用账本与配置的预算',
      en: 'marts.bureau_cost, marts.bureau_budget: the ledger of paid calls and the budgets of the config',
    },
    unit: 'CNY',
    goodUp: false,
  },
  'RSK-1': {
    title: { zh: '风险敞口与查询优先级', en: 'Exposure and order of checks' },
    formula: {
      zh: '敞口 = 应收（不含贷项）+ 在手及或有票据 + 在手订单与发出未开票；优先级 = 敞口 ×（1 + 逾期占比 + 红灯 1 + 在列 1 + 距上次查询年数，最多 1，从未查询为 1）。',
      en: 'Exposure = open receivables without credits + bills on hand and contingent + orders in hand and delivered, not invoiced; priority = exposure × (1 + overdue share + 1 if red + 1 if on a list + years since the last check, at most 1, and 1 if there was none).',
    },
    grain: { zh: '客户', en: 'customer' },
    date: { zh: '截止日（今天）', en: 'as-of day (today)' },
    source: {
      zh: 'marts.customer_risk：应收、票据、订单、健康灯色与征信查询',
      en: 'marts.customer_risk: receivables, bills, orders, health and bureau checks',
    },
    unit: 'CNY',
    goodUp: null,
  },
} as const satisfies Record<string, Definition>;
