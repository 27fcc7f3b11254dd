import type { BuiltCase } from './given';
import { givenCustomers, type HealthCustomer, type Item, type Order } from './healthCustomers';

/** What would turn a customer green: one build says what is needed, a second one in which it happened shows green. */
const today = '2025-05-30'; // a Friday
const ago = (days: number) => new Date(Date.parse(today) - days * 86_400_000).toISOString().slice(0, 10);

/** Due on Mondays, so that no weekend moves a day. */
const late = (days: number): Item[] =>
  ['2025-02-10', '2025-02-17', '2025-02-24'].map((due): Item => {
    return [due, new Date(Date.parse(due) + days * 86_400_000).toISOString().slice(0, 10), '40000.00'];
  });
const visits = (...days: number[]) => days.map((day): [string, string] => ['visit', ago(day)]);
/** Six months 400,000, the six before 500,000, every 30 days: 80 and a gap of 60/30 days 66.7. */
const orders = (coreRate: number): Order[] =>
  [60, 90, 120, 150, 180, 210, 240, 270, 300, 330, 360].flatMap((days): Order[] => {
    const amount = days === 360 ? 100_000 : 80_000;
    return [
      [ago(days), (amount * coreRate).toFixed(2), '精密轴类'],
      [ago(days), (amount * (1 - coreRate)).toFixed(2), '结构件'],
    ];
  });
const closed = (wonRate: number): NonNullable<HealthCustomer['closed']> => [
  ['won', ago(9), (1_000_000 * wonRate).toFixed(2)],
  ['lost', ago(9), (1_000_000 * (1 - wonRate)).toFixed(2)],
];
const declared = (purchaseRate: number) => ({
  customer_class: 'B',
  declared_yearly_purchase_cny: (900_000 / purchaseRate).toFixed(2),
});

/**
 * Punctuality 50; demand (60 + 50 + 50)/3 = 53.3; interaction 3 of 5 weeks, 22 days ago: 70; orders 72.3 with 3 % returned; risk
 * 85: (1500 + 1333.3 + 1400 + 1085 + 850)/100 = 61.7, yellow, 8.3 short.
 */
const yellow: HealthCustomer = {
  record: declared(0.15),
  items: late(30),
  contacts: visits(22, 29, 36),
  orders: orders(0.5),
  closed: closed(0.3),
  delivered: { date: ago(100), amount: '900000.00' },
  returned: { date: ago(50), amount: '27000.00' },
  risks: [['environmental_penalty', today]],
  checked: today,
};
/** Nearer, so that one indicator alone can do it: as yellow, but 15 days late (70) and no penalty (100): 69.2. */
const nearly: HealthCustomer = {
  ...yellow,
  items: late(15),
  risks: [],
};
const healthy: HealthCustomer = { ...nearly, contacts: visits(1, 8, 15, 22, 29) };

async function shown(customers: Record<string, HealthCustomer>, columns: string) {
  const built = await givenCustomers(today, customers);
  try {
    return await built.rows(
      `select ${columns} from marts.customer_health_live where month = '2025-05' order by customer_name`,
    );
  } finally {
    await built.close();
  }
}

