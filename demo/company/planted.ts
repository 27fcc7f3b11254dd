import { workdayFrom, workdaysOfMonth, workdayUntil, addWorkdays } from './calendar';
import { addMonths, type Day, dayOf, monthEnd, monthStart, yearOf } from './days';
import type { Customer, Employee, Order, Planted, TerritoryAssignment } from './entities';
import { type Cents, yuan } from './money';
import { Random } from './random';

/** An order that chance does not make, with the one delivery and the one document that follow from it. */
export interface PlantedOrder {
  customer: number;
  orderDate: Day;
  amount: Cents;
  deliveryDate: Day;
  documentDate: Day;
  dueDate: Day;
  /** What arrives, and when; the rest stays open. */
  payments: { day: Day; amount: Cents }[];
  /** Set once the order is made. */
  order: Order | null;
}

/** A statement that chance does not make. */
interface PlantedStatement {
  plantedOrder: PlantedOrder;
  statedOn: Day;
  expectedDate: Day;
  evidence: string;
}

/** What the makers of orders, payments, activities and statements must heed so that the planted truths come out. */
export interface Plot {
  gapMonth: Day;
  orders: PlantedOrder[];
  statements: PlantedStatement[];
  /** Customers that pay nothing from the first of these days to the second. */
  silence: Map<number, readonly [from: Day, to: Day]>;
  red: { customer: number; unpaidFrom: Day; lastContact: Day; lastOrder: Day; returnDays: readonly Day[] };
  fiveNames: number;
}

/** 470,000.00 that three people called confirmed. */
const GAP: readonly { amount: Cents; paidDaysLater: number; paid: Cents }[] = [
  { amount: yuan(180_000), paidDaysLater: 22, paid: yuan(180_000) },
  { amount: yuan(160_000), paidDaysLater: 24, paid: yuan(100_000) },
  { amount: yuan(130_000), paidDaysLater: 26, paid: yuan(130_000) },
];
const GAP_REGIONS = ['华东一区', '华东二区', '华南'] as const;
const GAP_EVIDENCE = '客户说预计下周付款';

/** The day on which a region changes hands: the last 1 July that lies three months back. */
export function handoverOf(
  today: Day,
  employees: readonly Pick<Employee, 'region' | 'role' | 'number'>[],
): Planted['handover'] {
  const threeMonthsAgo = addMonths(today, -3);
  const thisYear = dayOf(`${yearOf(threeMonthsAgo)}-07-01`);
  const date = thisYear <= threeMonthsAgo ? thisYear : dayOf(`${yearOf(threeMonthsAgo) - 1}-07-01`);
  const [from, to] = employees.filter(({ region, role }) => region === '西南' && role === 'sales');
  return { region: '西南', fromNumber: from?.number ?? '', toNumber: to?.number ?? '', date };
}

