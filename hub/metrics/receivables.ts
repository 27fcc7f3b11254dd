import type { Definition } from './definition';

/** METRICS section 3: what is owed and how old it is; the rest of the section is in turnover.ts and exposure.ts. */
export const receivables = {
  'REC-1': {
    title: { zh: '应收账款余额', en: 'Receivables' },
    formula: {
      zh: '总额 = 截止日未清应收之和（正数项）；净额 = 总额 − 未核销收款 − 未冲红字发票。预收不抵减，未到期质保金与承兑汇票不含在内。',
      en: 'Gross = open items above zero as of the day; net = gross − unapplied cash − open credit notes. Never net of prepayments; undue retention and bills are out.',
    },
    grain: {
      zh: '应收分期（一张应收单的一期）',
      en: 'open item (one instalment of one receivable document)',
    },
    date: {
      zh: '截止日；核销自收款到账日与立账日中较晚者起生效，与何时点“核销”无关',
      en: 'as-of day; a settlement counts from the later of value date and document date, not from the day a clerk matched it',
    },
    source: {
      zh: 'marts.receivable_balance、marts.open_receivable：ERP 的应收单、收款单、核销记录',
      en: 'marts.receivable_balance, marts.open_receivable: receivable documents, receipts and allocations of the ERP',
    },
    unit: 'CNY',
    goodUp: null,
  },
  'REC-2': {
    title: { zh: '账龄与逾期金额', en: 'Ageing and overdue amount' },
    formula: {
      zh: '逾期账龄：未到期、1–30、31–60、61–90、91–180、181–365、365 天以上；会计账龄：按立账日满年分段。红字与未核销收款单列为“抵减”，各段之和 − 抵减 = 净额，分毫不差。',
      en: 'Overdue view: not due, 1–30, 31–60, 61–90, 91–180, 181–365, over 365 days. Accounting view: by anniversaries of the document date. Credits and unapplied cash are a bucket of their own; buckets minus credits make the net, to the cent.',
    },
    grain: { zh: '应收分期', en: 'open item' },
    date: {
      zh: '截止日 − 有效到期日（遇休息日顺延到下一工作日）',
      en: 'as-of day minus effective due date (moved to the next workday)',
    },
    source: {
      zh: 'marts.receivable_ageing：ERP 的应收单、收款单、核销记录',
      en: 'marts.receivable_ageing: receivable documents, receipts and allocations of the ERP',
    },
    unit: 'CNY',
    goodUp: false,
  },
  'REC-9': {
    title: { zh: '逾期占比', en: 'Overdue share' },
    formula: {
      zh: '逾期总额 ÷ 应收总额；不抵减红字与未核销收款。另列逾期超 90 天占比与按笔数的占比。',
      en: 'Overdue gross / gross; credits are not netted. Twins: share more than 90 days overdue, and by count.',
    },
    grain: { zh: '应收分期', en: 'open item' },
    date: { zh: '截止日', en: 'as-of day' },
    source: {
      zh: 'marts.receivable_balance：ERP 的应收单、收款单、核销记录',
      en: 'marts.receivable_balance: receivable documents, receipts and allocations of the ERP',
    },
    unit: 'ratio',
    goodUp: false,
  },
  '3.5': {
    title: { zh: '未核销收款与预收', en: 'Unapplied cash and prepayments' },
    formula: {
      zh: '未核销收款 = 未核销的收款（不含标为预收者）与应收总额中的较小者；其余及标为预收的为预收，是负债，不抵减应收。',
      en: 'Unapplied cash = the lesser of receipts that pay no document (without those marked as prepayment) and the gross; the rest and the marked ones are prepayments, a liability that is never netted.',
    },
    grain: { zh: '客户 × 截止日', en: 'customer and as-of day' },
    date: { zh: '截止日', en: 'as-of day' },
    source: {
      zh: 'marts.receivable_balance：ERP 的收款单、核销记录',
      en: 'marts.receivable_balance: receipts and allocations of the ERP',
    },
    unit: 'CNY',
    goodUp: null,
  },
  '3.6': {
    title: { zh: '未到期质保金', en: 'Undue retention' },
    formula: {
      zh: '有效到期日在截止日之后的质保金分期；到期前不计入应收、账龄与周转天数，到期后即为普通应收。',
      en: 'Retention instalments that fall due after the as-of day; before that they are in no receivable, ageing or DSO figure, from then on they are ordinary items.',
    },
    grain: { zh: '应收分期', en: 'open item' },
    date: { zh: '有效到期日对截止日', en: 'effective due date against the as-of day' },
    source: {
      zh: 'marts.receivable_balance：ERP 应收单的收款计划',
      en: 'marts.receivable_balance: payment plans of the ERP',
    },
    unit: 'CNY',
    goodUp: null,
  },
} as const satisfies Record<string, Definition>;
