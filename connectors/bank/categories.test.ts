import { categoryOf, ownOf } from './categories';
import type { Entry } from './parsed';

const OWN = ownOf(['苏州演示机件有限公司'], ['1102', '2203']);

test.each([
  ['100.00', '转账收入 货款', '客户甲', null, 'customer'],
  ['100.00', '跨行转入', '张某', null, null],
  ['100.00', '内部划转', '苏州演示机件有限公司', null, 'internal'],
  ['-100.00', '转账支出', '别的名字', '2203', 'internal'],
  ['0.35', '结息 存款利息', '某银行', null, 'interest'],
  ['-900.00', '贷款利息', '某银行', null, 'loan'],
  ['3000000.00', '贷款发放', '某银行', null, 'loan'],
  ['-500.00', '扣款', '国家金库苏州市吴江区支库', null, 'tax'],
  ['700.00', '增值税退税', '国家金库', null, 'tax'],
  ['-80.00', '退还多付货款', '客户甲', null, 'refund'],
  ['-15.50', '手续费', null, null, 'other'],
  ['-9000.00', '代发工资', null, null, 'other'],
  ['-2000.00', '采购款', '供应商乙', null, 'supplier'],
] as const)(
  '%s for "%s" from %s (%s) is %s',
  (amount, remark, counterpartyName, counterpartyAccount, expected) => {
    const entry: Entry = {
      line: 1,
      statement: 0,
      account: '1102',
      date: '2026-03-02',
      valueDate: null,
      time: null,
      amount,
      balance: null,
      currency: 'CNY',
      counterpartyName,
      counterpartyAccount,
      remark,
      reference: null,
      bankReference: null,
      details: [],
    };
    expect(categoryOf(entry, OWN)).toBe(expected);
  },
);
