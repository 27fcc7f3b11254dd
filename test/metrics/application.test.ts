import type { Case, GivenEvent } from '../models/given';
import { allocation, document, line, loaded, merge, of, receipt } from '../models/records';
import { engines } from '../support/engines';
import { overCube } from './overCube';

/** Section 4 of METRICS.md: its worked examples with their own numbers, and what the entries say of edges, by hand. */
const today = '2025-06-30';
const matched = (bankLine: string, amount: string, happenedAt = '2025-03-04 02:00:00'): GivenEvent => ({
  id: `applied ${bankLine}`,
  kind: 'match.applied',
  actor: 'hub',
  subject: `match ${bankLine}`,
  happenedAt,
  body: {
    bank_transaction_id: `bank:${bankLine}`,
    rule: 'single',
    score: '80',
    parts: '1',
    customer_1: 'erp:A',
    document_1: 'erp:none',
    item_1: 'erp:none',
    kind_1: 'cash',
    amount_1: amount,
  },
});
const about = (
  id: string,
  kind: string,
  bankLine: string,
  actor: string,
  happenedAt: string,
): GivenEvent => ({
  id,
  kind,
  actor,
  subject: `match ${bankLine}`,
  body: {},
  happenedAt,
});

/** APP-1: 200 lines of 8,000,000: 147 kept matches of 5,510,000, 3 reversed of 90,000, 50 of people of 2,400,000. */
const kept = Array.from({ length: 147 }, (_, at) => [`k${at}`, at === 0 ? '108000.00' : '37000.00'] as const);
const reversed = Array.from({ length: 3 }, (_, at) => [`r${at}`, '30000.00'] as const);
const others = Array.from({ length: 50 }, (_, at) => [`o${at}`, '48000.00'] as const);
const inMarch = { counterparty_name: 'A' };

const example: Case = {
  today,
  entities: merge(
    of('A', {
      bank_transaction: [
        ...[...kept, ...reversed, ...others].map(([id, amount]) => line(id, '2025-03-03', amount, inMarch)),
        line('late', '2025-04-07', '10.00'), // matched two workdays later
        line('long ago', '2025-04-08', '20.00'), // reversed after 61 days
        line('part', '2025-04-09', '30.00'), // only 29.00 of it
        line('interest', '2025-03-03', '999.00', { category: 'interest' }),
        line('refund', '2025-03-03', '-999.00', { category: 'refund' }),
        line('unclassified', '2025-04-10', '5.00', { category: 'other' }),
      ],
    }),
    of('times', {
      // APP-4: allocated after 0, 0, 1 and 4 workdays, by the clerk's button; one is still open
      receivable_document: [document('T', '2025-05-01', '500')],
      receipt: ['1', '2', '3', '4', '5'].map((n) =>
        receipt(`t${n}`, '2025-05-08', '100', { bank_reference: `t${n}` }),
      ),
      bank_transaction: ['1', '2', '3', '4', '5'].map((n) =>
        line(`t${n}`, '2025-05-08', '100', { reference: `t${n}` }),
      ),
    }),
    of('unapplied', {
      // APP-3 and 3.5: owes 150; 100 and 80 came, so 150 are unapplied, the oldest first, and 30 a prepayment
      receivable_document: [document('U', '2025-05-01', '150')],
      receipt: [
        receipt('u1', '2025-06-10', '100'),
        receipt('u2', '2025-06-20', '80'),
        receipt('u3', '2025-06-21', '60', { is_prepayment: true }),
      ],
    }),
    {
      allocation: [
        ['t1', '2025-05-08 02:00:00'],
        ['t2', '2025-05-08 09:00:00'],
        ['t3', '2025-05-09 02:00:00'],
        ['t4', '2025-05-14 02:00:00'], // Thursday to Wednesday: four workdays
      ].map(([ref = '', allocated_at = '']) => allocation('T', '100', { receipt_ref: ref, allocated_at })),
      bank_coverage: [loaded('2025-03-01', today)],
      bank_transaction: [line('nobody', '2025-06-25', '77.70', { counterparty_name: '谁也不认识' })],
    },
  ),
  events: [
    ...[...kept, ...reversed].map(([id, amount]) => matched(id, amount)),
    ...reversed.map(([id], at) =>
      about(`undone ${at}`, 'match.undone', id, 'finance1', '2025-04-02 02:00:00'),
    ),
    about('looked', 'match.confirmed', 'k1', 'finance1', '2025-03-20 02:00:00'), // still without a person
    matched('late', '10.00', '2025-04-09 02:00:00'),
    matched('long ago', '20.00', '2025-04-08 02:00:00'),
    about('undone late', 'match.undone', 'long ago', 'finance1', '2025-06-08 02:00:00'),
    matched('part', '29.00', '2025-04-09 02:00:00'),
  ],
};

