import { endOf } from './bills';
import { isWorkday, workdayFrom, workdaysOfMonth } from './calendar';
import { at, type Day, dayOfMonth, monthOf, monthStart } from './days';
import type { Allocation, BankLine, Bill, Customer, Receipt } from './entities';
import { type Cents, yuan } from './money';
import { Payers } from './payers';
import { OWN_COMPANY } from './people';
import { voucherNumber } from './payments';
import type { Plot } from './planted';
import { Random } from './random';

interface World {
  seed: number;
  firstDay: Day;
  lastDay: Day;
  customers: readonly Customer[];
  plot: Plot;
  receipts: readonly Receipt[];
  bills: readonly Bill[];
  allocations: readonly Allocation[];
}

type Draft = Omit<BankLine, 'balance' | 'reference'> & { reference: string | null };

const { main, payroll } = OWN_COMPANY.accounts;
const OPENING: Record<string, Cents> = { [main]: yuan(6_280_450.37), [payroll]: yuan(913_200.5) };
const HOUSE_BANK = '中国工商银行股份有限公司苏州吴江支行';
const SUPPLIERS = [
  '江阴市屹源特钢销售有限公司',
  '无锡岚川轴承钢有限公司',
  '宁波煜拓密封件厂',
  '常州桓毅热处理有限公司',
  '苏州沐越物流有限公司',
  '昆山铄辰表面处理有限公司',
  '上海珩途刀具贸易有限公司',
  '南通昱峰铸造有限公司',
  '吴江区供电服务所',
  '嘉兴勖海锻压有限公司',
];
const STRANGERS = [
  '张伟',
  '王芳',
  '刘洋',
  '深圳旻途供应链管理有限公司',
  '赵敏',
  '杭州汐诺商务服务有限公司',
  '周强',
  '吴丽',
];

/** Every line of the two bank accounts, in the order in which the bank booked them, with balances that chain. */
export function makeBankLines(world: World): BankLine[] {
  const random = Random.for(world.seed, 'bank');
  const drafts = [...customerLines(random, world), ...billLines(world), ...strangerLines(random, world)];
  const income = incomeByMonth(drafts);
  drafts.push(...ownLines(random, world, income));
  drafts.sort((one, other) => one.bookedAt - other.bookedAt);
  const balance = { ...OPENING };
  let voucher = world.receipts.length;
  return drafts.map((draft) => {
    balance[draft.account] = (balance[draft.account] ?? 0) + draft.amount;
    return {
      ...draft,
      balance: balance[draft.account] ?? 0,
      reference: draft.reference ?? voucherNumber(++voucher),
    };
  });
}

function customerLines(random: Random, world: World): Draft[] {
  const { receipts, allocations, customers } = world;
  const payers = new Payers(world);
  const paidFor = new Map<string, string>();
  for (const { receiptNumber, documentNumber } of allocations)
    if (receiptNumber) paidFor.set(receiptNumber, documentNumber);
  return receipts
    .filter(({ method, isCashDesk }) => method === 'cash' && !isCashDesk)
    .map((receipt): Draft => {
      const { payerName, bankAccount, bankName } = customers[receipt.customer] as Customer;
      const documentNumber = paidFor.get(receipt.number);
      const isRefund = receipt.amount < 0;
      const bookedAt = at(receipt.valueDate, random.int(8, 16), random.int(0, 59), random.int(0, 59));
      const purpose = isRefund
        ? '退还多付货款'
        : documentNumber && random.chance(0.2)
          ? `货款 ${documentNumber}`
          : random.pick(['货款', '货款', '付货款', '材料款', '']);
      return {
        account: main,
        valueDate: receipt.valueDate,
        amount: receipt.amount,
        bookedAt,
        ...payers.disguised(receipt, {
          counterpartyName: payerName,
          counterpartyAccount: bankAccount,
          counterpartyBank: bankName,
          purpose,
        }),
        summary: isRefund ? '退款' : '转账收入',
        reference: receipt.voucher,
        category: isRefund ? 'refund' : 'customer',
        customer: receipt.customer,
      };
    });
}

