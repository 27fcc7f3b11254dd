import { creditCode } from './creditCode';
import { addMonths, type Day } from './days';
import { type Customer, type CustomerClass, type Habit, type Region, type Term } from './entities';
import { identifier } from './identifiers';
import { type Cents, yuan } from './money';
import { companyName, fullWidthBrackets, halfWidthBrackets, plainName, withoutLegalForm } from './names';
import { CITIES } from './places';
import { Random } from './random';

const CLASS_COUNTS: readonly (readonly [CustomerClass, number])[] = [
  ['A', 150],
  ['B', 350],
  ['C', 700],
];
const REGION_WEIGHTS = [
  ['华东一区', 31],
  ['华东二区', 25],
  ['华南', 21],
  ['华北', 16],
  ['西南', 7],
] as const;
/** Prospects that the CRM knows and the ERP does not. */
const PROSPECTS = 90;
const ERP_TWINS = 14;
const BANKS = [
  '中国工商银行',
  '中国建设银行',
  '中国农业银行',
  '中国银行',
  '招商银行',
  '交通银行',
  '宁波银行',
  '江苏银行',
];

interface Span {
  seed: number;
  firstDay: Day;
  lastDay: Day;
}

/** The customers in a mixed order: number and place say nothing about class or region. */
export function makeCustomers(span: Span): Customer[] {
  const random = Random.for(span.seed, 'customers');
  const classes = random.shuffled(
    CLASS_COUNTS.flatMap(([name, count]) => Array<CustomerClass>(count).fill(name)),
  );
  const taken = new Set<string>();
  const customers = classes.map((customerClass, place) => {
    const own = Random.for(span.seed, `customer ${place}`);
    return makeCustomer(own, place, customerClass, taken, span);
  });
  const small = customers.filter(({ customerClass }) => customerClass === 'C');
  for (const prospect of random.shuffled(small).slice(0, PROSPECTS)) prospect.erpNumber = null;
  const twins = random.shuffled(
    customers.filter((customer) => customer.erpNumber !== null && customer.hasErpCode),
  );
  twins.slice(0, ERP_TWINS).forEach((customer, n) => {
    customer.erpTwin = {
      number: `KH9${String(n + 1).padStart(3, '0')}`,
      name: fullWidthBrackets(customer.erpName),
    };
  });
  makeInternal(
    customers.findLast(
      (customer) => customer.customerClass === 'C' && customer.erpNumber !== null && !customer.erpTwin,
    ),
  );
  return customers;
}

/** The company's own sales subsidiary, a customer by the books only: out of every number (METRICS 0.10). */
function makeInternal(customer: Customer | undefined): void {
  if (!customer) return;
  const name = '澜石精工（合肥）销售有限公司';
  Object.assign(customer, {
    name,
    formerName: null,
    erpName: name,
    crmName: name,
    payerName: name,
    shortName: '澜石合肥',
    hasErpCode: true,
    hasCrmCode: true,
    isInternal: true,
  } satisfies Partial<Customer>);
}

function makeCustomer(
  random: Random,
  place: number,
  customerClass: CustomerClass,
  taken: Set<string>,
  span: Span,
): Customer {
  const region: Region = random.weighted(REGION_WEIGHTS);
  const city = random.pick(CITIES[region]);
  let { name, shortName } = companyName(random, city.name);
  while (taken.has(plainName(name)) || taken.has(shortName))
    ({ name, shortName } = companyName(random, city.name));
  taken.add(plainName(name)).add(shortName);
  const isOld = random.chance(customerClass === 'C' ? 0.6 : 0.8);
  const createdDate = isOld
    ? span.firstDay - random.int(30, 2_600)
    : random.int(span.firstDay, span.lastDay - 150);
  const habit = makeHabit(random, customerClass, createdDate, span);
  const formerName = random.chance(0.03) ? `${city.name}${shortName}机械厂` : null;
  const spelling = spellings(random, name, formerName);
  return {
    customer: place,
    name,
    formerName,
    ...spelling,
    shortName,
    creditCode: creditCode(random, random.pick(city.counties)),
    customerClass,
    region,
    city: city.name,
    erpNumber: `KH${String(place + 1).padStart(4, '0')}`,
    erpTwin: null,
    crmId: identifier('account', place),
    createdDate,
    declaredYearlyPurchase: random.chance(0.65) ? declared(random, habit) : null,
    isInternal: false,
    term: makeTerm(random, customerClass),
    habit,
    bankAccount: `62${String(random.int(1e8, 9.99e8))}${String(random.int(1e7, 9.9e7))}`,
    bankName: `${random.pick(BANKS)}${city.name}分行`,
  };
}

