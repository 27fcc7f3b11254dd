import type { Reason, ReasonKey } from '../../matching';

export type Language = 'zh' | 'en';

/** Why a bank line is matched as it is; `{name}` stands for a value. */
const SENTENCES: Readonly<Record<ReasonKey, Readonly<Record<Language, string>>>> = {
  payer_booked: { zh: 'ERP 已将这笔款记在该客户名下', en: 'the ERP has booked it for this customer' },
  payer_account: { zh: '付款账号 {payer} 属于该客户', en: "the paying account {payer} is this customer's" },
  payer_name: { zh: '付款方名称即该客户：{payer}', en: 'the payer has the name of this customer: {payer}' },
  payer_learnt: {
    zh: '曾有人确认 {payer} 替该客户付款',
    en: 'somebody confirmed that {payer} pays for this customer',
  },
  payer_paid_before: {
    zh: '{payer} 以前的付款都记在该客户名下',
    en: 'earlier payments of {payer} were booked for this customer',
  },
  payer_group: { zh: '{payer} 替几家客户付款', en: '{payer} pays for several customers' },
  payer_mentioned: { zh: '附言提到该客户', en: 'the remark mentions this customer' },
  payer_similar: {
    zh: '付款方名称 {payer} 与该客户只差一个字',
    en: "the payer's name {payer} is one letter off",
  },
  payer_unknown: { zh: '付款方未知：{payer}', en: 'the payer is not known: {payer}' },
  payer_contradicts: {
    zh: '付款方 {payer} 的名称或账号指向另一家客户',
    en: 'name or account of {payer} lead to another customer',
  },
  reference_exact: { zh: '附言写明 {numbers}', en: 'the remark names {numbers}' },
  reference_noisy: {
    zh: '附言中的号码略有出入，应为 {numbers}',
    en: 'the remark names {numbers}, not quite as it is written',
  },
  reference_order: {
    zh: '附言写明其订单或合同，对应 {numbers}',
    en: 'the remark names the order or contract of {numbers}',
  },
  reference_short: { zh: '附言只写了 {numbers} 的尾号', en: 'the remark has the last digits of {numbers}' },
  reference_some: {
    zh: '附言所写的只有一部分在内：{numbers}',
    en: 'only some of what the remark names is in it: {numbers}',
  },
  reference_other: { zh: '附言写的是别的单据', en: 'the remark names other documents' },
  reference_unknown: {
    zh: '附言中的号码 {text} 不在未清单据中',
    en: 'the number {text} in the remark is of no open document',
  },
  amount_exact: { zh: '金额分毫不差', en: 'the amount is the same to the cent' },
  amount_sum: { zh: '{items} 笔之和分毫不差', en: 'the sum of {items} items is the same to the cent' },
  amount_netted: {
    zh: '冲抵红字后 {items} 笔之和分毫不差',
    en: 'with credit notes the sum of {items} items is the same to the cent',
  },
  amount_fee: { zh: '少 {difference}，像是银行手续费', en: '{difference} less, as a bank fee would be' },
  amount_rounding: { zh: '尾差 {difference}', en: 'rounding of {difference}' },
  amount_discount: { zh: '少 {difference}，是约定的现金折扣', en: '{difference} less, the agreed discount' },
  amount_partial: { zh: '部分付款，少 {difference}', en: 'a part, {difference} less' },
  amount_deduction: {
    zh: '附言说明扣款，少 {difference}',
    en: 'the remark speaks of a deduction, {difference} less',
  },
  amount_over: { zh: '多付 {difference}', en: '{difference} too much' },
  oldest_first: { zh: '没有更好的依据：先冲最早到期的', en: 'nothing better is known: what fell due first' },
  amount_only: {
    zh: '所有客户中只有这一笔是这个金额',
    en: 'of all customers only this item has this amount',
  },
  chance: {
    zh: '凑巧相符的组合预计有 {times} 个',
    en: 'by chance {times} combinations are expected to fit',
  },
  statement: {
    zh: '销售说过 {day} 前后会付',
    en: 'somebody said that it would come around {day}',
  },
  tie: { zh: '有 {count} 种解释不相上下', en: '{count} explanations are as good' },
  may_be_booked: {
    zh: 'ERP 里有同额收款单没有对应流水，可能就是这笔',
    en: 'the ERP has a receipt of this amount without a bank line, perhaps this one',
  },
  taken: { zh: '可能的单据已归别的流水', en: 'what it could pay went to other bank lines' },
};

/** One reason as a sentence. */
export function sentence({ key, values }: Reason, language: Language): string {
  return SENTENCES[key][language].replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');
}
