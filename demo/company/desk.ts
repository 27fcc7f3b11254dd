import { addWorkdays } from './calendar';
import { at, type Day, dayAt, type Instant, monthEnd } from './days';
import type { Allocation, ComingPayment, Customer, Order, Receipt, ReceivableDocument } from './entities';
import { groupBy } from './groupBy';
import type { Intent } from './intents';
import { type Cents, yuan } from './money';
import type { Plot } from './planted';
import type { Random } from './random';

/** What the desk must know beyond its customer. */
export interface PaymentWorld {
  seed: number;
  lastDay: Day;
  customers: readonly Customer[];
  plot: Plot;
}

export type Draft = Omit<Allocation, 'id' | 'receiptNumber'> & { receipt: Receipt | null };

/** Stands in `bankReference` of a receipt whose clerk will enter the voucher number. */
export const TO_ENTER = '?';

/** Since this many days nothing is left lying for weeks: all that the months before are judged by is done. */
const LATEST_DAYS = 120;

/** The clerk who books one customer's money. */
export class Desk {
  readonly receipts: Receipt[] = [];
  readonly drafts: Draft[] = [];
  readonly coming: ComingPayment[] = [];

  private readonly random: Random;
  private readonly customer: Customer;
  private readonly world: PaymentWorld;

  constructor(random: Random, customer: Customer, world: PaymentWorld) {
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
    const isOld = day < this.world.lastDay - LATEST_DAYS;
    const workdays = isRecent
      ? 0
      : random.weighted([
          [18, isOld ? 1 : 0], // forgotten for weeks
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
