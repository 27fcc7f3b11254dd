import type { Case, Given, GivenEvent } from '../models/given';
import { allocation, document, loaded, merge, of, type Records, receipt } from '../models/records';

/** The worked examples of METRICS CUS-1 to CUS-4 and PEO-5, people at customers, and one customer with everything; in one build. */
export const today = '2025-07-15';

const order = (customer: string, day: string, amount: string, more: Given = {}): Given => ({
  source_id: `${customer} ${day} ${amount}`,
  number: `${customer} ${day} ${amount}`,
  customer_ref: customer,
  order_date: day,
  amount_cny: amount,
  ...more,
});
const lineOf = ({ source_id, amount_cny }: Given): Given => ({
  source_id: `${String(source_id)}/1`,
  order_ref: source_id ?? null,
  line_number: 1,
  quantity: '10',
  amount_cny: amount_cny ?? null,
});
const named = (customer: string, more: Given = {}): Given => ({
  source_id: customer,
  name: customer,
  ...more,
});

/** CUS-1: June is 1,000,000, of which 700,000 + 30,000 are repeat: a customer of March, and one whose ERP record is older than all orders. */
const june = [
  order('老客户', '2025-03-10', '10000'),
  order('老客户', '2025-06-05', '700000'),
  order('建档早的客户', '2025-06-06', '30000'),
  order('新客户', '2025-06-01', '150000'), // two orders of its first month: neither is repeat
  order('新客户', '2025-06-20', '50000'),
  order('取消过的客户', '2025-06-09', '70000'), // its order of May was cancelled in full
];
const cancelled = order('取消过的客户', '2025-05-09', '40000');
const repeat: Records = {
  customer: [named('新客户'), named('取消过的客户'), named('建档早的客户', { created_date: '2019-04-01' })],
  sales_order: [...june, cancelled],
  sales_order_line: [...june, cancelled].map(lineOf),
  order_line_movement: [
    {
      source_id: 'cancelled',
      order_line_ref: `${String(cancelled.source_id)}/1`,
      kind: 'closed',
      quantity: '0',
      movement_date: '2025-05-12',
    },
  ],
};

/** CUS-2: as of July 2025, 200 customers ordered 1,000 each in the months to July 2024, 164 of them 900 each in the 12 months since. */
const stayers = Array.from({ length: 200 }, (_, n) => `留存${n}`);
const retention: Records = {
  customer: stayers.map((name) => named(name)),
  sales_order: stayers.flatMap((name, n) => [
    order(name, n % 2 === 0 ? '2023-08-01' : '2024-07-31', '1000'), // both ends of the earlier months
    ...(n < 164 ? [order(name, n % 2 === 0 ? '2024-08-01' : '2025-07-15', '900')] : []),
  ]),
};

/** CUS-3: of a tenth of the example's size: 153 orders of 34 customers; the gaps of one of them are 10, 20 and 60 days. */
const regulars = Array.from({ length: 34 }, (_, n) => `常客${n}`);
const frequency: Records = {
  customer: regulars.map((name) => named(name)),
  sales_order: regulars.flatMap((name, n) =>
    n === 0
      ? ['2024-12-01', '2024-12-11', '2024-12-31', '2025-03-01', '2025-03-01'].map((day, place) =>
          order(name, day, `${10 + place}`),
        )
      : Array.from({ length: n <= 16 ? 5 : 4 }, (_each, place) => order(name, `2025-0${place + 1}-05`, '10')),
  ),
};

/** CUS-4: terms of 30 and 90 days; 800 paid after 70 days and 200 after 91. */
const paid = (number: string, amount: string, receiptRef: string) =>
  allocation(number, amount, { receipt_ref: receiptRef });
const term = of('账期客户', {
  receivable_document: [
    document('T1', '2025-03-01', '5000', { due_date: '2025-03-31' }),
    document('T2', '2025-03-01', '200', { due_date: '2025-05-30' }),
  ],
  receipt: [receipt('T-1', '2025-05-10', '800'), receipt('T-2', '2025-05-31', '200')],
  allocation: [paid('T1', '800', 'T-1'), paid('T2', '200', 'T-2')],
});

/** FUN-7: 40, 61 and 82 days, all won in June 2025. */
const deals = [
  { ref: 'o1', from: '2025-05-01', to: '2025-06-10' },
  { ref: 'o2', from: '2025-04-20', to: '2025-06-20' },
  { ref: 'o3', from: '2025-04-09', to: '2025-06-30' },
];
const cycle: Records = {
  stage: ['技术评审', '赢单'].map((key, place) => ({
    source_id: key,
    stage_key: key,
    stage_name: key,
    stage_order: place + 1,
    is_won: key === '赢单',
  })),
  opportunity: deals.map(({ ref, from, to }) => ({
    source_id: ref,
    name: ref,
    customer_ref: '老客户',
    owner_ref: 'e1',
    status: 'won',
    stage_key: '赢单',
    amount_cny: '1000',
    created_at: `${from} 02:00:00`,
    closed_date: to,
  })),
  stage_change: deals.flatMap(({ ref, from, to }) =>
    [from, to].map((day, place) => ({
      source_id: `${ref}${place}`,
      opportunity_ref: ref,
      sequence: place,
      precision: 'exact',
      from_stage_key: place === 0 ? null : '技术评审',
      to_stage_key: place === 0 ? '技术评审' : '赢单',
      changed_at: `${day} 02:00:00`,
    })),
  ),
};

