import type { Definition } from './definition';

/** METRICS APP-5. */
export const bank = {
  'APP-5': {
    title: { zh: '银行对账', en: 'Statement check' },
    formula: {
      zh: '每份对账单：期初余额 + Σ流水 = 期末余额；且每份期初 = 上一份期末（重叠的文件按其间流水衔接）。差额以分计，目标为 0。',
      en: 'Of each statement: opening + Σ lines = closing; and each opening = the closing before (files that overlap are compared through the lines between). Difference in cents, target 0.',
    },
    grain: { zh: '对账单', en: 'bank statement' },
    date: { zh: '对账单的起止日', en: 'the days of the statement' },
    source: {
      zh: 'marts.bank_statement_check：银行文件中的余额与流水',
      en: 'marts.bank_statement_check: balances and lines of bank files',
    },
    unit: 'CNY',
    goodUp: false,
  },
} as const satisfies Record<string, Definition>;
