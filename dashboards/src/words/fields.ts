import { values } from './values';

type ByField = Record<string, Readonly<Record<string, string>>>;

/** What the models' keys mean, by the field of a record that holds them. A key without a word is shown as it is. */
const zh: ByField = {
  direction: { in: '收入', out: '支出' },
  category: {
    customer: '客户',
    supplier: '供应商',
    internal: '内部划转',
    interest: '利息',
    tax: '税费',
    loan: '贷款',
    refund: '退款',
    other: '其他',
  },
  match_rule: { reference: '流水号相同', customer_amount: '客户与金额相同' },
  method: { cash: '现汇', bank_bill: '银承', commercial_bill: '商承' },
  certainty: values.zh.certainty,
  subject_kind: values.zh.subject,
  status: { open: '进行中', won: '赢单', lost: '输单', invalid: '作废' },
  activity_type: {
    visit: '拜访',
    call: '电话',
    meeting: '会议',
    message_in: '客户来信',
    message_out: '去信',
    quotation: '报价',
    sample: '送样',
    drawing: '图纸',
    internal_note: '内部备注',
    planned: '计划',
  },
  kind: {
    ...values.zh.settlementKind,
    dishonest_debtor: '失信被执行人',
    bankruptcy: '破产',
    high_consumption_limit: '限制高消费',
    serious_violation: '严重违法',
    enforcement: '被执行',
    equity_freeze: '股权冻结',
    tax_arrears: '欠税',
    abnormal_operation: '经营异常',
    defendant: '被起诉',
    environmental_penalty: '环保处罚',
    administrative_penalty: '行政处罚',
    controller_change: '实际控制人变更',
  },
};
export type FieldWords = typeof zh;

const en: FieldWords = {
  direction: { in: 'in', out: 'out' },
  category: { internal: 'own accounts' },
  match_rule: { reference: 'same reference', customer_amount: 'same customer and amount' },
  method: { cash: 'transfer', bank_bill: 'bank bill', commercial_bill: 'commercial bill' },
  certainty: values.en.certainty,
  subject_kind: values.en.subject,
  status: { open: 'open', won: 'won', lost: 'lost', invalid: 'void' },
  activity_type: {
    message_in: 'message from the customer',
    message_out: 'message to the customer',
    internal_note: 'internal note',
  },
  kind: {
    ...values.en.settlementKind,
    dishonest_debtor: 'dishonest debtor',
    high_consumption_limit: 'limit on high consumption',
    serious_violation: 'serious violation',
    equity_freeze: 'equity frozen',
    tax_arrears: 'tax arrears',
    abnormal_operation: 'abnormal operation',
    environmental_penalty: 'environmental penalty',
    administrative_penalty: 'administrative penalty',
    controller_change: 'change of controller',
  },
};

export const fields = { zh, en };

export const fieldWord = (words: FieldWords, field: string, key: string) => words[field]?.[key] ?? key;
