import type { Certainty } from './statementWork';

/** What a column can hold, and how sheets of sales teams head it; compared without blanks and brackets. */
const COLUMNS = {
  customer: ['客户', '客户名称', '客户简称', '单位', '单位名称', 'customer'],
  document: ['应收单号', '应收单', '发票号', '发票号码', '单据编号', '单据号', 'invoice', 'document'],
  order: ['订单号', '销售订单', '销售订单号', '合同号', '合同编号', 'order'],
  amount: ['金额', '预计金额', '回款金额', '预计回款金额', '预计回款', '计划回款金额', 'amount'],
  expectedDate: [
    '预计日期',
    '回款日期',
    '预计回款日期',
    '预计到账日期',
    '到账日期',
    '计划回款日期',
    'expecteddate',
    'date',
  ],
  certainty: ['确定性', '状态', '回款状态', '把握', 'certainty'],
  person: ['业务员', '销售', '销售员', '负责人', '跟进人', 'salesperson', 'owner'],
  evidence: ['依据', '凭证', '凭据', '水单', 'evidence'],
  method: ['方式', '付款方式', '回款方式', 'method'],
  statedAt: ['填报日期', '填报时间', '填写日期', '提交时间', 'stated', 'statedat'],
} as const satisfies Record<string, readonly string[]>;

export type ColumnName = keyof typeof COLUMNS;

const plain = (text: string) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_（）()*：:]/g, '');

/** Which cell of a row heads which column; the first one counts where two would. */
export function headed(cells: readonly string[]): Map<ColumnName, number> {
  const found = new Map<ColumnName, number>();
  cells.forEach((cell, place) => {
    const words = plain(cell).replace(/[元]$/, '');
    for (const [name, aliases] of Object.entries(COLUMNS) as [ColumnName, readonly string[]][]) {
      if (!found.has(name) && aliases.includes(words)) found.set(name, place);
    }
  });
  return found;
}

/**
 * What a word in the certainty column means; undefined: it could mean two things, or nothing we know. “预计下周付款” is expected, whatever
 * a person hoped it would be booked as.
 */
export function certaintyOf(word: string): Certainty | undefined {
  const text = plain(word);
  const hits: Certainty[] = [];
  if (/预计|预期|可能|估计|未确认|待确认|expected/.test(text)) hits.push('expected');
  if (/承诺|答应|promised/.test(text)) hits.push('promised');
  if (/(?<![未待])确认|已到账|confirmed/.test(text)) hits.push('confirmed');
  return hits.length === 1 ? hits[0] : undefined;
}

/** `2026-03-31` from the ways sheets write a day; undefined where day and month could be mistaken. */
export function dayOf(text: string): string | undefined {
  const [, year, month, day] =
    /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T].*)?$/.exec(text.normalize('NFKC').trim()) ??
    /^(\d{4})(\d{2})(\d{2})$/.exec(text.trim()) ??
    [];
  if (year === undefined || month === undefined || day === undefined) return undefined;
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}
