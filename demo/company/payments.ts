import { addWorkdays } from './calendar';
import { at, type Day, dayAt, dayText, type Instant, monthEnd } from './days';
import type {
  Allocation,
  Bill,
  ComingPayment,
  Customer,
  Order,
  Receipt,
  ReceivableDocument,
} from './entities';
import { groupBy } from './groupBy';
import { type Intent, intentsOf } from './intents';
import { type Cents, yuan } from './money';
import { number, pad } from './orders';
import type { Plot } from './planted';
import { Random } from './random';

export interface Payments {
  receipts: Receipt[];
  unbookedReceipts: Receipt[];
  allocations: Allocation[];
  bills: Bill[];
  comingPayments: ComingPayment[];
  /** Money for each document, past and coming, by day. */
  flows: Map<string, Flow[]>;
}

/** Money for one document on one day. */
export interface Flow {
  day: Day;
  amount: Cents;
  isBill: boolean;
}

interface World {
  seed: number;
  lastDay: Day;
  customers: readonly Customer[];
  plot: Plot;
}

type Draft = Omit<Allocation, 'id' | 'receiptNumber'> & { receipt: Receipt | null };

/** Receipts (收款单) and what they settle, by what each customer means to pay. Fills in `settled` of the instalments. */
export function makePayments(
  world: World,
  orders: readonly Order[],
  documents: readonly ReceivableDocument[],
): Payments {
  const documentsOf = groupBy(documents, (document) => document.customer);
  const ordersOf = groupBy(orders, (order) => order.customer);
  const receipts: Receipt[] = [];
  const drafts: Draft[] = [];
  const comingPayments: ComingPayment[] = [];
  for (const customer of world.customers) {
    const own = documentsOf.get(customer.customer) ?? [];
    const random = Random.for(world.seed, `payments of ${customer.customer}`);
    const desk = new Desk(random, customer, world);
    if (customer.term.kind === 'prepaid') desk.prepaid(ordersOf.get(customer.customer) ?? [], own);
    else
      desk.pay(
        intentsOf(
          random,
          customer,
          own.filter(({ isCreditNote }) => !isCreditNote),
          world.plot,
          world.lastDay,
        ),
        own,
      );
    receipts.push(...desk.receipts);
    drafts.push(...desk.drafts);
    comingPayments.push(...desk.coming);
  }
  const booked = receipts.filter(({ createdAt }) => dayAt(createdAt) <= world.lastDay);
  const unbookedReceipts = receipts.filter(({ createdAt }) => dayAt(createdAt) > world.lastDay);
  number(
    booked,
    450_000,
    (each, n) => `SKD${dayText(each.receiptDate).slice(2, 7).replace('-', '')}${pad(n, 5)}`,
  );
  enterReferences([...booked, ...unbookedReceipts]);
  const allocations = allocate(drafts, documents, world.lastDay);
  const bills = makeBills(world, booked);
  const flows = flowsOf(drafts, comingPayments);
  comingPayments.sort(
    (one, other) => one.day - other.day || (one.documentNumber < other.documentNumber ? -1 : 1),
  );
  return { receipts: booked, unbookedReceipts, allocations, bills, comingPayments, flows };
}

const MONEY = new Set(['cash', 'bank_bill', 'commercial_bill', 'prepayment_applied']);

function flowsOf(drafts: readonly Draft[], coming: readonly ComingPayment[]): Map<string, Flow[]> {
  const flows = new Map<string, Flow[]>();
  const add = (documentNumber: string, flow: Flow) => {
    const list = flows.get(documentNumber);
    if (list) list.push(flow);
    else flows.set(documentNumber, [flow]);
  };
  for (const { documentNumber, kind, valueDate, amount } of drafts) {
    if (MONEY.has(kind)) add(documentNumber, { day: valueDate, amount, isBill: kind === 'bank_bill' });
  }
  for (const { documentNumber, day, amount } of coming) add(documentNumber, { day, amount, isBill: false });
  for (const list of flows.values()) list.sort((one, other) => one.day - other.day);
  return flows;
}

/** The clerk who books one customer's money. */
class Desk {
  readonly receipts: Receipt[] = [];
  readonly drafts: Draft[] = [];
  readonly coming: ComingPayment[] = [];

  private readonly random: Random;
  private readonly customer: Customer;
  private readonly world: World;

  constructor(random: Random, customer: Customer, world: World) {
    this.random = random;
    this.customer = customer;
    this.world = world;
  }

