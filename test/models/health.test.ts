import { type BuiltCase, type Given, given } from './given';

/** Customer health: the worked indicators of METRICS section 8 and its rules; expected values by hand from that page. */
const today = '2025-05-30'; // a Friday; the running month ends here

/** `days` before today. */
const ago = (days: number) => new Date(Date.parse(today) - days * 86_400_000).toISOString().slice(0, 10);
const crmOf = (name: string): Given => ({ connection: 'crm', kind: 'crm', source_id: name, name });

interface Customer {
  record?: Given;
  /** due date, paid date or null, amount */
  items?: [due: string, paid: string | null, amount: string][];
  orders?: [date: string, amount: string, group?: string][];
  delivered?: string;
  returned?: string;
  closed?: [status: 'won' | 'lost', date: string, amount: string][];
  contacts?: [type: string, date: string][];
  risks?: [kind: string, date: string, isLive?: boolean][];
  checked?: string;
}

/** One build for many cases: each is a customer of its own, named by its case. */
async function givenCustomers(customers: Record<string, Customer>): Promise<BuiltCase> {
  const all = Object.entries(customers);
  const each = <T>(list: (customer: Customer) => readonly T[] | undefined, record: (name: string, item: T, id: string) => Given | null) =>
    all.flatMap(([name, customer]) => (list(customer) ?? []).flatMap((item, n) => record(name, item, `${name}-${n}`) ?? []));
  const items = (customer: Customer) => customer.items;
  const orders = (customer: Customer) => customer.orders;
  const value = (text?: string) => (text === undefined ? [] : [text]);
  return await given({
    today,
    entities: {
      customer: all.flatMap(([name, { record }]) => [{ source_id: name, name }, { ...crmOf(name), ...record }]),
      receivable_document: each(items, (name, [due], id) => ({ source_id: id, number: id, customer_ref: name, document_date: '2024-01-02', due_date: due })).map(
        (document, n) => ({ ...document, amount_cny: each(items, (_name, [, , amount]) => ({ amount }))[n]?.amount ?? null }),
      ),
      receipt: each(items, (name, [, paid, amount], id) => paid === null ? null : { source_id: id, number: id, customer_ref: name, receipt_date: paid, amount_cny: amount, method: 'cash' }),
      allocation: each(items, (_name, [, paid, amount], id) => paid === null ? null : { source_id: id, receipt_ref: id, document_number: id, kind: 'cash', amount_cny: amount, allocated_at: `${paid} 02:00:00` }),
      sales_order: each(orders, (name, [date, amount], id) => ({ source_id: id, number: id, customer_ref: name, order_date: date, amount_cny: amount })),
      sales_order_line: each(orders, (_name, [, amount, group], id) => ({ source_id: id, order_ref: id, line_number: 1, product_group: group ?? null, amount_cny: amount })),
      delivery: each(({ delivered }) => value(delivered), (name, amount, id) => ({ source_id: id, number: id, customer_ref: name, delivery_date: ago(100), amount_cny: amount })),
      goods_return: each(({ returned }) => value(returned), (name, amount, id) => ({ source_id: id, number: id, customer_ref: name, return_date: ago(50), amount_cny: amount })),
      opportunity: each(({ closed }) => closed, (name, [status, date, amount], id) => ({ connection: 'crm', source_id: id, name: id, customer_ref: name, status, closed_date: date, amount_cny: amount })),
      activity: each(({ contacts }) => contacts, (name, [type, date], id) => ({ connection: 'crm', source_id: id, customer_ref: name, activity_type: type, occurred_at: `${date} 02:00:00` })),
      risk_event: each(({ risks }) => risks, (name, [kind, date, isLive], id) => ({ connection: 'qcc', source_id: id, company_name: name, kind, event_date: date, is_live: isLive ?? false })),
      bureau_check: each(({ checked }) => value(checked), (name, date, id) => ({ connection: 'qcc', source_id: id, company_name: name, checked_at: `${date} 02:00:00`, is_successful: true })),
    },
  });
}

const punctual: Customer['items'] = [
  [ago(100), ago(100), '600000.00'], // Wed 19 February, in time
  ['2025-03-10', '2025-03-25', '300000.00'], // 15 days late: 70
  [ago(60), null, '100000.00'], // Mon 31 March, open for 60 days: 25
];
const threeWeeks: Customer['contacts'] = [
  ['visit', ago(22)], ['call', ago(23)], ['quotation', '2025-04-30'], ['message_in', '2025-03-03'], // Monday of the thirteenth week
  ['visit', '2025-03-02'], // the Sunday before it
  ['message_out', ago(1)], ['internal_note', ago(1)], ['planned', ago(1)], // no contacts
];
/** Every 30 days: five of 80,000 in the last 6 months, then six that make 500,000. */
const monthly: Customer['orders'] = [60, 90, 120, 150, 180, 210, 240, 270, 300, 330, 360].map((days) => [
  ago(days), days === 360 ? '100000.00' : '80000.00', '结构件',
]);
const worked: Customer = {
  record: { customer_class: 'B' }, items: punctual, contacts: threeWeeks, orders: monthly, delivered: '900000.00', returned: '27000.00',
  risks: [['environmental_penalty', ago(180)], ['controller_change', today]], checked: ago(179),
};

