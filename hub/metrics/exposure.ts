import type { Definition } from './definition';

/** METRICS section 3: where the risk lies, and the proof of the balance. */
export const exposure = {
  'REC-11': {
    title: { zh: '集中度', en: 'Concentration' },
    formula: {
      zh: '余额为正的客户中，前 5、前 10 大客户占比；赫芬达尔指数 = 各客户占比（%）的平方和，最大 10,000。',
      en: 'Among customers with a positive net: share of the five and ten largest; HHI = sum of the squared shares in percent, at most 10,000.',
    },
    grain: { zh: '公司、大区、负责人各自计算', en: 'worked out for company, region and owner each' },
    date: { zh: '截止日', en: 'as-of day' },
    source: {
      zh: 'marts.receivable_slice：ERP 的应收单、收款单、核销记录',
      en: 'marts.receivable_slice: receivable documents, receipts and allocations of the ERP',
    },
    unit: 'ratio',
    goodUp: false,
  },
  'REC-13': {
    title: { zh: '票据', en: 'Bills' },
    formula: {
      zh: '在手票据按票面，按到期月份与承兑人类别；已背书或贴现、有追索且未到期的为或有。',
      en: 'Bills on hand at face, by month of maturity and class of the acceptor; endorsed or discounted with recourse and undue are contingent.',
    },
    grain: { zh: '票据 × 截止日', en: 'bill and as-of day' },
    date: {
      zh: '截止日；状态自签收、背书、贴现、兑付之日起变',
      en: 'as-of day; the state changes on the day of signing, endorsement, discount or payment',
    },
    source: { zh: 'marts.bill：ERP 的票据登记簿', en: 'marts.bill: register of bills of the ERP' },
    unit: 'CNY',
    goodUp: null,
  },
  'REC-14': {
    title: { zh: '信用敞口', en: 'Credit exposure' },
    formula: {
      zh: '应收净额 + 未到期质保金 + 在手及或有票据 + 发出商品未开票 − 预收；额度使用率 = 有额度客户的敞口 ÷ 额度（按今天的额度）。',
      en: 'Net receivables + undue retention + bills on hand and contingent + delivered, not invoiced − prepayments; use of the limit = exposure / limit of customers that have one (the limit of today).',
    },
    grain: { zh: '客户 × 截止日', en: 'customer and as-of day' },
    date: { zh: '截止日', en: 'as-of day' },
    source: {
      zh: 'marts.credit_exposure：ERP 的应收单、收款单、票据、发货与信用额度',
      en: 'marts.credit_exposure: receivables, receipts, bills, deliveries and credit limits of the ERP',
    },
    unit: 'CNY',
    goodUp: false,
  },
  'REC-15': {
    title: { zh: '条例逾期', en: 'Statutory lateness' },
    formula: {
      zh: '《保障中小企业款项支付条例》：大型企业自交付起 60 日、机关与事业单位 30 日（约定最长 60 日）仍未付的金额；可主张利息 = 逾期额 × 0.05 % × 天数（未约定利率时）。仅供参考，不入账。',
      en: 'Regulation on Payments to SMEs: what large enterprises owe beyond 60 days from delivery and public bodies beyond 30 (by contract up to 60); claimable interest = overdue × 0.05 % × days where no rate was agreed. Indicative, never booked.',
    },
    grain: { zh: '应收分期 × 截止日', en: 'open item and as-of day' },
    date: {
      zh: '截止日 − 法定付款日（自交付日起算）',
      en: 'as-of day minus the statutory day, counted from delivery',
    },
    source: {
      zh: 'marts.statutory_lateness：ERP 的应收单、客户档案',
      en: 'marts.statutory_lateness: receivable documents and customer records of the ERP',
    },
    unit: 'CNY',
    goodUp: false,
  },
  'REC-16': {
    title: { zh: '应收滚动', en: 'Roll-forward' },
    formula: {
      zh: '期初 + 开票额 − 各种结清 = 期末，含红字与未到期质保金，分毫不差。',
      en: 'Opening + billings − each kind of settlement = closing, credit notes and undue retention in, to the cent.',
    },
    grain: { zh: '客户 × 月', en: 'customer and month' },
    date: { zh: '立账日、核销生效日', en: 'document date, effective date of the settlement' },
    source: {
      zh: 'marts.receivable_rollforward：ERP 的应收单、收款单、核销记录',
      en: 'marts.receivable_rollforward: receivable documents, receipts and allocations of the ERP',
    },
    unit: 'CNY',
    goodUp: null,
  },
} as const satisfies Record<string, Definition>;
