import type { Definition } from './definition';

const control = {
  zh: 'marts.control_total、marts.control_difference：ERP 单据、收款与核销；来源方报表或总账导入',
  en: 'marts.control_total, marts.control_difference: documents, receipts and allocations of the ERP; the imported report or ledger',
};
const dispute = {
  zh: 'marts.dispute：登记的争议与扣款、ERP 的应收与核销',
  en: 'marts.dispute: disputes and deductions that people entered, items and settlements of the ERP',
};

/** METRICS DAT-4, and what finance's own lists add up. */
export const finance = {
  'DAT-4': {
    title: { zh: '对账差异', en: 'Control totals' },
    formula: {
      zh: '本系统金额与张数 − 来源方报表或总账的金额与张数（如 1122 应收账款、1121 应收票据、2203 预收账款）；目标 0.00，任何差异都列出单据。',
      en: 'Amount and count here − the source’s own report or ledger (such as 1122 receivables, 1121 bills, 2203 prepayments); the target is 0.00, any difference is a list of documents.',
    },
    grain: { zh: '账套 × 月份 × 科目', en: 'entity × month × account' },
    date: {
      zh: '月末余额；开票、收款、订单按各自日期所在月份',
      en: 'balance at the month’s end; billing, receipts and orders by the month of their own date',
    },
    source: control,
    unit: 'CNY',
    goodUp: null,
  },
  'FIN-1': {
    title: { zh: '晨会待办', en: 'Morning tasks' },
    formula: {
      zh: '已确认未到账（FVA-7）、承诺过期满 3 个工作日仍未到账、付款方未识别的到账、已到账待核销、银行流水未更新、今日承诺或确认、今日到期、上一工作日以来到账；已办与推迟的除外。金额为各项尚待的金额，不同类别不可相加。',
      en: 'Confirmed and no money (FVA-7), promises 3 workdays past their day, money of unknown payers, money to apply, banks that are late, promised or confirmed for today, due today, arrived since the last workday; without what is done or put off. The amount is what is still awaited; kinds are not added up.',
    },
    grain: { zh: '待办事项', en: 'task' },
    date: {
      zh: '截止日之后的首个工作日',
      en: 'the first workday after the as-of day',
    },
    source: {
      zh: 'marts.morning_task：应收、回款预测、银行流水',
      en: 'marts.morning_task: open items, statements, bank lines',
    },
    unit: 'CNY',
    goodUp: null,
  },
  'FIN-2': {
    title: { zh: '争议中的应收', en: 'Receivables in dispute' },
    formula: {
      zh: '未关闭争议的金额，每个应收分期至多其未清金额。仅为标记：应收账款（REC-1）不因争议减少。',
      en: 'Amounts of open disputes, per item at most what it still owes. A flag: receivables (REC-1) do not go down by it.',
    },
    grain: { zh: '争议（一个应收分期）', en: 'dispute (of one open item)' },
    date: { zh: '截止日', en: 'as-of day' },
    source: dispute,
    unit: 'CNY',
    goodUp: false,
  },
  'FIN-3': {
    title: { zh: '已同意、待入账的扣款', en: 'Deductions agreed and not booked' },
    formula: {
      zh: '已同意的扣款 − ERP 自争议登记日起对该分期入账的扣款，至多其未清金额；ERP 入账后才结清。',
      en: 'Agreed deduction − deductions that the ERP booked on the item since the dispute was opened, at most what it owes; it settles when the ERP books it.',
    },
    grain: { zh: '争议（一个应收分期）', en: 'dispute (of one open item)' },
    date: { zh: '截止日', en: 'as-of day' },
    source: dispute,
    unit: 'CNY',
    goodUp: false,
  },
} as const satisfies Record<string, Definition>;