  /** Credit notes go first, then what is paid on one day becomes one receipt. */
  pay(intents: readonly Intent[], documents: readonly ReceivableDocument[]): void {
    const credits = documents
      .filter(({ isCreditNote }) => isCreditNote)
      .map((note) => ({ note, left: -note.amount }));
    const byDay = groupBy(intents, (intent) => intent.day);
    for (const [day, group] of byDay) {
      if (day > this.world.lastDay) {
        for (const { document, instalment, amount } of group) {
          const { customer } = this.customer;
          this.coming.push({
            customer,
            documentNumber: document.number,
            instalmentLine: instalment.line,
            day,
            amount,
          });
        }
        continue;
      }
      for (const intent of group) this.useCredits(intent, credits, day);
      const paying = group.filter(({ amount }) => amount > 0);
      const total = paying.reduce((sum, { amount }) => sum + amount, 0);
      const receipt = total > 0 ? this.receive(day, total, false) : null;
      const allocatedAt = receipt ? this.allocationTime(receipt.createdAt, day) : at(day, 15, 30);
      for (const intent of paying) if (receipt) this.settle(intent, receipt, allocatedAt);
      const conceded = new Set<string>(); // at most once per receipt and document
      for (const { document, instalment, amount, concession } of group) {
        if (!concession || conceded.has(document.number) || (amount <= 0 && concession.kind !== 'write_off'))
          continue;
        conceded.add(document.number);
        this.drafts.push({
          receipt: concession.kind === 'write_off' ? null : receipt,
          documentNumber: document.number,
          instalmentLine: instalment.line,
          creditNoteNumber: null,
          kind: concession.kind,
          amount: concession.amount,
          allocatedAt,
          valueDate: day,
        });
      }
    }
  }

  /** Prepaid orders (预收): the money comes days after the order and is applied to each document as it is made. */
  prepaid(orders: readonly Order[], documents: readonly ReceivableDocument[]): void {
    const byOrder = groupBy(
      documents.filter(({ isCreditNote }) => !isCreditNote),
      (document) => document.orderNumber,
    );
    for (const order of orders) {
      const day = addWorkdays(order.orderDate, this.random.int(1, 3));
      if (order.status !== 'approved' || day > this.world.lastDay) continue;
      const receipt = this.receive(day, order.amount, true);
      for (const document of byOrder.get(order.number) ?? []) {
        this.drafts.push({
          receipt,
          documentNumber: document.number,
          instalmentLine: 1,
          creditNoteNumber: null,
          kind: 'prepayment_applied',
          amount: document.amount,
          valueDate: day,
          allocatedAt: Math.max(receipt.createdAt, document.approvedAt ?? 0) + 3_600_000,
        });
      }
    }
  }

  private useCredits(intent: Intent, credits: { note: ReceivableDocument; left: Cents }[], day: Day): void {
    for (const credit of credits) {
      const isKnown = credit.note.documentDate <= day - 2;
      const amount = Math.min(credit.left, intent.amount);
      if (!isKnown || amount <= 0) continue;
      credit.left -= amount;
      intent.amount -= amount;
      this.drafts.push({
        receipt: null,
        documentNumber: intent.document.number,
        instalmentLine: intent.instalment.line,
        creditNoteNumber: credit.note.number,
        kind: 'credit_note',
        amount,
        allocatedAt: at(day, 14, 10),
        valueDate: day,
      });
    }
  }

  private settle({ document, instalment, amount }: Intent, receipt: Receipt, allocatedAt: Instant): void {
    this.drafts.push({
      receipt,
      documentNumber: document.number,
      instalmentLine: instalment.line,
      creditNoteNumber: null,
      kind: receipt.method,
      amount,
      allocatedAt,
      valueDate: receipt.valueDate,
    });
  }

  private receive(day: Day, total: Cents, isPrepayment: boolean): Receipt {
    const { random, customer, world } = this;
    const isInGapMonth = day >= world.plot.gapMonth && day <= monthEnd(world.plot.gapMonth);
    const isPlanted = world.plot.silence.has(customer.customer);
    const isBill = !isPrepayment && total > yuan(8_000) && random.chance(customer.habit.billShare);
    const isCommercial = isBill && random.chance(0.05) && !isInGapMonth;
    const isCashDesk = !isBill && !isPlanted && !isInGapMonth && total < yuan(2_000) && random.chance(0.02);
    const isTooMuch = !isBill && !isPlanted && random.chance(0.004);
    const lag = isPlanted
      ? 0
      : random.weighted([
          [0, 76],
          [1, 17],
          [2, 5],
          [3, 2],
        ]);
    const createdAt = at(addWorkdays(day, lag), random.int(10, 16), random.int(0, 59), random.int(0, 59));
    const isEntered = isInGapMonth || isPlanted || random.chance(0.9);
    const receipt: Receipt = {
      id: 0,
      number: '',
      createdAt,
      modifiedAt: createdAt + 900_000,
      approvedAt: createdAt + 900_000,
      status: 'approved',
      customer: customer.customer,
      receiptDate: isBill || random.chance(0.8) ? day : addWorkdays(day, lag),
      valueDate: day,
      amount: total + (isTooMuch ? yuan(random.int(100, 3_000)) : 0),
      method: isCommercial ? 'commercial_bill' : isBill ? 'bank_bill' : 'cash',
      voucher: null,
      bankReference: isEntered && !isCashDesk ? TO_ENTER : null,
      isPrepayment,
      isCashDesk,
      remark: isPrepayment ? '预收货款' : isBill ? '收到承兑汇票' : isCashDesk ? '现金收款' : '货款',
    };
    this.receipts.push(receipt);
    if (receipt.amount > total && random.chance(0.12)) this.giveBack(receipt, receipt.amount - total);
    return receipt;
  }

