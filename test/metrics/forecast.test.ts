import { buildModels, type Warehouse } from '../../warehouse';
import { type BuiltCase, given } from '../models/given';
import { merge, people } from '../models/records';
import { engines } from '../support/engines';
import { FORECAST_CASES } from './forecastCases';

/**
 * METRICS section 5 and REC-10: its worked examples, each with the figures of that page, and the rules around them. Every case is
 * customers of its own in one company, which is built twice: on 2 August 2025, and again on 31 October, when more has come.
 */
const EARLY = '2025-08-02';
const LATE = '2025-10-31';

describe.each(engines)('forecast against actual on $name', ({ open }) => {
  let built: BuiltCase;
  let early: Record<string, unknown>[];
  const gaps = `
    select month, horizon, basis, customer_id, sum(amount_cny) as gap,
      sum(case when part in ('slipped', 'not_paid') then amount_cny else 0 end) as not_in_time
    from marts.forecast_gap where month in ('2025-05', '2025-06', '2025-07') and not is_weekly
    group by month, horizon, basis, customer_id order by 1, 2, 3, 4`;

  beforeAll(async () => {
    const entities = merge(people, ...FORECAST_CASES.map(({ records }) => records));
    built = await given({ today: EARLY, entities }, open);
    early = await built.rows(gaps);
    expect(await flagged('a late file')).toEqual([]);
    await built.warehouse.transaction(async (session) => {
      await session.run("update staging.bank_coverage set is_deleted = false where source_id like 'late%'");
    });
    await buildOn(LATE, built.warehouse);
  }, 120_000);
  afterAll(() => built?.close());

  const flagged = (customer: string) =>
    built.rows(`select flagged_date from marts.confirmed_unpaid where customer_name = '${customer}'`);

  test.each(
    FORECAST_CASES.flatMap(({ id, what, checks }) =>
      checks.map(({ sql, expected }) => ({ id, what, sql, expected })),
    ),
  )('$id: $what', async ({ sql, expected }) => {
    const found = (await built.rows(sql)).map((row) =>
      Object.values(row)
        .map((value) => (value === null ? '-' : String(value)))
        .join(' '),
    );
    expect(found).toEqual(expected);
  });

  test('FVA-6: the gap of a month that is over stays the same as money comes late; it moves from not paid to slipped', async () => {
    const late = await built.rows(gaps);
    expect(late.map(({ not_in_time, ...row }) => [row, not_in_time])).toEqual(
      early.map(({ not_in_time, ...row }) => [row, not_in_time]),
    );
    const parts = await built.rows(`
      select part, sum(amount_cny) as amount from marts.forecast_gap
      where month = '2025-07' and horizon = 'H1' and basis = 'collection' and customer_name in ('S1', 'S2') group by part order by 1`);
    expect(parts).toEqual([
      { part: 'not_paid', amount: '60000.00' },
      { part: 'slipped', amount: '280000.00' },
    ]);
  });

  test('FVA-6: the parts make the gap in every slice: of a region, an owner, and of each person what he stated less what came to it', async () => {
    for (const by of ['rls_region', 'rls_owner']) {
      const off = await built.rows(`
        select * from (
          select ${by}, month, horizon, basis, sum(forecast_cny - actual_cny) as gap
          from marts.forecast_accuracy where certainty_set = 'all' group by ${by}, month, horizon, basis
        ) as cell
        full join (
          select ${by} as slice, month as m, horizon as h, basis as b, sum(amount_cny) as parts
          from marts.forecast_gap group by ${by}, month, horizon, basis
        ) as part on slice = ${by} and m = month and h = horizon and b = basis
        where coalesce(gap, 0) <> coalesce(parts, 0)`);
      expect(off).toEqual([]);
    }
    const off = await built.rows(`
      with stated as (
        select stated_by, month, horizon, sum(stated_cny) as amount from marts.forecast_thread group by stated_by, month, horizon
      ),
      arrived as (
        select forecast_statement.stated_by, forecast_cutoff.month, forecast_cutoff.horizon, sum(thread_match.matched_cny) as amount
        from core.forecast_cutoff
        join core.thread_match on matching = cast(cutoff_date as varchar) and value_date between window_start and month_end
        join core.forecast_statement on forecast_statement.statement_id = thread_match.statement_id
        group by forecast_statement.stated_by, forecast_cutoff.month, forecast_cutoff.horizon
      ),
      part as (
        select stated_by, month, horizon, sum(amount_cny) as amount from marts.forecast_gap
        where basis = 'collection' and statement_id is not null group by stated_by, month, horizon
      )
      select * from (
        select stated_by, month, horizon, sum(stated) as stated, sum(arrived) as arrived, sum(parts) as parts from (
          select stated_by, month, horizon, amount as stated, 0.00 as arrived, 0.00 as parts from stated union all
          select stated_by, month, horizon, 0.00, amount, 0.00 from arrived union all
          select stated_by, month, horizon, 0.00, 0.00, amount from part
        ) as each_one group by stated_by, month, horizon
      ) as person where stated - arrived <> parts`);
    expect(off).toEqual([]);
    expect(early.length).toBeGreaterThan(20);
  });
});

const buildOn = (asOfDate: string, warehouse: Warehouse) =>
  buildModels(warehouse, { runId: asOfDate, connections: [], asOfDate, keepStaging: true, isAll: true });
