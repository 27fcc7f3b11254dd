import { addWorkdays, seasonOf, workdayFrom, workdaysOfMonth } from './calendar';
import { at, type Day, dayText, type Instant, monthStart } from './days';
import type { Customer, Delivery, GoodsReturn, Order, OrderLine, Product } from './entities';
import { type Cents, splitCents, yuan } from './money';
import type { PlantedOrder, Plot } from './planted';
import { Random } from './random';
import type { OwnerOn } from './territories';

export interface Sales {
  orders: Order[];
  deliveries: Delivery[];
  returns: GoodsReturn[];
}

interface World {
  seed: number;
  firstDay: Day;
  lastDay: Day;
  customers: readonly Customer[];
  products: readonly Product[];
  ownerOn: OwnerOn;
  plot: Plot;
}

const GROWTH_PER_YEAR = 0.06;
const CANCELLED_SHARE = 0.006;
const SPLIT_SHARE = 0.17;

/** Orders of three years with their deliveries and returns, numbered in the order in which they were entered. */
export function makeSales(world: World): Sales {
  const orders: Order[] = [];
  for (const customer of world.customers) {
    if (customer.erpNumber === null) continue;
    const random = Random.for(world.seed, `orders of ${customer.customer}`);
    for (const day of orderDays(random, customer, world))
      orders.push(makeOrder(random, customer, day, world));
  }
  for (const planted of world.plot.orders) orders.push(plantedOrder(planted, world));
  number(
    orders,
    200_000,
    (order, n) => `XSDD${dayText(order.orderDate).slice(2, 7).replace('-', '')}${pad(n, 5)}`,
  );
  let line = 500_000;
  for (const order of orders) for (const each of order.lines) each.id = ++line;
  const plantedByOrder = new Map(world.plot.orders.map((planted) => [planted.order, planted]));
  const { deliveries, returns } = deliver(orders, plantedByOrder, world);
  return { orders, deliveries, returns };
}

/** Sorts by entry time and gives ids and numbers. */
export function number<T extends { id: number; number: string; createdAt: Instant }>(
  documents: T[],
  firstId: number,
  numberOf: (document: T, n: number) => string,
): void {
  documents.sort((one, other) => one.createdAt - other.createdAt);
  documents.forEach((document, place) => {
    document.id = firstId + place + 1;
    document.number = numberOf(document, place + 1);
  });
}

export const pad = (n: number, digits: number): string => String(n).padStart(digits, '0');

function orderDays(random: Random, { habit }: Customer, { firstDay, lastDay }: World): Day[] {
  const days: Day[] = [];
  for (let start = monthStart(firstDay); start <= lastDay; start = monthStart(start, 1)) {
    const growth = 1 + (GROWTH_PER_YEAR * (start - firstDay)) / 365;
    const workdays = workdaysOfMonth(start);
    for (let left = random.poisson((habit.ordersPerYear / 12) * seasonOf(start) * growth); left > 0; left--) {
      const day = random.pick(workdays);
      if (day >= habit.from && day <= habit.until && day >= firstDay && day <= lastDay) days.push(day);
    }
  }
  return days;
}

function makeOrder(random: Random, customer: Customer, orderDate: Day, world: World): Order {
  const { habit } = customer;
  const value = habit.orderValue * Math.exp(random.normal(0, 0.95));
  const lineCount = random.weighted([
    [1, 35],
    [2, 35],
    [3, 20],
    [4, 10],
  ]);
  const lines: OrderLine[] = [];
  for (let i = 0; i < lineCount; i++) {
    const isCore = random.chance(habit.coreShare);
    const choices = isCore ? coreOf(world.products) : otherOf(world.products);
    const product = random.pick(choices);
    const price = (world.products[product] as Product).price;
    const quantity = Math.max(1, Math.round(value / lineCount / price));
    lines.push({ id: 0, product, quantity, price, amount: quantity * price });
  }
  const isCancelled = random.chance(CANCELLED_SHARE);
  return entered(random, customer, orderDate, lines, isCancelled, world);
}

function entered(
  random: Random,
  { customer }: Customer,
  orderDate: Day,
  lines: OrderLine[],
  isCancelled: boolean,
  world: World,
): Order {
  const createdAt = at(orderDate, random.int(8, 17), random.int(0, 59), random.int(0, 59));
  const approvedDay = random.chance(0.6) ? orderDate : addWorkdays(orderDate, 1);
  const isApproved = approvedDay <= world.lastDay;
  const approvedAt = isApproved
    ? Math.max(createdAt + 600_000, at(approvedDay, random.int(9, 17), random.int(0, 59)))
    : null;
  return {
    id: 0,
    number: '',
    createdAt,
    approvedAt,
    modifiedAt: approvedAt ?? createdAt,
    status: isCancelled ? 'cancelled' : isApproved ? 'approved' : 'in_review',
    customer,
    ownerNumber: world.ownerOn(customer, orderDate),
    orderDate,
    amount: lines.reduce((sum, each) => sum + each.amount, 0),
    isClosed: false,
    lines,
  };
}

