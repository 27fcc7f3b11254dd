import type { Customer, ReceivableDocument } from '../../../demo/company/entities';
import type { Random } from '../../../demo/company/random';
import type { BankLine, OpenItem, Party } from '../../../matching';

/** What was done to a line, so that figures can be told apart. */
export type Nastiness =
  | 'plain'
  | 'reference'
  | 'several references'
  | 'range'
  | 'order number'
  | 'noisy reference'
  | 'no prefix'
  | 'wrong reference'
  | "other customer's reference"
  | 'paid invoice'
  | 'group payer'
  | 'third party'
  | 'near-equal name'
  | 'decoy amount'
  | 'bank fee'
  | 'deduction'
  | 'over-payment'
  | 'under-payment'
  | 'unknown payer';

interface Given {
  line: BankLine;
  cash: ReadonlyMap<string, bigint>;
  customer: Customer | null;
  customers: readonly Customer[];
  items: readonly OpenItem[];
  documents: readonly ReceivableDocument[];
}

interface Spoiled {
  line: BankLine;
  cash: ReadonlyMap<string, bigint>;
  slack: bigint;
  nastiness: Nastiness;
  /** Items that only look right. */
  decoys: OpenItem[];
  strangers: Party[];
}

const WORDS = ['货款', '付货款', '材料款', '', '货款', '支付货款'];
/** Of 100 lines; four in five are as a good customer writes them. */
const WEIGHTS: readonly (readonly [Nastiness, number])[] = [
  ['plain', 44],
  ['reference', 18],
  ['several references', 10],
  ['range', 2],
  ['order number', 4],
  ['noisy reference', 4],
  ['no prefix', 3],
  ['wrong reference', 1.5],
  ["other customer's reference", 1],
  ['paid invoice', 1],
  ['group payer', 2],
  ['third party', 1.5],
  ['near-equal name', 1.5],
  ['decoy amount', 1.5],
  ['bank fee', 2],
  ['deduction', 1.5],
  ['over-payment', 1],
  ['under-payment', 1],
];

/** Writes a remark as people write it and makes one thing of the line worse, by chance. */
export function spoil(random: Random, given: Given): Spoiled {
  const nastiness = given.customer === null ? 'unknown payer' : random.weighted(WEIGHTS);
  const kept: Spoiled = {
    line: { ...given.line, remark: random.pick(WORDS) },
    cash: given.cash,
    slack: 0n,
    nastiness,
    decoys: [],
    strangers: [],
  };
  const isEmpty = given.cash.size === 0;
  if (nastiness === 'unknown payer' || (isEmpty && nastiness !== 'plain'))
    return { ...kept, nastiness: isEmpty && given.customer ? 'plain' : nastiness };
  return { ...kept, ...change(random, nastiness, given, kept.line) };
}

function change(random: Random, nastiness: Nastiness, given: Given, line: BankLine): Partial<Spoiled> {
  const numbers = [...given.cash.keys()].sort();
  const [first = ''] = numbers;
  const remark = (text: string): Partial<Spoiled> => ({ line: { ...line, remark: text } });
  const named = `货款 ${numbers.join('、')}`;
  switch (nastiness) {
    case 'plain':
      return {};
    case 'reference':
      return remark(
        random.pick([`货款 ${named.slice(3)}`, `付${numbers.join(',')}`, `${numbers.join(' ')} 货款`]),
      );
    case 'several references':
      return remark(`货款${numbers.map((number, at) => abbreviated(number, numbers[at - 1])).join('/')}`);
    case 'range':
      return remark(numbers.length > 1 ? `${first}-${numbers.at(-1)?.slice(-3)}` : `货款${first}`);
    case 'order number': {
      const orders = given.items
        .filter(({ documentId }) => given.cash.has(documentId))
        .map((item) => item.orderNumber);
      return remark(`订单${[...new Set(orders)].join(' ')}`);
    }
    case 'noisy reference':
      return remark(`货款 ${numbers.map((number) => noisy(random, number)).join(' ')}`);
    case 'no prefix':
      return remark(`货款${numbers.map((number) => number.replace(/^\D+/, '')).join(',')}`);
    case 'wrong reference':
      return remark(`货款 ${wrongDigit(random, first)}`);
    case "other customer's reference": {
      const others = given.items.filter(
        ({ customer, cents }) => customer !== idOf(given.customer) && cents > 0n,
      );
      return remark(`货款 ${random.pick(others).documentNumber}`);
    }
    case 'paid invoice': {
      const open = new Set(given.items.map(({ documentId }) => documentId));
      const paid = given.documents.filter(
        ({ customer, number }) => customer === given.customer?.customer && !open.has(number),
      );
      return paid.length > 0 ? remark(`货款 ${random.pick(paid).number}`) : {};
    }
    case 'group payer': {
      const payer = random.pick(given.customers.filter(({ erpNumber }) => erpNumber !== null));
      const text = random.chance(0.6) ? named : '货款';
      return { line: { ...line, payerName: payer.payerName, payerAccount: payer.bankAccount, remark: text } };
    }
    case 'third party': {
      const text = random.chance(0.5) ? named : `代${given.customer?.name ?? ''}付货款`;
      return {
        line: { ...line, payerName: '汇丰供应链代付专户', payerAccount: '999000111222', remark: text },
      };
    }
    case 'near-equal name':
      return twin(random, given, line);
    case 'decoy amount':
      return decoy(random, given, line);
    default:
      return amountChanged(random, nastiness, given, line, named);
  }
}

