import type { BuiltCase } from './given';
import { givenCustomers, type HealthCustomer, type Item, type Order } from './healthCustomers';

/** Customer health: the worked indicators of METRICS section 8 and its rules; expected values by hand from that page. */
const today = '2025-05-30'; // a Friday; the running month ends here

/** `days` before today. */
const ago = (days: number) => new Date(Date.parse(today) - days * 86_400_000).toISOString().slice(0, 10);

const punctual: Item[] = [
  [ago(100), ago(100), '600000.00'], // Wed 19 February, in time
  ['2025-03-10', '2025-03-25', '300000.00'], // 15 days late: 70
  [ago(60), null, '100000.00'], // Mon 31 March, open for 60 days: 25
];
const threeWeeks: HealthCustomer['contacts'] = [
  ['visit', ago(22)],
  ['call', ago(23)],
  ['quotation', '2025-04-30'],
  ['message_in', '2025-03-03'], // Monday of the thirteenth week
  ['visit', '2025-03-02'], // the Sunday before it
  ['message_out', ago(1)],
  ['internal_note', ago(1)],
  ['planned', ago(1)], // no contacts
];
/** Every 30 days: five of 80,000 in the last 6 months, then six that make 500,000. */
const monthly = [60, 90, 120, 150, 180, 210, 240, 270, 300, 330, 360].map(
  (days): Order => [ago(days), days === 360 ? '100000.00' : '80000.00', '结构件'],
);
const worked: HealthCustomer = {
  record: { customer_class: 'B' },
  items: punctual,
  contacts: threeWeeks,
  orders: monthly,
  delivered: { date: ago(100), amount: '900000.00' },
  returned: { date: ago(50), amount: '27000.00' },
  risks: [
    ['environmental_penalty', ago(180)],
    ['controller_change', today],
  ],
  checked: ago(179),
};

describe('the indicators', () => {
  let built: BuiltCase;
  beforeAll(async () => {
    built = await givenCustomers(today, {
      worked,
      'demand match': {
        record: { declared_yearly_purchase_cny: '1000000.00' },
        orders: [
          [ago(9), '120000.00', '精密轴类'],
          [ago(9), '30000.00', '标准件'],
        ],
        closed: [
          ['won', ago(9), '300000.00'],
          ['lost', ago(364), '700000.00'],
          ['lost', ago(365), '1.00'],
        ],
      },
      'one of three known': { orders: monthly },
      'two items': {
        items: [
          [ago(100), ago(100), '50000.00'],
          [ago(60), null, '50000.00'],
        ],
      },
      'small amounts': {
        items: [
          [ago(100), ago(100), '9000.00'],
          [ago(101), ago(101), '900.00'],
          [ago(60), null, '99.99'],
        ],
      },
      'no contact at all': { orders: [[ago(5), '1.00']] },
      'two orders': {
        orders: [
          [ago(5), '100.00'],
          [ago(35), '100.00'],
        ],
        delivered: { date: ago(5), amount: '100.00' },
      },
      'check too old': { orders: [[ago(5), '1.00']], checked: ago(180) },
      'many lawsuits': {
        orders: [[ago(5), '1.00']],
        checked: today,
        risks: [
          ...Array.from({ length: 9 }, (): [string, string] => ['defendant', today]),
          ['enforcement', ago(300), true],
          ['enforcement', ago(200), true],
          ['tax_arrears', ago(9)],
        ],
      },
      dishonest: { ...worked, risks: [['dishonest_debtor', ago(9), true]] },
      'overdue for long': {
        ...worked,
        items: [
          [ago(101), null, '50000.00'],
          [ago(59), null, '116666.00'],
          ['2025-03-10', '2025-03-10', '900000.00'],
        ],
      },
      'overdue a little': {
        ...worked,
        items: [
          [ago(101), null, '50000.00'],
          [ago(59), null, '116667.00'],
          ['2025-03-10', '2025-03-10', '900000.00'],
        ],
      },
      'no business': { contacts: threeWeeks },
      internal: { ...worked, record: { is_internal: true } },
    });
  });
  afterAll(async () => await built.close());

  const shown = async (name: string, columns: string) =>
    (
      await built.rows(
        `select ${columns} from marts.customer_health_live where customer_name = '${name}' and month = '2025-05'`,
      )
    )[0];

  test.each`
    id         | name                    | indicator        | value         | reason
    ${'HEA-1'} | ${'worked'}             | ${'punctuality'} | ${83.5}       | ${null}
    ${'HEA-1'} | ${'two items'}          | ${'punctuality'} | ${null}       | ${'too_few_due'}
    ${'HEA-1'} | ${'small amounts'}      | ${'punctuality'} | ${null}       | ${'too_few_due'}
    ${'HEA-2'} | ${'demand match'}       | ${'demand'}      | ${190 / 3}    | ${null}
    ${'HEA-2'} | ${'one of three known'} | ${'demand'}      | ${null}       | ${'too_few_known'}
    ${'HEA-3'} | ${'worked'}             | ${'interaction'} | ${70}         | ${null}
    ${'HEA-3'} | ${'no contact at all'}  | ${'interaction'} | ${0}          | ${null}
    ${'HEA-4'} | ${'worked'}             | ${'orders'}      | ${72 + 1 / 3} | ${null}
    ${'HEA-4'} | ${'two orders'}         | ${'orders'}      | ${null}       | ${'too_few_orders'}
    ${'HEA-5'} | ${'worked'}             | ${'risk'}        | ${82.5}       | ${null}
    ${'HEA-5'} | ${'check too old'}      | ${'risk'}        | ${null}       | ${'no_bureau_check'}
    ${'HEA-5'} | ${'many lawsuits'}      | ${'risk'}        | ${20}         | ${null}
  `('$id $name: $value', async ({ name, indicator, value, reason }) => {
    const row = await shown(name, `${indicator} as value, ${indicator}_reason as reason`);
    expect(row?.reason).toBe(reason);
    if (value === null) expect(row?.value).toBeNull();
    else expect(row?.value).toBeCloseTo(value, 9);
  });

  test('HEA-6: 83.5, missing, 70, 72.3, 82.5 make 77.5, green, coverage 75 %', async () => {
    expect(
      await shown('worked', 'score, coverage, colour, override_reason, receivable_net_cny, overdue_cny'),
    ).toEqual({
      score: 77.5,
      coverage: 0.75,
      colour: 'green',
      override_reason: null,
      receivable_net_cny: '100000.00',
      overdue_cny: '100000.00',
    });
  });

  test.each`
    name                   | colour     | override_reason       | why
    ${'no contact at all'} | ${'grey'}  | ${null}               | ${'coverage below 60 %'}
    ${'dishonest'}         | ${'red'}   | ${'dishonest_debtor'} | ${'a live entry'}
    ${'overdue for long'}  | ${'red'}   | ${'overdue_90'}       | ${'50,000 of 166,666 are 30 %'}
    ${'overdue a little'}  | ${'green'} | ${null}               | ${'50,000 of 166,667 are less'}
  `('$name is $colour: $why', async ({ name, colour, override_reason }) => {
    expect(await shown(name, 'colour, override_reason')).toEqual({ colour, override_reason });
  });

  test('who did no business in 12 months, or is of our own, has no health', async () => {
    expect(
      await built.rows(
        "select customer_name from marts.customer_health_live where customer_name in ('no business', 'internal')",
      ),
    ).toEqual([]);
  });

  test('13 complete months and the running one', async () => {
    const months = await built.rows(
      'select min(month) as first, max(month) as last, count(*) as n, max(month_end) as last_end from core.health_month',
    );
    expect(months).toEqual([{ first: '2024-04', last: '2025-05', n: '14', last_end: today }]);
  });

  test('the reasons name items, days and amounts', async () => {
    const [row] = await built.rows(
      `select points_lost, score_points_lost, late_items, late_cny, largest_days_late, overdue_items, overdue_cny
      from marts.customer_health_reason where customer_id = 'erp:worked' and month = '2025-05' and indicator = 'punctuality'`,
    );
    expect(row).toEqual({
      points_lost: 16.5,
      score_points_lost: 6.6, // 30 x 16.5 / 75
      late_items: 2,
      late_cny: '400000.00',
      largest_days_late: 60,
      overdue_items: 1,
      overdue_cny: '100000.00',
    });
  });
});

