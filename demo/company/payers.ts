import type { Allocation, Customer, Receipt } from './entities';
import { groupBy } from './groupBy';
import type { Plot } from './planted';
import { Random } from './random';

/** What of a bank line the payer decides: who it says paid, and what it says for. */
export interface PaidBy {
  counterpartyName: string;
  counterpartyAccount: string;
  counterpartyBank: string;
  purpose: string;
}

/** One company of a group pays for the others. */
export interface PayingGroup {
  payer: number;
  members: number[];
}

interface World {
  seed: number;
  customers: readonly Customer[];
  plot: Plot;
  receipts: readonly Receipt[];
  allocations: readonly Allocation[];
}

const GROUPS = 6;
/** Who pays for somebody else without belonging to anybody. */
const THIRD_PARTY = {
  name: '上海澄越商业保理有限公司',
  account: '6228880031415926',
  bank: '上海浦东发展银行',
};

/**
 * Makes some lines hard to match, never their money or day: payers of a group and third parties (only where the clerk entered the bank's
 * reference, so that the books stay right), several numbers, ranges, numbers read wrongly, reasons for what was kept back.
 */
export class Payers {
  readonly groups: PayingGroup[];
  private readonly random: Random;
  private readonly customers: readonly Customer[];
  private readonly payerOf = new Map<number, number>();
  private readonly paidFor: ReadonlyMap<string, readonly Allocation[]>;
  private readonly untouched: ReadonlySet<number>;

  constructor({ seed, customers, plot, allocations }: World) {
    this.random = Random.for(seed, 'payers of bank lines');
    this.customers = customers;
    this.untouched = new Set([...plot.silence.keys(), plot.red.customer, plot.fiveNames]);
    this.paidFor = groupBy(
      allocations.filter(({ receiptNumber }) => receiptNumber !== null),
      ({ receiptNumber }) => receiptNumber ?? '',
    );
    this.groups = this.makeGroups();
    for (const { payer, members } of this.groups)
      for (const member of members) this.payerOf.set(member, payer);
  }

  /** The line as its payer writes it, from what it would be without this. */
  disguised(receipt: Receipt, plain: PaidBy): PaidBy {
    const { random } = this;
    const draw = random.next();
    const isBooked = receipt.bankReference !== null && receipt.amount > 0;
    if (this.untouched.has(receipt.customer) || receipt.amount <= 0) return plain;
    const purpose = this.purpose(receipt, plain.purpose, draw);
    const payer = this.payerOf.get(receipt.customer);
    if (payer !== undefined && isBooked && random.chance(0.6)) {
      const { payerName, bankAccount, bankName } = this.customers[payer] as Customer;
      return {
        counterpartyName: payerName,
        counterpartyAccount: bankAccount,
        counterpartyBank: bankName,
        purpose,
      };
    }
    if (isBooked && draw > 0.995) {
      const { name, account, bank } = THIRD_PARTY;
      return {
        counterpartyName: name,
        counterpartyAccount: account,
        counterpartyBank: bank,
        purpose: `代付 ${purpose}`,
      };
    }
    return { ...plain, purpose };
  }

  private purpose({ number }: Receipt, plain: string, draw: number): string {
    const own = this.paidFor.get(number) ?? [];
    const numbers = [...new Set(own.map(({ documentNumber }) => documentNumber))].sort();
    const [first = ''] = numbers;
    if (own.some(({ kind }) => kind === 'deduction') && draw < 0.7) return `货款 ${first} 扣质量款`;
    if (numbers.length === 0) return plain;
    if (draw < 0.05) return `货款 ${misread(this.random, first)}`;
    if (numbers.length === 1) return plain;
    if (draw < 0.12) return `货款${numbers.join('、')}`;
    if (draw < 0.16) return `付 ${numbers.map((each) => each.replace(/^\D+/, '')).join(',')}`;
    return plain;
  }

  /** A large customer pays for two or three smaller ones. */
  private makeGroups(): PayingGroup[] {
    const free = this.random.shuffled(
      this.customers.filter(
        ({ customer, erpNumber, isInternal, term, erpTwin }) =>
          erpNumber !== null &&
          !isInternal &&
          term.kind !== 'prepaid' &&
          erpTwin === null &&
          !this.untouched.has(customer),
      ),
    );
    const large = free.filter(({ customerClass }) => customerClass === 'A').slice(0, GROUPS);
    const others = free.filter(({ customerClass }) => customerClass === 'B');
    return large.map(({ customer }, at) => ({
      payer: customer,
      members: others.slice(at * 3, at * 3 + 2 + (at % 2)).map((member) => member.customer),
    }));
  }
}

const MISREAD: Readonly<Record<string, string>> = { '0': 'O', '1': 'I', '5': 'S', '8': 'B' };

/** One sign of a number as a scanner may read it. */
function misread(random: Random, number: string): string {
  const places = [...number].flatMap((sign, at) => (MISREAD[sign] ? [at] : []));
  if (places.length === 0) return number;
  const at = random.pick(places);
  return `${number.slice(0, at)}${MISREAD[number[at] ?? ''] ?? ''}${number.slice(at + 1)}`;
}