/** Chooses who plays which part, and bends their habits to it. */
export function makePlot(
  seed: number,
  today: Day,
  customers: readonly Customer[],
  assignments: readonly TerritoryAssignment[],
): Plot {
  const random = Random.for(seed, 'plot');
  const gapMonth = monthStart(today, -2);
  const owners = new Map(assignments.map(({ customer, ownerNumber }) => [customer, ownerNumber]));
  const actors = random
    .shuffled(customers)
    .filter(
      ({ erpNumber, erpTwin, customerClass, createdDate, habit, term, formerName }) =>
        erpNumber !== null &&
        !erpTwin &&
        !formerName &&
        customerClass !== 'C' &&
        term.kind !== 'prepaid' &&
        createdDate < today - 900 &&
        habit.until > today &&
        habit.lateDays <= 9,
    );
  const take = (fits: (customer: Customer) => boolean): Customer => {
    const place = actors.findIndex(fits);
    if (place < 0) throw new Error('no customer fits a planted part');
    return actors.splice(place, 1)[0] as Customer;
  };
  const silence: Plot['silence'] = new Map();
  const orders: PlantedOrder[] = [];
  const statements: PlantedStatement[] = [];
  const gapDays = workdaysOfMonth(gapMonth);
  const daysBefore = workdaysOfMonth(monthStart(gapMonth, -1));
  GAP.forEach(({ amount, paidDaysLater, paid }, place) => {
    const customer = take(
      ({ region, customerClass }) => region === GAP_REGIONS[place] && customerClass === 'A',
    );
    Object.assign(customer.habit, { billShare: 0, payRunDay: null, partialShare: 0, returnShare: 0 });
    silence.set(customer.customer, [gapMonth, monthEnd(gapMonth)]);
    const expectedDate = gapDays.at(place - 5) as Day; // the workday after it is still in the month
    const dueDate = workdayUntil(expectedDate - 2);
    const documentDate = workdayUntil(dueDate - (customer.term.days || 30));
    const day = workdayFrom(expectedDate + paidDaysLater);
    const order: PlantedOrder = {
      customer: customer.customer,
      amount,
      documentDate,
      dueDate,
      order: null,
      deliveryDate: addWorkdays(documentDate, -2),
      orderDate: addWorkdays(documentDate, -14),
      payments: [{ day, amount: paid }],
    };
    orders.push(order);
    statements.push({
      plantedOrder: order,
      expectedDate,
      evidence: GAP_EVIDENCE,
      statedOn: daysBefore.at(place - 5) as Day,
    });
  });
  const red = redCustomer(
    take(({ customerClass, region }) => customerClass === 'B' && region === '华东二区'),
    gapMonth,
    orders,
  );
  const fiveNames = take(({ customerClass, city }) => customerClass === 'B' && city === '苏州');
  giveFiveNames(fiveNames);
  if (new Set(statements.map(({ plantedOrder }) => owners.get(plantedOrder.customer))).size !== 3) {
    throw new Error('the three statements must be of three people');
  }
  return { gapMonth, orders, statements, silence, red, fiveNames: fiveNames.customer };
}

/**
 * Pays on time until spring, then a large document and all after it stay unpaid, nobody calls, orders dry up, goods come
 * back: yellow at the end of the month before the gap month, red at the ends of the two months after that.
 */
function redCustomer(customer: Customer, gapMonth: Day, orders: PlantedOrder[]): Plot['red'] {
  const firstRedEnd = monthEnd(gapMonth);
  const dueDate = workdayUntil(firstRedEnd - 94); // more than 90 days overdue then, less than 90 a month before
  const documentDate = workdayUntil(dueDate - 30);
  Object.assign(customer.habit, {
    ordersPerYear: 22,
    orderValue: yuan(6_500),
    coreShare: 0.8,
    lateDays: 1,
    lateSpread: 2,
    payRunDay: null,
    billShare: 0,
    partialShare: 0,
    returnShare: 0,
    contactWeeks: 5,
  });
  customer.term = { kind: 'net', days: 30 };
  customer.declaredYearlyPurchase = yuan(800_000);
  orders.push({
    customer: customer.customer,
    amount: yuan(118_600),
    documentDate,
    dueDate,
    order: null,
    deliveryDate: addWorkdays(documentDate, -2),
    orderDate: addWorkdays(documentDate, -12),
    payments: [],
  });
  const lastContact = workdayUntil(gapMonth - 58);
  const lastOrder = workdayUntil(gapMonth - 36);
  customer.habit.until = lastOrder;
  return {
    customer: customer.customer,
    unpaidFrom: dueDate - 12,
    lastContact,
    lastOrder,
    returnDays: [workdayFrom(gapMonth + 9), workdayFrom(monthStart(gapMonth, 1) + 12)],
  };
}

/** ERP twice, CRM, bureau, bank: five spellings, held together by the credit code and by the normalised name. */
function giveFiveNames(customer: Customer): void {
  const former = '砺川传动科技（苏州）有限公司';
  Object.assign(customer, {
    name: '砺川智能传动科技（苏州）有限公司',
    formerName: former,
    erpName: '砺川传动科技(苏州)有限公司',
    erpTwin: { number: 'KH9000', name: former },
    crmName: '砺川传动苏州',
    payerName: '砺川传动科技 （苏州） 有限公司',
    shortName: '砺川传动',
    hasErpCode: true,
    hasCrmCode: true,
  } satisfies Partial<Customer>);
}