describe('missing must not flatter', () => {
  /** Red in April: paid four months late (0), no contact (0), orders 51.6, the rest 100: 42.7. The payments are of 10 May 2024. */
  const late = (paid: string): HealthCustomer => ({
    items: [1, 2, 3].map((): Item => ['2024-01-05', paid, '10000.00']),
    orders: ['2024-12-20', '2025-01-20', '2025-02-20'].map((date): Order => [date, '100.00', '精密轴类']),
    closed: [['won', '2025-01-10', '1.00']],
    checked: today,
  });
  const oneVisit: HealthCustomer['contacts'] = [['visit', '2025-05-20']];
  const threeVisits: HealthCustomer['contacts'] = [
    ['visit', '2025-05-06'],
    ['visit', '2025-05-13'],
    ['visit', '2025-05-20'],
  ];
  let built: BuiltCase;
  beforeAll(async () => {
    built = await givenCustomers(today, {
      held: { ...late('2024-05-10'), contacts: oneVisit }, // 60 for the visit: 47.0 with the payments, 67.1 without
      'held at yellow': { ...late('2024-05-10'), contacts: threeVisits }, // 100: 55.0 with, 78.6 without
      'nothing missing': { ...late('2024-06-10'), contacts: threeVisits }, // 55.0
      covers: { contacts: threeWeeks },
    });
  });
  afterAll(async () => await built.close());

  test.each`
    name                 | score   | colour      | override_reason
    ${'held'}            | ${67.1} | ${'red'}    | ${'held'}
    ${'held at yellow'}  | ${78.6} | ${'yellow'} | ${'held'}
    ${'nothing missing'} | ${55}   | ${'yellow'} | ${null}
  `('$name: red in April, $colour in May', async ({ name, score, colour, override_reason }) => {
    const months = await built.rows(
      `select score, colour, override_reason, previous_colour from marts.customer_health where customer_name = '${name}' and month >= '2025-04' order by month`,
    );
    expect(months).toEqual([
      expect.objectContaining({ score: 42.7, colour: 'red', override_reason: null }),
      { score, colour, override_reason, previous_colour: 'red' },
    ]);
  });
});
