import type { HealthCustomer, Item, Order } from '../models/healthCustomers';

/** Section 8 of METRICS.md: each worked indicator with its own numbers, and what the entries say of edges. */
export const today = '2025-05-30'; // a Friday; the running month ends here

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

export const healthCases: Record<string, HealthCustomer> = {
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
  held: { ...late('2024-05-10'), contacts: oneVisit }, // 60 for the visit: 47.0 with the payments, 67.1 without
  'held at yellow': { ...late('2024-05-10'), contacts: threeVisits }, // 100: 55.0 with, 78.6 without
  'nothing missing': { ...late('2024-06-10'), contacts: threeVisits }, // 55.0
  // March: paid 96 days late 8, demand (0 + 100)/2 = 50, no contact, orders 100, risk 100: 39.9. In April the payments and the lost deal
  // are out of the 12 months: 45 % are known. May: 100, 100, 0, 100 of 70 %: 78.6; with the 8 points of March 57.4
  'held through grey': {
    ...late('2024-04-10'),
    record: { declared_yearly_purchase_cny: '300.00' },
    orders: ['2024-12-20', '2025-01-20', '2025-02-20'].map((date): Order => [date, '100.00']),
    closed: [
      ['lost', '2024-04-10', '1.00'],
      ['won', '2025-05-10', '1.00'],
    ],
    contacts: threeVisits,
  },
  'no business': { contacts: threeWeeks },
  internal: { ...worked, record: { is_internal: true } },
};