/** People at customers: 陈 twice in two sources, 周 gone without a day, 吴 gone to another customer with the same mobile number. */
const contacts: Records = {
  contact: [
    person('k1', '老客户', '陈工', { phone: '+86 138-0000-0001', title: '采购主管', is_key_person: true }),
    person('k2', '老客户', '陈工', { phone: '13800000001', source_updated_at: '2023-01-01 00:00:00' }),
    person('k3', '老客户', '周工', { email: 'zhou@example.com', has_left: true }),
    person('k4', '老客户', '吴工', { phone: '13800000002', has_left: true, left_date: '2025-02-01' }),
    person('k5', '新客户', '吴明', {
      phone: '138 0000 0002',
      title: '采购经理',
      created_at: '2025-03-03 02:00:00',
    }),
    person('k6', '老客户', '删了', { is_deleted: true }),
  ],
  contact_change: [
    {
      source_id: 'h1',
      contact_ref: 'k1',
      field: 'title',
      from_value: '采购员',
      to_value: '采购主管',
      precision: 'exact',
      changed_at: '2025-01-08 02:00:00',
    },
  ],
};

function person(source_id: string, customer_ref: string, name: string, more: Given): Given {
  return {
    source_id,
    customer_ref,
    name,
    has_left: false,
    created_at: '2023-01-01 00:00:00',
    source_updated_at: '2025-04-01 00:00:00',
    ...more,
  };
}

/** The customer whose page is compared with Cube: something of everything, and of two sellers one is its owner today. */
const whole = of('老客户', {
  receivable_document: [
    document('D1', '2025-03-12', '10000', { due_date: '2025-04-11' }),
    document('D2', '2025-06-06', '700000', { due_date: '2025-07-06' }),
  ],
  receipt: [receipt('P1', '2025-04-21', '10000'), receipt('P2', '2025-07-01', '250.5')],
  allocation: [paid('D1', '10000', 'P1')],
  delivery: [{ source_id: 'L1', number: 'L1', delivery_date: '2025-06-10', amount_cny: '500000' }],
  goods_return: [
    { source_id: 'B1', number: 'B1', return_date: '2025-06-25', amount_cny: '15000', reason: '换货' },
  ],
  activity: [
    ...['2025-07-10', '2025-07-01', '2025-06-01'].map((day) => ({
      source_id: `v ${day}`,
      owner_ref: 'e1',
      activity_type: 'visit',
      occurred_at: `${day} 02:00:00`,
    })),
    {
      source_id: 'note',
      owner_ref: 'e1',
      activity_type: 'internal_note',
      occurred_at: '2025-07-01 03:00:00',
    },
    { source_id: 'too old', activity_type: 'call', occurred_at: '2022-07-14 02:00:00' },
  ],
  acceptance_bill: [
    {
      source_id: 'YC1',
      number: 'YC1',
      kind: 'commercial_bill',
      face_cny: '40',
      signed_date: '2025-07-03',
      maturity_date: '2025-12-03',
    },
  ],
});

const people: Records = {
  employee: ['1', '2'].map((n) => ({
    source_id: `e${n}`,
    employee_number: `E${n}`,
    name: `销售${n}`,
    region: '华东',
    role: 'sales',
  })),
  territory_assignment: [
    { source_id: 't1', customer_ref: '老客户', owner_ref: 'e1', region: '华东', valid_from: '2025-05-01' },
    { source_id: 't2', customer_ref: '新客户', owner_ref: 'e2', region: '华南', valid_from: '2020-01-01' },
  ],
};

/** PEO-5: 304 hours in the 19 workdays of June 2024 are 2.0 persons, 80 hours in the 20 of June 2025 are 0.5. */
const hours = (id: string, month: string, who: string, spent: string, at: string): GivenEvent => ({
  id,
  kind: 'hours.reported',
  actor: who,
  body: { month, person: who, hours: spent, what: '月度应收统计' },
  happenedAt: at,
});

export const customerCase: Case = {
  today,
  entities: merge(repeat, retention, frequency, term, whole, cycle, contacts, people, {
    bank_coverage: [loaded('2025-01-01', today)],
  }),
  events: [
    hours('h1', '2024-06', 'E1', '200', '2024-07-01 02:00:00'),
    hours('h2', '2024-06', 'E2', '104', '2024-07-01 02:00:00'),
    hours('h3', '2025-06', 'E1', '99', '2025-07-01 02:00:00'),
    hours('h4', '2025-06', 'E1', '80', '2025-07-01 03:00:00'), // corrected: the newest word counts
  ],
};
