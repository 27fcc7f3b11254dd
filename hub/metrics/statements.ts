import type { Definition } from './definition';

/** METRICS 5.1. */
export const statements = {
  '5.1': {
    title: { zh: '回款预测记录', en: 'Statements of expected cash' },
    formula: {
      zh: '每一次填报原样保存，从不修改或删除；更正与撤回都是新的一条。某一时点的有效预测 = 每条线索在该时点之前的最后一条（未撤回）。确定性：预计（本人看法）、承诺（客户说了金额与日期）、已确认（有银行流水、水单或已签票据）。',
      en: 'Every statement is kept as it was said and never changed or deleted; corrections and withdrawals are new ones. What stood at a time = the last statement of each thread by then, unless withdrawn. Certainty: expected (the seller’s view), promised (the customer named amount and date), confirmed (bank line, slip or signed bill).',
    },
    grain: { zh: '一条填报', en: 'one statement' },
    date: {
      zh: '填报时间（stated_at）决定何时有效；预计到账日决定归属月份',
      en: 'when it was said decides when it stood; its expected date decides the month',
    },
    source: {
      zh: 'marts.stated_cash：CRM 的回款预测、本系统录入与导入',
      en: 'marts.stated_cash: forecasts of the CRM, entries and imports of the hub',
    },
    unit: 'CNY',
    goodUp: null,
  },
} as const satisfies Record<string, Definition>;