  /** What was paid too much goes back weeks later: a negative receipt (退款). */
  private giveBack({ valueDate, ...receipt }: Receipt, amount: Cents): void {
    const day = addWorkdays(valueDate, this.random.int(8, 25));
    const { gapMonth } = this.world.plot;
    if (day > this.world.lastDay || (day >= gapMonth && day <= monthEnd(gapMonth))) return;
    const createdAt = at(day, 15, 10);
    const times = { createdAt, modifiedAt: createdAt + 600_000, approvedAt: createdAt + 600_000 };
    this.receipts.push({
      ...receipt,
      ...times,
      receiptDate: day,
      valueDate: day,
      amount: -amount,
      bankReference: TO_ENTER,
      remark: '退多付货款',
    });
  }

  private allocationTime(createdAt: Instant, day: Day): Instant {
    const { random } = this;
    if (this.world.plot.silence.has(this.customer.customer)) return createdAt + 1_800_000;
    const isRecent = day > this.world.lastDay - 12; // what is still open at the end is worked on first
    const workdays = isRecent
      ? 0
      : random.weighted([
          [0, 66],
          [1, 16],
          [2, 8],
          [4, 6],
          [7, 4],
        ]);
    return workdays === 0
      ? createdAt + random.int(20, 120) * 60_000
      : at(addWorkdays(Math.max(day, dayAt(createdAt)), workdays), 11, random.int(0, 59));
  }
}

/** Keeps what was done by the last day, numbers it, and adds it up on the instalments. */
function allocate(
  drafts: readonly Draft[],
  documents: readonly ReceivableDocument[],
  lastDay: Day,
): Allocation[] {
  const byNumber = new Map(documents.map((document) => [document.number, document]));
  const done = drafts
    .filter(({ allocatedAt }) => dayAt(allocatedAt) <= lastDay)
    .sort((one, other) => one.allocatedAt - other.allocatedAt);
  return done.map(({ receipt, ...draft }, place) => {
    const document = byNumber.get(draft.documentNumber);
    const instalment = document?.instalments.find(({ line }) => line === draft.instalmentLine);
    if (instalment) instalment.settled += draft.amount;
    const note =
      draft.creditNoteNumber === null ? undefined : byNumber.get(draft.creditNoteNumber)?.instalments[0];
    if (note) note.settled -= draft.amount;
    return { ...draft, id: 900_000 + place + 1, receiptNumber: receipt?.number ?? null };
  });
}

const TO_ENTER = '?';

/** Voucher number of the n-th bank line; 7,919 is prime, so none of 100 million comes twice. */
export const voucherNumber = (n: number): string => pad((n * 7_919 + 30_103_551) % 100_000_000, 8);

/** Each bank transfer has a voucher number of its own; the clerk enters it for most. */
function enterReferences(receipts: readonly Receipt[]): void {
  receipts.forEach((receipt, place) => {
    if (receipt.method !== 'cash' || receipt.isCashDesk) return;
    receipt.voucher = voucherNumber(place);
    if (receipt.bankReference === TO_ENTER) receipt.bankReference = receipt.voucher;
  });
}

const ACCEPTORS = ['中国银行', '中国工商银行', '招商银行', '宁波银行', '江苏银行', '浙商银行', '兴业银行'];

function makeBills(world: World, receipts: readonly Receipt[]): Bill[] {
  const random = Random.for(world.seed, 'bills');
  const bills: Bill[] = [];
  for (const receipt of receipts) {
    if (receipt.method === 'cash') continue;
    const customer = world.customers[receipt.customer] as Customer;
    const maturityDate = receipt.valueDate + random.int(75, 178);
    const number = `${random.int(1, 6)}${pad(random.int(0, 99_999_999), 8)}${pad(bills.length + 1, 6)}`;
    receipt.bankReference = number;
    const outcome = random.weighted<Bill['outcome']>([
      ['endorsed', 30],
      ['discounted', 15],
      ['matured', 55],
    ]);
    bills.push({
      number,
      kind: receipt.method,
      customer: receipt.customer,
      receiptNumber: receipt.number,
      amount: receipt.amount,
      signedDate: receipt.valueDate,
      maturityDate,
      acceptor:
        receipt.method === 'commercial_bill'
          ? customer.name
          : `${random.pick(ACCEPTORS)}${customer.city}分行`,
      outcome: outcome === 'matured' && maturityDate > world.lastDay ? 'held' : outcome,
    });
  }
  return bills;
}
