import { definitions } from '../../hub/metrics';
import { company } from './company';
import { type CubeUnderTest, cubeOver, engines, seller } from './cubeOver';

/** Cube over a real build of a small company: every number is compared with plain SQL over core or the mart. */
describe.each(engines)('Cube over $engine', ({ open }) => {
  let on: CubeUnderTest;
  beforeAll(async () => {
    on = await cubeOver(company, open);
  });
  afterAll(async () => await on?.close());

  const sql = async (text: string) => Object.values((await on.rows(text))[0] ?? {})[0];

  describe('what is published', () => {
    test('views only, and each member says in both languages what it is', async () => {
      for (const view of await on.views()) {
        expect([view.name, view.type]).toEqual([view.name, 'view']);
        for (const { name, description } of [view, ...view.measures, ...view.dimensions]) {
          expect([name, description]).toEqual([name, expect.stringMatching(/\p{Script=Han}/u)]);
        }
      }
    });

    test('each measure has a unit and an entry in the metric dictionary', async () => {
      for (const { name, meta } of (await on.views()).flatMap(({ measures }) => measures)) {
        expect([name, meta?.unit]).toEqual([name, expect.stringMatching(/^(CNY|ratio|count|days|score)$/)]);
        expect(Object.keys(definitions)).toContain(meta?.definition);
      }
    });

    test('every member runs: measures together, times by month, and the whole view', async () => {
      for (const view of await on.views()) {
        const measures = view.measures.map(({ name }) => name);
        const dimensions = view.dimensions.map(({ name }) => name);
        const times = view.dimensions.filter(({ type }) => type === 'time').map(({ name }) => name);
        const queries = [
          { measures },
          { measures, dimensions },
          ...times.map((dimension) => ({ timeDimensions: [{ dimension, granularity: 'month' }] })),
        ];
        for (const query of queries) {
          const { status, rows, error } = await on.ask(query);
          expect([query, status, error]).toEqual([query, 200, undefined]);
          expect([query, rows.length]).not.toEqual([query, 0]);
        }
      }
    });
  });

  describe('figures', () => {
    const at = (view: string, day: string) => [
      { member: `${view}.as_of`, operator: 'equals', values: [day] },
    ];
    const knownOn = (day: string) => [
      { member: 'receivables_as_of.known', operator: 'equals', values: [day] },
    ];
    const of = (view: string, month: string) => [
      { member: `${view}.month`, operator: 'equals', values: [month] },
    ];
    const customer = (view: string, id: string) => {
      return { member: `${view}.customer_id`, operator: 'equals', values: [id] };
    };
    const openOn = (day: string) => `
    from core.open_item left join (
      select item_id, sum(amount_cny) as amount_cny from core.settlement where effective_date <= '${day}' group by item_id
    ) as settled on settled.item_id = open_item.item_id
    where document_date <= '${day}' and not (is_retention and effective_due_date > '${day}')`;
    const july = "month = '2025-07' and horizon = 'H1' and basis = 'collection' and certainty_set = 'all'";

    test.each`
      id         | query                                                                                                                                       | expected
      ${'REC-1'} | ${{ measures: ['receivables.gross'], filters: at('receivables', '2025-06-30') }}                                                            | ${`select sum(greatest(open_item.amount_cny - coalesce(settled.amount_cny, 0), 0)) ${openOn('2025-06-30')}`}
      ${'REC-1'} | ${{ measures: ['receivables.net'], filters: at('receivables', '2025-08-10') }}                                                              | ${`select sum(open_item.amount_cny - coalesce(settled.amount_cny, 0)) - 7 * 300.30 ${openOn('2025-08-10')}`}
      ${'REC-1'} | ${{ measures: ['receivables_as_of.gross'], filters: at('receivables_as_of', '2025-06-30') }}                                                | ${"select sum(gross_cny) from marts.receivable_balance where as_of_date = '2025-06-30'"}
      ${'REC-1'} | ${{ measures: ['receivables_as_of.net'] }}                                                                                                  | ${"select sum(net_cny) from marts.receivable_balance where as_of_date = '2025-08-10'"}
      ${'REC-1'} | ${{ measures: ['receivables_as_of.gross'], filters: [...at('receivables_as_of', '2025-08-07'), ...knownOn('2025-08-07')] }}                 | ${"select sum(amount_cny) from core.open_item where document_date <= '2025-08-07' and amount_cny > 0 and not (is_retention and effective_due_date > '2025-08-07')"}
      ${'REC-2'} | ${{ measures: ['receivable_ageing.amount'] }}                                                                                               | ${"select sum(net_cny) from marts.receivable_balance where as_of_date = '2025-08-10'"}
      ${'COL-1'} | ${{ measures: ['collections.amount'], filters: of('collections', '2025-07') }}                                                              | ${"select sum(amount_cny) from staging.bank_transaction where value_date between '2025-07-01' and '2025-07-31'"}
      ${'COL-1'} | ${{ measures: ['collections.amount'], timeDimensions: [{ dimension: 'collections.value_date', dateRange: ['2025-07-01', '2025-07-31'] }] }} | ${"select sum(amount_cny) from staging.bank_transaction where value_date between '2025-07-01' and '2025-07-31'"}
      ${'COL-1'} | ${{ measures: ['collections.unidentified_amount'] }}                                                                                        | ${'select 77.77::decimal(18, 2)'}
      ${'5.2'}   | ${{ measures: ['forecast_accuracy.forecast'], filters: of('forecast_accuracy', '2025-07') }}                                                | ${'select sum(amount_cny) from staging.forecast_statement'}
      ${'FVA-6'} | ${{ measures: ['forecast_gaps.amount'], filters: of('forecast_gaps', '2025-07') }}                                                          | ${`select sum(forecast_cny - actual_cny) from marts.forecast_accuracy where ${july}`}
      ${'FVA-7'} | ${{ measures: ['confirmed_unpaid.missing'], filters: of('confirmed_unpaid', '2025-07') }}                                                   | ${"select sum(amount_cny) from staging.forecast_statement where certainty = 'confirmed'"}
      ${'FVA-7'} | ${{ measures: ['confirmed_unpaid.people'] }}                                                                                                | ${"select count(distinct stated_by_ref) from staging.forecast_statement where certainty = 'confirmed'"}
      ${'HEA-8'} | ${{ measures: ['customer_health.red'] }}                                                                                                    | ${'select count(*) from staging.risk_event'}
      ${'HEA-8'} | ${{ measures: ['customer_health.grey'], filters: of('customer_health', '2025-01') }}                                                        | ${"select count(*) from marts.customer_health where month = '2025-01' and colour = 'grey'"}
      ${'HEA-6'} | ${{ measures: ['health_reasons.count'], filters: of('health_reasons', '2025-06') }}                                                         | ${"select 5 * count(*) from marts.customer_health_live where month = '2025-06'"}
      ${'HEA-7'} | ${{ measures: ['two_reds.count'] }}                                                                                                         | ${'select count(*) from staging.risk_event'}
      ${'FUN-1'} | ${{ measures: ['funnel.entered'] }}                                                                                                         | ${"select count(*) from marts.funnel_cohort where variant = 'reached'"}
      ${'FUN-4'} | ${{ measures: ['stage_exits.skips'] }}                                                                                                      | ${"select count(*) from staging.employee where role = 'sales'"}
    `('$id: $query.measures are what plain SQL gives, as exact text', async ({ query, expected }) => {
      expect(await on.value(query)).toBe(await sql(expected));
    });

    test.each`
      id         | query                                                                                                                                        | expected
      ${'FVA-1'} | ${{ measures: ['forecast_accuracy.wmape'], filters: of('forecast_accuracy', '2025-07') }}                                                    | ${`select sum(abs(forecast_cny - actual_cny))::double / sum(actual_cny)::double from marts.forecast_accuracy where ${july}`}
      ${'FVA-1'} | ${{ measures: ['forecast_accuracy.accuracy'], filters: of('forecast_accuracy', '2025-07') }}                                                 | ${`select 1 - sum(abs_error_cny)::double / sum(actual_cny)::double from marts.forecast_accuracy where ${july}`}
      ${'FVA-2'} | ${{ measures: ['forecast_accuracy.bias'], filters: of('forecast_accuracy', '2025-07') }}                                                     | ${`select sum(forecast_cny)::double / sum(actual_cny)::double - 1 from marts.forecast_accuracy where ${july}`}
      ${'FVA-3'} | ${{ measures: ['forecast_accuracy.net_accuracy'], filters: of('forecast_accuracy', '2025-07') }}                                             | ${`select 1 - abs(sum(forecast_cny)::double / sum(actual_cny)::double - 1) from marts.forecast_accuracy where ${july}`}
      ${'REC-9'} | ${{ measures: ['receivables.overdue_share'], filters: at('receivables', '2025-03-31') }}                                                     | ${"select sum(overdue_cny)::double / sum(gross_cny)::double from marts.receivable_balance where as_of_date = '2025-03-31'"}
      ${'FUN-1'} | ${{ measures: ['funnel.conversion'], dimensions: [], filters: [{ member: 'funnel.stage_name', operator: 'equals', values: ['技术评审'] }] }} | ${'select 6 / 12.0'}
      ${'FUN-2'} | ${{ measures: ['stage_exits.period_conversion'] }}                                                                                           | ${'select 6 / 9.0'}
      ${'FUN-6'} | ${{ measures: ['deal_results.win_rate'] }}                                                                                                   | ${'select 3 / 6.0'}
      ${'FUN-7'} | ${{ measures: ['deal_results.mean_cycle'] }}                                                                                                 | ${'select 40'}
      ${'FUN-3'} | ${{ measures: ['stage_times.median_days'] }}                                                                                                 | ${'select median(days) from marts.stage_time where is_completed'}
      ${'HEA-6'} | ${{ measures: ['health_reasons.points_lost'], filters: [...of('health_reasons', '2025-08'), customer('health_reasons', 'erp:c1')] }}         | ${"select 100 - (30 * punctuality + 25 * demand + 20 * interaction + 15 * orders + 10 * risk) / 100 from marts.customer_health where month = '2025-08' and customer_id = 'erp:c1'"}
      ${'HEA-8'} | ${{ measures: ['customer_health.green_share'] }}                                                                                             | ${"select count(*) filter (where colour = 'green') / count(*) filter (where colour <> 'grey') from marts.customer_health where month = '2025-08'"}
    `('$id: $query.measures is what plain SQL gives', async ({ query, expected }) => {
      expect(Number(await on.value(query))).toBeCloseTo(Number(await sql(expected)), 9);
    });

    test('a ratio without a base is null', async () => {
      const longAgo = [{ member: 'collections.month', operator: 'equals', values: ['1999-01'] }];
      expect(await on.value({ measures: ['collections.amount'], filters: longAgo })).toBeNull();
      const nobody = [{ member: 'forecast_accuracy.customer_id', operator: 'equals', values: ['nobody'] }];
      expect(await on.value({ measures: ['forecast_accuracy.wmape'], filters: nobody })).toBeNull();
      const won = [{ member: 'funnel.stage_name', operator: 'equals', values: ['赢单'] }];
      expect(await on.value({ measures: ['funnel.conversion', 'funnel.entered'], filters: won })).toBeNull();
    });
  });

  describe('what stands once per day', () => {
    test('without a day a query is answered for the latest, without a horizon for H1', async () => {
      expect(await on.value({ measures: ['receivables.gross'] })).toBe(
        await sql("select sum(gross_cny) from marts.receivable_balance where as_of_date = '2025-08-10'"),
      );
      expect(await on.value({ measures: ['customer_health.customers'] })).toBe('6');
      expect(await on.value({ measures: ['health_reasons.count'] })).toBe('30');
      expect(await on.value({ measures: ['forecast_accuracy.actual'] })).toBe(
        await sql('select sum(amount_cny) from core.collection'),
      );
    });

    const days = ['2025-05-31', '2025-06-30'];
    test.each`
      how                         | query
      ${'filtered to two days'}   | ${{ filters: [{ member: 'receivables.as_of', operator: 'equals', values: days }] }}
      ${'over a range of months'} | ${{ timeDimensions: [{ dimension: 'receivables.as_of_date', dateRange: days }] }}
      ${'by quarter'}             | ${{ timeDimensions: [{ dimension: 'receivables.as_of_date', granularity: 'quarter' }] }}
      ${'one day or another rule'} | ${{ filters: [{ or: [{ member: 'receivables.as_of', operator: 'equals', values: ['2025-06-30'] }, { member: 'receivables.region', operator: 'set' }] }] }}
    `('balances $how are not added up', async ({ query }) => {
      const { status, error } = await on.ask({ measures: ['receivables.gross'], ...query });
      expect([status, error]).toEqual([
        400,
        'Refused: receivables stands once per as_of: take it as a dimension, or filter it to one value',
      ]);
    });

    test.each`
      how                     | query
      ${'as a dimension'}     | ${{ dimensions: ['receivables.as_of'], filters: [{ member: 'receivables.as_of', operator: 'equals', values: days }] }}
      ${'as a time by month'} | ${{ timeDimensions: [{ dimension: 'receivables.as_of_date', granularity: 'month', dateRange: days }] }}
    `('two days stand apart $how', async ({ query }) => {
      const { rows } = await on.ask({ measures: ['receivables.gross'], ...query });
      expect(rows.map((row) => row['receivables.gross'])).toEqual(
        (
          await on.rows(
            `select sum(gross_cny) as gross from marts.receivable_balance where as_of_date in ('${days.join("', '")}') group by as_of_date order by as_of_date`,
          )
        ).map(({ gross }) => gross),
      );
    });
  });

  describe('freshness', () => {
    const july = {
      measures: ['collections.amount'],
      timeDimensions: [{ dimension: 'collections.value_date', dateRange: ['2025-07-01', '2025-07-31'] }],
    };

    test('a result lives as long as its generation, and the next one is seen at once', async () => {
      const before = await on.value(july);
      await on.warehouse.run('update marts.collection set amount_cny = 0'); // not published: nobody may see it
      expect(await on.value(july)).toBe(before);
      await on.warehouse.transaction(async (session) => {
        const columns = await on.warehouse.dialect.columnsOf(
          session,
          'select * from staging.bank_transaction',
        );
        const names = columns.map(({ name }) => name);
        const another: Record<string, string> = { source_id: "'new'", amount_cny: '5.55' };
        await session.run(`insert into staging.bank_transaction (${names.join(', ')})
        select ${names.map((name) => another[name] ?? name).join(', ')} from staging.bank_transaction where source_id = 'unknown'`);
      });
      await on.build();
      expect(await on.value(july)).toBe((Number(before) + 5.55).toFixed(2));
    });
  });

  describe('in process', () => {
    test('load() gives the rows that REST gives, with the same rights', async () => {
      const query = {
        measures: ['receivables.net'],
        dimensions: ['receivables.customer_id', 'receivables.as_of_date'],
      };
      for (const user of [seller, { scope: 'all' }]) {
        expect(await on.cube.load(query, user)).toEqual((await on.ask(query, user)).rows);
      }
    });

    test('it refuses in our words', async () => {
      await expect(on.cube.load({ measures: ['nothing.here'] }, seller)).rejects.toMatchObject({
        code: 'bad_request',
      });
      await expect(
        on.cube.load({ measures: ['receivables.net'] }, { scope: 'nobody' }),
      ).rejects.toMatchObject({
        code: 'not_allowed',
      });
    });
  });
});