/** What bills turn into: collected at maturity or discounted before it; an endorsed one never comes here. */
function billLines({ bills, customers, lastDay }: World): Draft[] {
  return bills.flatMap((bill): Draft[] => {
    const end = endOf(bill, lastDay);
    if (end?.event !== 'matured' && end?.event !== 'discounted') return [];
    const isEarly = end.event === 'discounted';
    const valueDate = end.day;
    const { payerName, bankAccount, bankName } = customers[bill.customer] as Customer;
    const isCommercial = bill.kind !== 'bank_bill';
    return [
      {
        account: main,
        valueDate,
        bookedAt: at(valueDate, 10, 30, 15),
        amount: bill.amount - end.interest,
        counterpartyName: isEarly ? HOUSE_BANK : isCommercial ? payerName : bill.acceptor,
        counterpartyAccount: isCommercial && !isEarly ? bankAccount : '',
        counterpartyBank: isEarly ? HOUSE_BANK : isCommercial ? bankName : bill.acceptor,
        summary: isEarly ? '票据贴现' : '票据托收',
        purpose: isEarly ? '承兑汇票贴现' : isCommercial ? '商承到期兑付' : '银承到期托收',
        reference: bill.number,
        category: isCommercial && !isEarly ? 'customer' : 'bill',
        customer: bill.customer,
      },
    ];
  });
}

/** Money of payers nobody knows, and now and then two equal lines on one day. */
function strangerLines(random: Random, { firstDay, lastDay, plot }: World): Draft[] {
  const lines: Draft[] = [];
  for (let start = monthStart(firstDay); start <= lastDay; start = monthStart(start, 1)) {
    const days = workdaysOfMonth(start).filter((day) => day >= firstDay && day <= lastDay);
    for (let left = random.int(1, 3); left > 0 && days.length > 0; left--) {
      const valueDate = random.pick(days);
      const line: Draft = {
        account: main,
        valueDate,
        amount: yuan(random.int(8, 180) * 100),
        bookedAt: at(valueDate, random.int(9, 16), random.int(0, 59), random.int(0, 59)),
        counterpartyName: random.pick(STRANGERS),
        counterpartyAccount: `62${random.int(1e8, 9e8)}${random.int(1e7, 9e7)}`,
        counterpartyBank: '',
        summary: '转账收入',
        purpose: random.pick(['货款', '代付', '']),
        reference: null,
        category: 'unknown_payer',
        customer: null,
      };
      lines.push(line);
      if (start !== plot.gapMonth && random.chance(0.12))
        lines.push({ ...line, reference: '' }, { ...line, reference: '' });
    }
  }
  return lines;
}

function incomeByMonth(drafts: readonly Draft[]): Map<Day, Cents> {
  const income = new Map<Day, Cents>();
  for (const { valueDate, amount } of drafts)
    income.set(monthStart(valueDate), (income.get(monthStart(valueDate)) ?? 0) + amount);
  return income;
}

