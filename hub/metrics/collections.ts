import type { Definition } from './definition';

/** METRICS 5.3. */
export const collections = {
  'COL-1': {
    title: { zh: '回款额', en: 'Collections' },
    formula: {
      zh: '客户到账（含预收）+ 银行承兑汇票签收 − 退款 − 拒付。未识别付款方的到账计入并单列。',
      en: 'Customer cash (prepayments in) + bank bills signed for − refunds − dishonours. Money of unknown payers is in, and shown apart.',
    },
    grain: {
      zh: '回款事件：一笔银行流水、一张银行承兑汇票、一笔退款或拒付',
      en: 'collection event: a bank line, a bank bill, a refund or a dishonour',
    },
    date: {
      zh: '银行入账日；汇票为签收日',
      en: 'value date of the bank; for a bill the day it was signed for',
    },
    source: {
      zh: 'marts.collection：银行流水、ERP 收款单',
      en: 'marts.collection: bank statements, receipts of the ERP',
    },
    unit: 'CNY',
    goodUp: true,
  },
  'COL-2': {
    title: { zh: '现金回款额', en: 'Cash collections' },
    formula: {
      zh: '同回款额，但银行承兑汇票到期兑付或贴现时才计入；贴现息是财务费用。',
      en: 'As collections, but a bank bill counts only when it is paid or discounted; the discount interest is finance cost.',
    },
    grain: { zh: '回款事件', en: 'collection event' },
    date: { zh: '银行入账日', en: 'value date of the bank' },
    source: {
      zh: 'marts.collection：银行流水、ERP 收款单',
      en: 'marts.collection: bank statements, receipts of the ERP',
    },
    unit: 'CNY',
    goodUp: true,
  },
} as const satisfies Record<string, Definition>;
