import { addWorkdays } from './calendar';
import { approveLate } from './finance';
import { at, type Day, dayText, monthEnd } from './days';
import type { Customer, Delivery, GoodsReturn, Instalment, Order, ReceivableDocument } from './entities';
import { splitCents, yuan } from './money';
import { number, pad } from './orders';
import type { Plot } from './planted';
import { Random } from './random';

interface World {
  seed: number;
  lastDay: Day;
  customers: readonly Customer[];
  plot: Plot;
}

const PLAN_FROM = yuan(45_000);
const PLAN_SHARE = 0.4;

/** A receivable document (应收单) for each delivery, a red one (红字) for each return, numbered as they were entered. */
export function makeDocuments(
  world: World,
  orders: readonly Order[],
  deliveries: readonly Delivery[],
  returns: readonly GoodsReturn[],
): ReceivableDocument[] {
  const random = Random.for(world.seed, 'documents');
  const planted = new Map(world.plot.orders.map((each) => [each.order?.number, each]));
  const ownerOf = new Map(orders.map((order) => [order.number, order.ownerNumber]));
  const documents: ReceivableDocument[] = [];
  for (const delivery of deliveries) {
    const script = planted.get(delivery.orderNumber);
    const documentDate = script?.documentDate ?? addWorkdays(delivery.deliveryDate, random.int(0, 4));
    if (documentDate > world.lastDay) continue;
    const customer = world.customers[delivery.customer] as Customer;
    const dueDate = script?.dueDate ?? dueOf(customer, documentDate);
    const hasPlan =
      !script &&
      delivery.amount >= PLAN_FROM &&
      customer.term.kind !== 'prepaid' &&
      random.chance(PLAN_SHARE);
    const document = makeDocument(random, delivery, documentDate, dueDate, delivery.ownerNumber);
    if (hasPlan) document.instalments = plan(document);
    documents.push(document);
  }
  for (const back of returns) {
    const documentDate = addWorkdays(back.returnDate, random.int(1, 6));
    if (documentDate > world.lastDay) continue;
    const red = { ...back, amount: -back.amount };
    documents.push(
      makeDocument(random, red, documentDate, documentDate, ownerOf.get(back.orderNumber) ?? ''),
    );
  }
  number(
    documents,
    400_000,
    (each, n) => `AR${dayText(each.documentDate).slice(2, 7).replace('-', '')}${pad(n, 5)}`,
  );
  approveLate(documents, world.lastDay, ({ orderNumber }) => planted.has(orderNumber));
  let line = 700_000;
  for (const document of documents) for (const each of document.instalments) each.id = ++line;
  return documents;
}

function dueOf({ term }: Pick<Customer, 'term'>, documentDate: Day): Day {
  return (term.kind === 'month_end' ? monthEnd(documentDate) : documentDate) + term.days;
}

function makeDocument(
  random: Random,
  cause: { customer: number; orderNumber: string; amount: number },
  documentDate: Day,
  dueDate: Day,
  ownerNumber: string,
): ReceivableDocument {
  const createdAt = at(documentDate, random.int(9, 16), random.int(0, 59), random.int(0, 59));
  const { customer, orderNumber, amount } = cause;
  return {
    id: 0,
    number: '',
    createdAt,
    modifiedAt: createdAt + 1_800_000,
    approvedAt: createdAt + 1_800_000,
    status: 'approved',
    customer,
    orderNumber,
    documentDate,
    dueDate,
    amount,
    isCreditNote: amount < 0,
    ownerNumber,
    instalments: [{ id: 0, line: 1, dueDate, amount, isRetention: false, settled: 0 }],
  };
}

/** Three tenths now, six when due, one a year later as retention (质保金). */
function plan({ documentDate, dueDate, amount }: ReceivableDocument): Instalment[] {
  const [now, later, retained] = splitCents(amount, [3, 6, 1]) as [number, number, number];
  const line = { id: 0, settled: 0, isRetention: false };
  return [
    { ...line, line: 1, dueDate: documentDate + 7, amount: now },
    { ...line, line: 2, dueDate, amount: later },
    { ...line, line: 3, dueDate: documentDate + 365, amount: retained, isRetention: true },
  ];
}