describe('the indicators', () => {
  let built: BuiltCase;
  beforeAll(async () => {
    built = await givenCustomers({
      worked,
      'demand match': {
        record: { declared_yearly_purchase_cny: '1000000.00' }, orders: [[ago(9), '120000.00', '精密轴类'], [ago(9), '30000.00', '标准件']],
        closed: [['won', ago(9), '300000.00'], ['lost', ago(364), '700000.00'], ['lost', ago(365), '1.00']],
      },
      'one of three known': { orders: monthly },
      'two items': { items: [[ago(100), ago(100), '50000.00'], [ago(60), null, '50000.00']] },
      'small amounts': { items: [[ago(100), ago(100), '9000.00'], [ago(101), ago(101), '900.00'], [ago(60), null, '99.99']] },
      'no contact at all': { orders: [[ago(5), '1.00']] },
      'two orders': { orders: [[ago(5), '100.00'], [ago(35), '100.00']], delivered: '100.00' },
      'check too old': { orders: [[ago(5), '1.00']], checked: ago(180) },
      'many lawsuits': {
        orders: [[ago(5), '1.00']], checked: today,
        risks: [...Array.from({ length: 9 }, (): [string, string] => ['defendant', today]), ['enforcement', ago(300), true], ['enforcement', ago(200), true], ['tax_arrears', ago(9)]],
      },
      dishonest: { ...worked, risks: [['dishonest_debtor', ago(9), true]] },
      'overdue for long': { ...worked, items: [[ago(101), null, '50000.00'], [ago(59), null, '116666.00'], ['2025-03-10', '2025-03-10', '900000.00']] },
      'overdue a little': { ...worked, items: [[ago(101), null, '50000.00'], [ago(59), null, '116667.00'], ['2025-03-10', '2025-03-10', '900000.00']] },
      'no business': { contacts: threeWeeks },
      internal: { ...worked, record: { is_internal: true } },
    });
  });
  afterAll(async () => await built.close());

  const shown = async (name: string, columns: string) =>
    (await built.rows(`select ${columns} from marts.customer_health_live where customer_name = '${name}' and month = '2025-05'`))[0];

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
    expect(await shown('worked', 'score, coverage, colour, override_reason, receivable_net_cny, overdue_cny')).toEqual({
      score: 77.5, coverage: 0.75, colour: 'green', override_reason: null, receivable_net_cny: '100000.00', overdue_cny: '100000.00',
    });
  });

  test.each`
    name                  | colour     | override_reason       | why
    ${'no contact at all'} | ${'grey'}  | ${null}               | ${'coverage below 60 %'}
    ${'dishonest'}        | ${'red'}   | ${'dishonest_debtor'} | ${'a live entry'}
    ${'overdue for long'} | ${'red'}   | ${'overdue_90'}       | ${'50,000 of 166,666 are 30 %'}
    ${'overdue a little'} | ${'green'} | ${null}               | ${'50,000 of 166,667 are less'}
  `('$name is $colour: $why', async ({ name, colour, override_reason }) => {
    expect(await shown(name, 'colour, override_reason')).toEqual({ colour, override_reason });
  });

  test('who did no business in 12 months, or is of our own, has no health', async () => {
    expect(await built.rows("select customer_name from marts.customer_health_live where customer_name in ('no business', 'internal')")).toEqual([]);
  });

  test('13 complete months and the running one', async () => {
    const months = await built.rows("select min(month) as first, max(month) as last, count(*) as n, max(month_end) as last_end from core.health_month");
    expect(months).toEqual([{ first: '2024-04', last: '2025-05', n: '14', last_end: today }]);
  });

  test('the reasons name items, days and amounts', async () => {
    const [row] = await built.rows(
      `select points_lost, score_points_lost, late_items, late_cny, largest_days_late, overdue_items, overdue_cny
      from marts.customer_health_reason where customer_id = 'erp:worked' and month = '2025-05' and indicator = 'punctuality'`,
    );
    expect(row).toEqual({
      points_lost: 16.5, score_points_lost: 6.6, // 30 x 16.5 / 75
      late_items: 2, late_cny: '400000.00', largest_days_late: 60, overdue_items: 1, overdue_cny: '100000.00',
    });
  });
});

describe('missing must not flatter', () => {
  /** Red in April: paid four months late (0), no contact (0), orders 51.6, the rest 100: 42.7. The payments are of 10 May 2024. */
  const late = (paid: string): Customer => ({
    items: [1, 2, 3].map((): [string, string, string] => ['2024-01-05', paid, '10000.00']),
    orders: ['2024-12-20', '2025-01-20', '2025-02-20'].map((date): [string, string, string] => [date, '100.00', '精密轴类']),
    closed: [['won', '2025-01-10', '1.00']],
    checked: today,
  });
  const oneVisit: Customer['contacts'] = [['visit', '2025-05-20']];
  const threeVisits: Customer['contacts'] = [['visit', '2025-05-06'], ['visit', '2025-05-13'], ['visit', '2025-05-20']];
  let built: BuiltCase;
  beforeAll(async () => {
    built = await givenCustomers({
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