/** How the three systems and the payer spell a name; where the CRM has no code its name is close enough to be found. */
function spellings(random: Random, name: string, formerName: string | null) {
  const hasErpCode = random.chance(0.9);
  const hasCrmCode = random.chance(0.72);
  const near = () =>
    random.weighted([
      [name, 84],
      [halfWidthBrackets(name), 10],
      [` ${name}`, 3],
      [name.replace('有限', ' 有限'), 3],
    ]);
  return {
    erpName: near().trim(),
    crmName: hasErpCode && hasCrmCode && random.chance(0.12) ? withoutLegalForm(name) : near().trim(),
    payerName:
      formerName !== null && random.chance(0.5)
        ? formerName
        : random.chance(0.06)
          ? halfWidthBrackets(name)
          : name,
    hasErpCode,
    hasCrmCode,
  };
}

function makeTerm(random: Random, customerClass: CustomerClass): Term {
  const [kind, days] = random.weighted<readonly [Term['kind'], number]>(
    customerClass === 'A'
      ? [
          [['month_end', 30], 40],
          [['month_end', 60], 30],
          [['net', 60], 20],
          [['net', 90], 10],
        ]
      : customerClass === 'B'
        ? [
            [['net', 30], 35],
            [['net', 60], 30],
            [['month_end', 30], 35],
          ]
        : [
            [['net', 30], 70],
            [['net', 15], 20],
            [['prepaid', 0], 10],
          ],
  );
  return { kind, days };
}

/** Payment: days late, spread. What kind of payer a customer is. */
const PAYERS: readonly (readonly [Pick<Habit, 'lateDays' | 'lateSpread'>, number])[] = [
  [{ lateDays: -6, lateSpread: 3 }, 16],
  [{ lateDays: 0, lateSpread: 3 }, 40],
  [{ lateDays: 9, lateSpread: 7 }, 26],
  [{ lateDays: 22, lateSpread: 11 }, 12],
  [{ lateDays: 45, lateSpread: 22 }, 5],
  [{ lateDays: 85, lateSpread: 35 }, 1],
];

function makeHabit(random: Random, customerClass: CustomerClass, createdDate: Day, span: Span): Habit {
  const size = { A: [28.5, 5_600, 9.6], B: [10.2, 4_300, 5.1], C: [3.7, 3_100, 2.5] }[customerClass] as [
    number,
    number,
    number,
  ];
  const isLeaving = random.chance(customerClass === 'A' ? 0.03 : 0.1);
  const until = isLeaving ? random.int(span.firstDay + 300, span.lastDay) : addMonths(span.lastDay, 12);
  return {
    ordersPerYear: random.skewed(size[0], 0.42),
    orderValue: yuan(random.skewed(size[1], 0.35)),
    coreShare: Math.min(0.98, Math.max(0.25, random.normal(0.78, 0.16))),
    ...random.weighted(PAYERS),
    payRunDay: random.chance({ A: 0.2, B: 0.12, C: 0.03 }[customerClass])
      ? random.pick([10, 15, 20, 25, 28])
      : null,
    billShare: random.chance({ A: 0.4, B: 0.25, C: 0.04 }[customerClass]) ? random.between(0.2, 0.7) : 0,
    partialShare: random.chance(0.4) ? random.between(0.06, 0.22) : 0.01,
    returnShare: random.weighted([
      [0.004, 60],
      [0.02, 30],
      [0.06, 10],
    ]),
    contactWeeks: Math.max(0.3, random.normal(size[2], size[2] * 0.35)),
    from: Math.max(createdDate + 10, span.firstDay),
    until,
  };
}

/** What the customer says it buys of such parts in a year, from all its suppliers. */
function declared(random: Random, habit: Habit): Cents {
  const ours = habit.ordersPerYear * habit.orderValue * 1.25;
  return Math.round(ours / random.between(0.12, 0.6) / 1e6) * 1e6 + 1e6;
}