function plantedOrder(planted: PlantedOrder, world: World): Order {
  const random = Random.for(world.seed, `planted order ${planted.customer} ${planted.orderDate}`);
  const product = random.pick(coreOf(world.products));
  const quantity = planted.amount % 100 === 0 ? 100 : 1;
  const line = { id: 0, product, quantity, price: planted.amount / quantity, amount: planted.amount };
  const customer = world.customers[planted.customer] as Customer;
  const order = entered(random, customer, planted.orderDate, [line], false, world);
  planted.order = order;
  return order;
}

function deliver(
  orders: readonly Order[],
  planted: ReadonlyMap<Order | null, PlantedOrder>,
  world: World,
): Omit<Sales, 'orders'> {
  const random = Random.for(world.seed, 'deliveries');
  const deliveries: Delivery[] = [];
  const returns: GoodsReturn[] = [];
  for (const order of orders) {
    if (order.status !== 'approved') continue;
    const script = planted.get(order);
    const shares = !script && random.chance(SPLIT_SHARE) ? [random.between(0.3, 0.7), 0] : [1];
    if (shares.length === 2) shares[1] = 1 - (shares[0] as number);
    let day = script?.deliveryDate ?? addWorkdays(order.orderDate, random.int(4, 22));
    let delivered = 0;
    for (const amount of splitCents(order.amount, shares)) {
      if (day > world.lastDay) break;
      const delivery = makeDelivery(random, order, day, amount);
      deliveries.push(delivery);
      delivered += amount;
      order.modifiedAt = Math.max(order.modifiedAt, delivery.createdAt + 60_000);
      const customer = world.customers[order.customer] as Customer;
      if (!script && random.chance(customer.habit.returnShare * 2)) {
        const returnDate = workdayFrom(delivery.deliveryDate + random.int(5, 45));
        if (returnDate <= world.lastDay) returns.push(makeReturn(random, delivery, returnDate));
      }
      day = addWorkdays(day, random.int(3, 15));
    }
    order.isClosed = delivered === order.amount;
  }
  const { customer: red, returnDays } = world.plot.red;
  const redDeliveries = deliveries.filter((each) => each.customer === red).slice(-returnDays.length);
  redDeliveries.forEach((delivery, n) => returns.push(makeReturn(random, delivery, returnDays[n] as Day)));
  number(deliveries, 300_000, (each, n) => `XSCKD${pad(n, 6)}`);
  number(returns, 380_000, (each, n) => `XSTHD${pad(n, 6)}`);
  return { deliveries, returns };
}

function makeDelivery(random: Random, order: Order, deliveryDate: Day, amount: Cents): Delivery {
  const createdAt = Math.max(
    order.approvedAt ?? 0,
    at(deliveryDate, random.int(8, 17), random.int(0, 59), random.int(0, 59)),
  );
  return {
    id: 0,
    number: '',
    createdAt,
    modifiedAt: createdAt + 1_200_000,
    approvedAt: createdAt + 1_200_000,
    status: 'approved',
    customer: order.customer,
    orderNumber: order.number,
    deliveryDate,
    amount,
    ownerNumber: order.ownerNumber,
  };
}

/** A part of a delivery that comes back. */
function makeReturn(random: Random, delivery: Delivery, returnDate: Day): GoodsReturn {
  const createdAt = at(returnDate, random.int(9, 16), random.int(0, 59));
  const amount = Math.max(yuan(50), Math.round((delivery.amount * random.between(0.2, 0.9)) / 100) * 100);
  return {
    id: 0,
    number: '',
    createdAt,
    modifiedAt: createdAt + 3_600_000,
    approvedAt: createdAt + 3_600_000,
    status: 'approved',
    customer: delivery.customer,
    orderNumber: delivery.orderNumber,
    returnDate,
    amount: Math.min(amount, delivery.amount),
    reason: random.pick(['尺寸超差', '表面划伤', '错发型号', '材质不符', '运输损坏']),
  };
}

const choices = new WeakMap<readonly Product[], { core: number[]; other: number[] }>();
function split(products: readonly Product[]): { core: number[]; other: number[] } {
  let found = choices.get(products);
  if (!found) {
    const places = products.map((_, place) => place);
    found = {
      core: places.filter((place) => products[place]?.isCore),
      other: places.filter((place) => !products[place]?.isCore),
    };
    choices.set(products, found);
  }
  return found;
}
const coreOf = (products: readonly Product[]): number[] => split(products).core;
const otherOf = (products: readonly Product[]): number[] => split(products).other;