describe('what would turn a customer green', () => {
  let built: BuiltCase;
  beforeAll(async () => {
    built = await givenCustomers(today, {
      yellow,
      nearly,
      healthy,
      grey: { orders: [[ago(5), '1.00']] },
    });
  });
  afterAll(async () => await built.close());

  const reason = async (name: string, indicator: string) =>
    (
      await built.rows(
        `select * from marts.customer_health_reason where customer_name = '${name}' and month = '2025-05' and indicator = '${indicator}'`,
      )
    )[0] ?? {};

  test('by hand: 8.3 points short are 27.8 points of punctuality, 33.2 of demand, none of risk', async () => {
    // 70 - 61.683 = 8.317; 50 + 8.317/0.30 = 77.7; 120,000 x 27.72/22.28 = 149,340; 53.3 + 8.317/0.25 = 86.6, of three parts one
    // would need 99.8 more; 85 + 83.2 is over 100
    const punctuality = await reason('yellow', 'punctuality');
    expect(punctuality.points_to_green).toBeCloseTo(8.3167, 3);
    expect(punctuality.green_value).toBeCloseTo(77.722, 3);
    expect(Number(punctuality.green_in_time_cny)).toBeCloseTo((120_000 * 27.7222) / 22.2778, -1);
    expect(await reason('yellow', 'demand')).toMatchObject({
      green_value: expect.closeTo(86.6, 3),
      green_won_rate: null,
      green_core_rate: null,
      green_purchase_rate: null,
    });
    expect(await reason('yellow', 'risk')).toMatchObject({ value: 85, green_value: null });
  });

  test('the weights that are known make 100, and what they lost makes the rest of the score', async () => {
    const [sums] = await built.rows(
      `select sum(score_weight) as weight, round(100 - sum(score_points_lost), 1) as score
      from marts.customer_health_reason where customer_name = 'nearly' and month = '2025-05'`,
    );
    expect(sums).toEqual({ weight: 100, score: 69.2 });
  });

  test('a green or a grey customer needs nothing', async () => {
    const rows = await built.rows(
      `select customer_name, count(points_to_green) as n from marts.customer_health_reason
      where customer_name in ('healthy', 'grey') and month = '2025-05' group by customer_name order by customer_name`,
    );
    expect(rows).toEqual([
      { customer_name: 'grey', n: '0' },
      { customer_name: 'healthy', n: '0' },
    ]);
  });

  test('when it happens, the customer is green; when less happens, not', async () => {
    const number = async (indicator: string, column: string) =>
      Number((await reason('nearly', indicator))[column]);
    const inTime = await number('punctuality', 'green_in_time_cny');
    const won = await number('demand', 'green_won_rate');
    const core = await number('demand', 'green_core_rate');
    const purchase = await number('demand', 'green_purchase_rate');
    const halfYear = await number('orders', 'green_half_year_cny');
    expect(await number('interaction', 'green_contact_weeks')).toBe(3); // one of them within 14 days: 0.6 x 60 + 40 = 76
    expect([inTime, won, core, purchase, halfYear].every((one) => one > 0)).toBe(true);
    const pays = (cny: number): HealthCustomer => ({
      ...nearly,
      items: [...(nearly.items ?? []), [ago(1), ago(1), cny.toFixed(2)]],
    });
    const orderNow = (cny: number): HealthCustomer => ({
      ...nearly,
      orders: [
        ...orders(0.5),
        [today, (cny / 2).toFixed(2), '精密轴类'],
        [today, (cny / 2).toFixed(2), '结构件'],
      ],
      record: declared((0.15 * 900_000) / (900_000 + cny)), // more bought of more declared: demand stays
    });
    expect(halfYear).toBe(400_000); // any order, since the gap alone brings 11.7 points
    const after = {
      '1 pays in time': pays(inTime),
      '1 pays less': pays(inTime * 0.7),
      '2 wins': { ...nearly, closed: closed(won) },
      '2 wins less': { ...nearly, closed: closed(won - 0.02) },
      '3 core': { ...nearly, orders: orders(core) },
      '3 core less': { ...nearly, orders: orders(core - 0.04) },
      '4 buys': { ...nearly, record: declared(purchase) },
      '4 buys less': { ...nearly, record: declared(purchase - 0.02) },
      '5 talks': { ...nearly, contacts: visits(13, 22, 29) },
      '6 orders': orderNow(100),
    };
    expect(await shown(after, 'customer_name, colour')).toEqual(
      Object.keys(after).map((customer_name) => ({
        customer_name,
        colour: customer_name.endsWith('less') ? 'yellow' : 'green',
      })),
    );
  });
});
