/** Words for the values that models send as keys. A key without a word is shown as it is: better odd than hidden. */
const zh = {
  certainty: { confirmed: '已确认', promised: '承诺', expected: '预计' } as Record<string, string>,
  part: {
    slipped: '推迟到账',
    pulled_in: '提前到账',
    arrears: '前期欠款到账',
    amount: '金额差异',
    form: '形式差异',
    not_paid: '未付',
    unforecast: '未预测到账',
    unidentified: '未识别付款方',
    reversed: '退款拒付',
  } as Record<string, string>,
  subPart: {
    confirmed: '已确认',
    promised: '承诺',
    expected: '预计',
    no_basis: '依据已取消',
    said_after: '月初之后才说',
    nobody: '无人预测',
    settled_otherwise: '其他方式结清',
    more_than_stated: '多于承诺',
    refund: '退款',
    dishonour: '拒付',
    bill_signed: '以票据支付',
    bill_paid: '票据到款',
    discount_interest: '贴现息',
  } as Record<string, string>,
  collectionKind: {
    bank_line: '银行流水',
    receipt_without_bank: '收款单（无流水）',
    bank_bill: '银行承兑汇票',
    commercial_bill: '商业承兑汇票',
    bill_money: '票据到款（无流水）',
    refund: '退款',
    dishonour: '拒付',
  } as Record<string, string>,
  settlementKind: {
    cash: '银行到账',
    bank_bill: '银承',
    commercial_bill: '商承',
    supply_chain_note: '供应链票据',
    prepayment_applied: '预收抵用',
    credit_note: '红字发票',
    discount: '折扣',
    deduction: '扣款',
    set_off: '抵账',
    bank_fee: '手续费',
    fx_diff: '汇兑差额',
    rounding: '尾差',
    write_off: '坏账核销',
  } as Record<string, string>,
  subject: { document: '发票', order: '订单', none: '未指定单据' } as Record<string, string>,
  bucketNotDue: '未到期',
  bucketCredits: '贷项与未核销收款',
  bucketDays: (from: string, to: string) => `逾期 ${from}–${to} 天`,
  bucketOver: (days: string) => `逾期 ${days} 天以上`,
  outcome: { advanced: '已推进', still: '仍在本阶段', back: '回退', lost: '输单' } as Record<string, string>,
  colour: { red: '红', yellow: '黄', green: '绿', grey: '灰（数据不足）', none: '上月无' } as Record<
    string,
    string
  >,
  colourShort: { red: '红', yellow: '黄', green: '绿', grey: '灰', none: '无' } as Record<string, string>,
  unknownPayer: '未识别付款方',
};
export type ValueWords = typeof zh;

const en: ValueWords = {
  certainty: { confirmed: 'Confirmed', promised: 'Promised', expected: 'Expected' },
  part: {
    slipped: 'Slipped',
    pulled_in: 'Pulled in',
    arrears: 'Arrears paid',
    amount: 'Amount',
    form: 'Form',
    not_paid: 'Not paid',
    unforecast: 'Unforecast',
    unidentified: 'Unidentified',
    reversed: 'Reversed',
  },
  subPart: {
    confirmed: 'confirmed',
    promised: 'promised',
    expected: 'expected',
    no_basis: 'basis cancelled',
    said_after: 'said later',
    nobody: 'Said by nobody',
    settled_otherwise: 'Settled otherwise',
    more_than_stated: 'More than stated',
    refund: 'Refund',
    dishonour: 'Dishonoured',
    bill_signed: 'Paid by bill',
    bill_paid: 'Money of a bill',
    discount_interest: 'Discount interest',
  },
  collectionKind: {
    bank_line: 'Bank line',
    receipt_without_bank: 'Receipt, no bank line',
    bill_money: 'Money of a bill, no bank line',
    bank_bill: 'Bank bill',
    commercial_bill: 'Commercial bill',
    refund: 'Refund',
    dishonour: 'Dishonour',
  },
  settlementKind: {
    cash: 'Cash',
    bank_bill: 'Bank bill',
    commercial_bill: 'Commercial bill',
    supply_chain_note: 'Supply-chain note',
    prepayment_applied: 'Prepayment applied',
    credit_note: 'Credit note',
    discount: 'Discount',
    deduction: 'Deduction',
    set_off: 'Set-off',
    bank_fee: 'Bank fee',
    fx_diff: 'Exchange difference',
    rounding: 'Rounding',
    write_off: 'Write-off',
  },
  subject: { document: 'Invoice', order: 'Order', none: 'No document named' },
  bucketNotDue: 'Not due',
  bucketCredits: 'Credits and unapplied cash',
  bucketDays: (from, to) => `${from}–${to} days overdue`,
  bucketOver: (days) => `over ${days} days overdue`,
  outcome: { advanced: 'Advanced', still: 'Still there', back: 'Moved back', lost: 'Lost' },
  colour: { red: 'Red', yellow: 'Yellow', green: 'Green', grey: 'Grey (too little data)', none: 'New' },
  colourShort: { red: 'Red', yellow: 'Yellow', green: 'Green', grey: 'Grey', none: 'New' },
  unknownPayer: 'Unknown payer',
};

export const values = { zh, en };

export const wordFor = (words: Readonly<Record<string, string>>, key: string | null | undefined) =>
  key == null ? '—' : (words[key] ?? key);

/** Keys such as `not_due`, `1_30`, `over_365`, `credits`. */
export function bucketWord(words: ValueWords, key: string | null): string {
  const days = key?.match(/\d+/g) ?? [];
  const [from, to] = days;
  if (from && to) return words.bucketDays(from, to);
  if (from) return words.bucketOver(from);
  if (key?.includes('due')) return words.bucketNotDue;
  return key === 'credits' ? words.bucketCredits : (key ?? '—');
}