/** The company's own business: suppliers, wages, taxes, interest, a loan, transfers between its two accounts. */
function ownLines(random: Random, { firstDay, lastDay }: World, income: ReadonlyMap<Day, Cents>): Draft[] {
  const lines: Draft[] = [];
  const add = (
    day: Day,
    amount: Cents,
    what: Pick<Draft, 'summary' | 'purpose' | 'category'> & Partial<Draft>,
  ): void => {
    const valueDate = workdayFrom(day);
    if (valueDate < firstDay || valueDate > lastDay || amount === 0) return;
    lines.push({
      account: main,
      valueDate,
      bookedAt: at(valueDate, random.int(9, 16), random.int(0, 59), random.int(0, 59)),
      amount,
      counterpartyName: '',
      counterpartyAccount: '',
      counterpartyBank: '',
      reference: null,
      customer: null,
      ...what,
    });
  };
  for (let start = monthStart(firstDay); start <= lastDay; start = monthStart(start, 1)) {
    const base = income.get(monthStart(start, -1)) ?? income.get(start) ?? 0; // spends what came in last month
    const wages = Math.round((base * 0.17) / 100) * 100;
    add(start + 7, -wages, internal(payroll));
    add(start + 7, wages, { ...internal(main), account: payroll });
    add(start + 9, -Math.round(wages * 0.78), {
      account: payroll,
      summary: '代发工资',
      purpose: '工资',
      category: 'payroll',
    });
    add(start + 12, -Math.round(wages * 0.21), {
      account: payroll,
      summary: '社保费',
      purpose: '社会保险费',
      counterpartyName: '苏州市社会保险基金管理中心',
      category: 'payroll',
    });
    add(start + 14, -Math.round(base * 0.07), {
      summary: '扣税',
      purpose: '增值税及附加',
      counterpartyName: '国家金库苏州市吴江区支库',
      category: 'tax',
    });
    if (monthOf(start) % 3 === 0) {
      add(start + 20, yuan(random.between(1_800, 5_200)), {
        summary: '结息',
        purpose: '存款利息',
        counterpartyName: HOUSE_BANK,
        category: 'interest',
      });
      add(start + 20, yuan(random.between(120, 460)), {
        account: payroll,
        summary: '结息',
        purpose: '存款利息',
        counterpartyName: HOUSE_BANK,
        category: 'interest',
      });
      add(start + 20, -yuan(random.between(18_000, 26_000)), {
        summary: '贷款利息',
        purpose: '流动资金贷款利息',
        counterpartyName: HOUSE_BANK,
        category: 'loan',
      });
    }
    if (monthOf(start) === 3)
      add(start + 11, yuan(3_000_000), {
        summary: '贷款发放',
        purpose: '流动资金贷款',
        counterpartyName: HOUSE_BANK,
        category: 'loan',
      });
    if (monthOf(start) === 2)
      add(start + 23, -yuan(3_000_000), {
        summary: '贷款归还',
        purpose: '归还流动资金贷款',
        counterpartyName: HOUSE_BANK,
        category: 'loan',
      });
    for (let n = 0; n < 3; n++)
      add(start + random.int(0, 27), -yuan(random.int(10, 200)), {
        summary: '手续费',
        purpose: '结算手续费',
        category: 'fee',
      });
    lines.push(...supplierLines(random, start, base, firstDay, lastDay));
  }
  return lines;
}

const internal = (account: string): Pick<Draft, 'summary' | 'purpose' | 'category'> & Partial<Draft> => ({
  counterpartyName: OWN_COMPANY.name,
  counterpartyAccount: account,
  counterpartyBank: HOUSE_BANK,
  summary: '内部划转',
  purpose: '账户间调拨',
  category: 'internal',
});

function supplierLines(random: Random, start: Day, base: Cents, firstDay: Day, lastDay: Day): Draft[] {
  const count = 110;
  const days = workdaysOfMonth(start).filter(
    (day) => day >= firstDay && day <= lastDay && isWorkday(day) && dayOfMonth(day) > 2,
  );
  if (days.length === 0) return [];
  return Array.from({ length: Math.round((count * days.length) / 21) }, () => {
    const valueDate = random.pick(days);
    const name = random.pick(SUPPLIERS);
    return {
      account: main,
      valueDate,
      amount: -Math.round(((base * 0.66) / count) * random.between(0.4, 1.6)),
      bookedAt: at(valueDate, random.int(9, 16), random.int(0, 59), random.int(0, 59)),
      counterpartyName: name,
      counterpartyAccount: `1102${random.int(1e8, 9e8)}`,
      counterpartyBank: '',
      summary: '转账支出',
      purpose: name.includes('供电') ? '电费' : random.pick(['采购款', '加工费', '材料款']),
      reference: null,
      category: 'supplier' as const,
      customer: null,
    };
  });
}
