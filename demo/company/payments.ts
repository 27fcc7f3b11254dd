import { makeBills } from './bills';
import { type Day, dayAt, dayText } from './days';
import { Desk, type Draft, type PaymentWorld, TO_ENTER } from './desk';
import type { Allocation, Bill, ComingPayment, Order, Receipt, ReceivableDocument } from './entities';
import { groupBy } from './groupBy';
import { intentsOf } from './intents';
import type { Cents } from './money';
import { number, pad } from './orders';
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

/** Receipts (收款单) and what they settle, by what each customer means to pay. Fills in `settled` of the instalments. */
export function makePayments(
  world: PaymentWorld,
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
