import { type BuiltCase, given, type Given } from '../models/given';
import { engines } from '../support/engines';

const today = '2026-07-15';
const A = '甲公司';
const B = '乙公司';

const checkOf = (
  company: string,
  service: string,
  kind: string | null,
  day: string,
  more: Given = {},
): Given => ({
  connection: 'qcc',
  source_id: `${company} ${service} ${day}`,
  company_ref: company,
  company_name: company,
  service,
  kind,
  cost_cny: '1.00',
  order_number: `${service} ${day}`,
  is_successful: true,
  is_complete: true,
  checked_at: `${day} 02:00:00`,
  source_updated_at: `${day} 02:00:00`,
  ...more,
});
const [BEFORE, NOW] = ['2026-04-14', today];
const environmental = (day: string): Given => ({
  connection: 'qcc',
  source_id: `e @${day}`,
  record_ref: 'e',
  check_ref: `${A} EnvPunishmentCheck ${day}`,
  company_name: A,
  kind: 'environmental_penalty',
  event_date: '2026-01-16', // 180 days before
  is_live: true,
  source_updated_at: `${day} 02:00:00`,
});
const call = (n: number, service: string, subject: string, price: string, at: string): Given => ({
  call_id: `c${n}`,
  connection: 'qcc',
  service,
  subject,
  price_cny: price,
  called_at: at,
});

/** METRICS HEA-5 with events that come from comparing checks, and DAT-7: each case with its numbers by hand. */
describe.each(engines)('risk and what it costs over $name', ({ open }) => {
  let built: BuiltCase;
  beforeAll(async () => {
    built = await given(
      {
        today,
        entities: {
          customer: [
            { source_id: 'A', name: A },
            { source_id: 'B', name: B },
          ],
          opportunity: ['A', 'B'].map((ref) => ({
            source_id: `o${ref}`,
            name: ref,
            customer_ref: ref,
            status: 'open',
            amount_cny: '1.00',
            created_at: '2026-07-01 02:00:00',
          })),
          receivable_document: [
            {
              source_id: 'd1',
              number: 'AR1',
              customer_ref: 'A',
              amount_cny: '900.00',
              document_date: '2026-05-01',
              due_date: '2026-05-31',
              is_counted: true,
            },
          ],
          bureau_check: [
            checkOf(A, 'EnvPunishmentCheck', 'environmental_penalty', BEFORE),
            checkOf(A, 'EnvPunishmentCheck', 'environmental_penalty', NOW),
            checkOf(A, 'ActualControl', null, BEFORE, { controller_name: '王某', controller_ref: 'p1' }),
            checkOf(A, 'ActualControl', null, NOW, { controller_name: '李某', controller_ref: 'p2' }),
          ],
          risk_event: [environmental(BEFORE), environmental(NOW)],
        },
        tables: {
          'meta.bureau_call': [
            call(1, 'ShixinCheck', A, '1.00', '2026-06-01 02:00:00'),
            call(2, 'ShixinCheck', B, '1.00', '2026-06-02 02:00:00'),
            call(3, 'JudgmentDocCheck', A, '0.30', '2026-06-03 02:00:00'),
            call(4, 'JudgmentDocCheck', A, '0.30', '2026-06-03 02:01:00'), // its second page
            call(5, 'ShixinCheck', '查无此司', '1.00', '2026-06-30 15:59:59'), // nothing found; the last second of June
            call(6, 'ShixinCheck', A, '1.00', '2026-06-30 16:00:00'), // midnight in China: July
          ],
          'ops.bureau_budget': [{ connection: 'qcc', day_cny: '10.00', month_cny: '40.00' }],
          'ops.bureau_service': [
            { connection: 'qcc', service: 'EnvPunishmentCheck', price_cny: '1.00', refresh_days: 90 },
            { connection: 'qcc', service: 'ActualControl', price_cny: '1.00', refresh_days: 30 },
          ],
        },
      },
      open,
    );
  }, 180_000);
  afterAll(() => built?.close());

  const row = async (sql: string) => Object.values((await built.rows(sql))[0] ?? {}).map(String);

  const costs = 'calls::int as calls, cost_cny::decimal(18, 2) as cost, customers, cost_per_customer';
  const summed = `select ${costs} from (
    select sum(calls) as calls, sum(cost_cny) as cost_cny, count(distinct company_key) as customers,
      (sum(cost_cny) / count(distinct company_key))::decimal(18, 2) as cost_per_customer
    from marts.bureau_cost where `;
  test.each`
    what                                                       | sql                                                                                                                                              | expected
    ${'June: calls × price, an answer with nothing found too'} | ${`${summed} month = '2026-06') as june`}                                                                                                        | ${['5', '3.60', '3', '1.20']}
    ${'July begins at midnight in China'}                      | ${`${summed} month = '2026-07') as july`}                                                                                                        | ${['1', '1.00', '1', '1.00']}
    ${'by service'}                                            | ${`${summed} service = 'JudgmentDocCheck') as judged`}                                                                                           | ${['2', '0.60', '1', '0.60']}
    ${'by customer'}                                           | ${`${summed} customer_name = '${A}' and month = '2026-06') as one`}                                                                              | ${['3', '1.60', '1', '1.60']}
    ${'against the budget of the month'}                       | ${"select calls, cost_cny, budget_cny, left_cny, used_share, customers, cost_per_customer_cny from marts.bureau_budget where month = '2026-06'"} | ${['5', '3.6000', '40.00', '36.4000', '0.0900', '3', '1.20']}
  `('DAT-7 $what', async ({ sql, expected }: { sql: string; expected: string[] }) => {
    expect(await row(sql)).toEqual(expected);
  });

  test('HEA-5 a change of controller found today and an environmental penalty 180 days old: 100 - 10 - 7.5', async () => {
    expect(
      await row("select value from core.health_risk where customer_id = 'erp:A' and month = '2026-07'"),
    ).toEqual(['82.5']);
  });

  test('HEA-5 the events behind it, with the paid call: what the first check held is known, the controller is new', async () => {
    const rows = await built.rows(
      `select change, kind, order_number, call_cost_cny, cast(before_at as date) as before, days_between
       from marts.risk_event order by kind`,
    );
    expect(rows.map((found) => Object.values(found).map(String).join(' | '))).toEqual([
      `new | controller_change | ActualControl ${NOW} | 1.00 | ${BEFORE} | 92`,
      `known | environmental_penalty | EnvPunishmentCheck ${BEFORE} | 1.00 | null | null`,
    ]);
  });

  test('RSK-1 all of 900.00 is overdue, checked today: 900 × (1 + 1); nothing is open with the other', async () => {
    expect(
      await row(
        "select exposure_cny, priority_factor, priority_cny, next_due_date, is_due from marts.customer_risk where customer_id = 'erp:A'",
      ),
    ).toEqual(['900.00', '2.0000', '1800.00', '2026-08-14', 'false']);
    expect(
      await row(
        "select exposure_cny, priority_factor, priority_cny, next_due_date, is_due from marts.customer_risk where customer_id = 'erp:B'",
      ),
    ).toEqual(['0.00', '2.0000', '0.00', today, 'true']);
  });
});