describe.each(engines)('cash application over $name', ({ open }) => {
  const over = overCube(example, open);

  const ask = async (measures: readonly string[], filters: Record<string, string>) => {
    const view = measures[0]?.split('.')[0];
    const rows = await over.cube.load(
      {
        measures,
        filters: Object.entries(filters).map(([name, value]) => {
          return { member: `${view}.${name}`, operator: 'equals', values: [value] };
        }),
      },
      { scope: 'all' },
    );
    return measures
      .map((name) => rows[0]?.[name] ?? null)
      .map((value) => (value === null ? null : Number(value)));
  };
  const lines = (names: string) => names.split(' ').map((name) => `cash_application.${name}`);

  test.each`
    id         | what                                                 | measures                                        | month        | expected
    ${'APP-1'} | ${'200 lines, 8,000,000'}                            | ${'count amount'}                               | ${'2025-03'} | ${[200, 8_000_000]}
    ${'APP-1'} | ${'147 of them, 5,510,000'}                          | ${'matched_count matched_amount'}               | ${'2025-03'} | ${[147, 5_510_000]}
    ${'APP-1'} | ${'73.5 % and 68.9 %'}                               | ${'match_rate match_rate_by_value'}             | ${'2025-03'} | ${[147 / 200, 551 / 800]}
    ${'APP-1'} | ${'payer level apart: the name is known'}            | ${'payer_match_rate'}                           | ${'2025-03'} | ${[1]}
    ${'APP-1'} | ${'late, wholly or in part: only the reversed late'} | ${'count matched_count'}                        | ${'2025-04'} | ${[4, 0]}
    ${'APP-2'} | ${'3 of 150'}                                        | ${'automatic_count reversed_count'}             | ${'2025-03'} | ${[150, 3]}
    ${'APP-2'} | ${'2.0 %, by value 90,000 of 5,600,000'}             | ${'false_match_rate false_match_rate_by_value'} | ${'2025-03'} | ${[3 / 150, 9 / 560]}
    ${'APP-2'} | ${'after 61 days it is no reversal'}                 | ${'automatic_count reversed_count'}             | ${'2025-04'} | ${[3, 0]}
    ${'APP-2'} | ${'nothing automatic: no rate'}                      | ${'false_match_rate'}                           | ${'2025-05'} | ${[null]}
    ${'APP-4'} | ${'0, 0, 1, 4: median 0.5; one is still open'}       | ${'median_workdays applied_count open_count'}   | ${'2025-05'} | ${[0.5, 4, 1]}
    ${'APP-4'} | ${'P90 between 1 and 4'}                             | ${'p90_workdays'}                               | ${'2025-05'} | ${[3.1]}
  `('$id: $what', async ({ measures, month, expected }) => {
    const found = await ask(lines(measures), { month });
    expect(found.length).toBe(expected.length);
    for (const [at, value] of (expected as (number | null)[]).entries()) {
      if (value === null) expect(found[at]).toBeNull();
      else expect(found[at]).toBeCloseTo(value, 9);
    }
  });

  test('APP-3: unapplied cash by its age, up to what is owed, and money of unknown payers beside it', async () => {
    const rows = await over.built.rows(
      "select unapplied_id, unapplied_cny, age_days from marts.unapplied_cash where customer_name = 'unapplied' or kind = 'unidentified' order by value_date",
    );
    expect(rows).toEqual([
      { unapplied_id: 'receipt:erp:u1', unapplied_cny: '100.00', age_days: 20 },
      { unapplied_id: 'receipt:erp:u2', unapplied_cny: '50.00', age_days: 10 },
      { unapplied_id: 'bank_line:bank:nobody', unapplied_cny: '77.70', age_days: 5 },
    ]);
    const [balance] = await over.built.rows(
      "select unapplied_cny from marts.receivable_balance where customer_name = 'unapplied' and as_of_date = date '2025-06-30'",
    );
    expect(balance).toEqual({ unapplied_cny: '150.00' });
    const measures = ['unapplied_amount', 'unapplied_count', 'oldest_days'].map(
      (name) => `unapplied_cash.${name}`,
    );
    expect(await ask(measures, { customer_name: 'unapplied' })).toEqual([150, 2, 20]);
    expect(await ask(['unapplied_cash.unidentified_amount'], {})).toEqual([77.7]);
  });
});
