import type { Definition } from './definition';

const LINE = { zh: '客户到账流水（一笔）', en: "customers' bank line" };
const VALUE_DATE = { zh: '银行入账日', en: 'value date of the bank' };
const LINES = {
  zh: 'marts.cash_line：银行流水、中台核销记录、ERP 核销记录',
  en: "marts.cash_line: bank statements, the hub's matches, allocations of the ERP",
};

/** METRICS section 4. */
export const application = {
  'APP-1': {
    title: { zh: '匹配率', en: 'Match rate' },
    formula: {
      zh: '入账次一工作日前无人工全额核销、且 60 天内未撤销的到账 ÷ 全部客户到账，按笔数与金额成对列示。主口径为核销到单据；付款方层级（仅识别客户）单列，不混用。',
      en: "Lines wholly allocated by the next workday without a person and not reversed within 60 days / customers' lines, by count and by value. The headline is invoice level (allocated to items); payer level (customer known) is shown apart.",
    },
    grain: LINE,
    date: VALUE_DATE,
    source: LINES,
    unit: 'ratio',
    goodUp: true,
  },
  'APP-2': {
    title: { zh: '错配率', en: 'False match rate' },
    formula: {
      zh: '60 天内被撤销的自动核销 ÷ 全部自动核销，按笔数与金额成对列示。',
      en: 'Automatic matches reversed within 60 days / automatic matches of the period, by count and by value.',
    },
    grain: LINE,
    date: VALUE_DATE,
    source: LINES,
    unit: 'ratio',
    goodUp: false,
  },
  'APP-3': {
    title: { zh: '未核销收款与未识别付款方', en: 'Unapplied cash and unknown payers' },
    formula: {
      zh: '截止日尚未核销的收款（不含预收，不超过该客户应收总额）的金额、笔数与账龄；未识别付款方的到账单列。',
      en: 'Receipts that pay nothing yet, without prepayments and up to what the customer owes: amount, count and age; bank lines of unknown payers beside them.',
    },
    grain: { zh: '收款单或银行流水（一笔）', en: 'receipt or bank line' },
    date: { zh: '截止日', en: 'as-of day' },
    source: {
      zh: 'marts.unapplied_cash：ERP 的收款单与核销记录、银行流水',
      en: 'marts.unapplied_cash: receipts and allocations of the ERP, bank statements',
    },
    unit: 'CNY',
    goodUp: false,
  },
  'APP-4': {
    title: { zh: '核销用时', en: 'Time to apply' },
    formula: {
      zh: '从入账日到全额核销的工作日数：中位数与 P90；尚未核销的单独计数，不剔除。',
      en: 'Workdays from value date to full allocation: median and P90; what is still open is counted as such, not dropped.',
    },
    grain: LINE,
    date: VALUE_DATE,
    source: LINES,
    unit: 'days',
    goodUp: false,
  },
} as const satisfies Record<string, Definition>;