function amountChanged(
  random: Random,
  nastiness: Nastiness,
  { cash }: Given,
  line: BankLine,
  named: string,
): Partial<Spoiled> {
  const last = [...cash].at(-1);
  if (!last) return {};
  const [number, cents] = last;
  const less = (amount: bigint): ReadonlyMap<string, bigint> => new Map([...cash, [number, cents - amount]]);
  const isNamed = random.chance(0.5);
  const remark = isNamed ? named : line.remark;
  if (nastiness === 'bank fee') {
    const fee = BigInt(random.int(5, 45) * 100);
    if (cents <= fee * 4n) return {};
    return { line: { ...line, cents: line.cents - fee, remark }, cash: less(fee), slack: fee };
  }
  if (nastiness === 'deduction') {
    const kept = (cents * BigInt(random.int(2, 9))) / 100n;
    const text = `${isNamed ? named : '货款'} ${random.pick(['扣质量款', '扣返利', '质量扣款'])}`;
    return { line: { ...line, cents: line.cents - kept, remark: text }, cash: less(kept) };
  }
  if (nastiness === 'under-payment') {
    const kept = (cents / 200_00n + 1n) * 100_00n;
    if (kept >= cents) return {};
    return { line: { ...line, cents: line.cents - kept, remark }, cash: less(kept) };
  }
  const more = BigInt(random.int(100, 3_000) * 100);
  return { line: { ...line, cents: line.cents + more, remark } };
}

/** Another customer whose name is one letter off, and whose account nobody has seen. */
function twin(random: Random, { customer, items, cash }: Given, line: BankLine): Partial<Spoiled> {
  const name = line.payerName ?? '';
  const at = random.int(3, 4);
  const other = `${name.slice(0, at)}${random.pick(['鑫', '森', '亿', '祥'])}${name.slice(at + 1)}`;
  const id = `twin of ${line.id}`;
  const own = items.filter(({ documentId }) => cash.has(documentId));
  const isPayer = random.chance(0.5);
  return {
    line: { ...line, payerName: isPayer ? other : name, payerAccount: `new ${line.id}` },
    strangers: [{ id, names: [other], accounts: [], group: null }],
    decoys: own.map((item) => ({
      ...item,
      id: `${item.id} of twin`,
      customer: id,
      documentId: `${item.documentId} of twin`,
      documentNumber: wrongDigit(random, item.documentNumber),
    })),
    ...(isPayer && customer
      ? { cash: new Map([...cash].map(([number, cents]) => [`${number} of twin`, cents])) }
      : {}),
  };
}

/** One more item of the same customer, or of another, that owes the same as one that was paid. */
function decoy(random: Random, { items, cash, documents }: Given, line: BankLine): Partial<Spoiled> {
  const own = items.find(({ documentId }) => cash.has(documentId));
  if (!own) return {};
  const isSame = random.chance(0.6);
  const taken = new Set(documents.map(({ number }) => number));
  let number = own.documentNumber;
  while (taken.has(number)) number = wrongDigit(random, number).replace(/\d$/, String(random.int(0, 9)));
  const item: OpenItem = {
    ...own,
    id: `decoy of ${line.id}`,
    documentId: `decoy of ${line.id}`,
    documentNumber: number,
    orderNumber: null,
    ...(isSame ? {} : { customer: random.pick(items).customer }),
  };
  return { decoys: [item] };
}

const idOf = (customer: Customer | null): string => `c${customer?.customer ?? ''}`;

const MIXED_UP: Readonly<Record<string, string>> = { '0': 'O', '1': 'I', '5': 'S', '8': 'B' };

/** `AR260500123/124`: as far as it is like the number before, it is left out. */
function abbreviated(number: string, before: string | undefined): string {
  let common = 0;
  while (before !== undefined && common < number.length - 3 && number[common] === before[common]) common += 1;
  return number.slice(common);
}

/** One or two signs read wrongly, or a blank or hyphen in it. */
function noisy(random: Random, number: string): string {
  const places = [...number].flatMap((sign, at) => (MIXED_UP[sign] ? [at] : []));
  const hit = new Set(random.shuffled(places).slice(0, random.int(1, 2)));
  const text = [...number].map((sign, at) => (hit.has(at) ? (MIXED_UP[sign] ?? sign) : sign)).join('');
  return random.chance(0.3) ? `${text.slice(0, 2)}${random.pick([' ', '-'])}${text.slice(2)}` : text;
}

/** A slip of the finger: another digit, so that it may be somebody's number, or nobody's. */
function wrongDigit(random: Random, number: string): string {
  const at = number.length - random.int(1, 4);
  const digit = (Number(number[at]) + random.int(1, 9)) % 10;
  return `${number.slice(0, at)}${digit}${number.slice(at + 1)}`;
}
