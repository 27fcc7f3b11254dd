import { type BuiltCase, given } from '../../../test/models/given';
import { allocation, document, merge, of, receipt, type Records } from '../../../test/models/records';
import { engines } from '../../../test/support/engines';
import { buildModels, type Row } from '../../../warehouse';
import { dueForecasts, forecastOrigin } from './forecastDays';

const TODAY = '2026-06-30';
const day = (text: string, more: number) =>
  new Date(Date.parse(`${text}T00:00:00Z`) + more * 86_400_000).toISOString().slice(0, 10);
const months = Array.from({ length: 24 }, (_, at) =>
  new Date(Date.UTC(2024, 6 + at, 1)).toISOString().slice(0, 10),
);

/** Bills a sum every month, due after 30 days; paid so many days late and learned the day after. Every fifth one in two parts. */
function customer(name: string, lateness: number, region: string): Records {
  const bills = months.map((month, at) => ({
    number: `${name}${at}`,
    billed: day(month, at % 9),
    due: day(month, 30 + (at % 9)),
    paid: day(month, 30 + (at % 9) + lateness + (at % 4)),
    parts: at % 5 === 0 ? ['400.04', '600.06'] : ['1000.10'],
  }));
  const payments = bills
    .flatMap(({ number, paid, parts }) =>
      parts.map((amount, part) => ({ number, amount, on: day(paid, part * 12), id: `R${number} ${part}` })),
    )
    .filter(({ on }) => on <= TODAY);
  return {
    ...of(name, {
      receivable_document: bills.map(({ number, billed, due }) =>
        document(number, billed, '1000.10', { due_date: due, recorded_at: `${billed} 01:00:00` }),
      ),
      receipt: payments.map(({ id, on, amount }) =>
        receipt(id, on, amount, { recorded_at: `${day(on, 1)} 02:00:00` }),
      ),
      territory_assignment: [
        { source_id: `T${name}`, owner_ref: 'nobody', region, valid_from: '2020-01-01' },
      ],
    }),
    allocation: payments.map(({ id, number, amount, on }) =>
      allocation(number, amount, {
        source_id: `A${id}`,
        receipt_ref: id,
        allocated_at: `${day(on, 1)} 02:00:00`,
      }),
    ),
  };
}

describe.each(engines)('the hub’s own forecast on $name', ({ open }) => {
  let on: BuiltCase;
  beforeAll(async () => {
    on = await given(
      {
        today: TODAY,
        entities: merge(
          customer('prompt', 0, '华东'),
          customer('slow', 21, '华东'),
          customer('south', 6, '华南'),
        ),
      },
      open,
    );
    for (const origin of await dueForecasts(on.warehouse, TODAY))
      await forecastOrigin(on.warehouse, { runId: 'r1', origin, asOf: TODAY });
    await rebuild();
  });
  afterAll(() => on?.close());

  const rebuild = () =>
    buildModels(on.warehouse, { runId: 'again', connections: [], asOfDate: TODAY, keepStaging: true });
  const said = (origin: string): Promise<Row[]> =>
    on.rows(`select region, grain, period_start, p10_cny, p50_cny, p90_cny, mean_cny from ops.cash_forecast_period
      where origin_date = date '${origin}' order by region, grain, period_start`);

  test('is made for the as-of day and twelve month ends, once', async () => {
    const origins = await on.rows(
      'select origin_date, open_items, open_cny from ops.cash_forecast order by 1 desc',
    );
    expect(origins).toHaveLength(13);
    expect(origins[0]?.origin_date).toBe(TODAY);
    expect(origins.at(-1)?.origin_date).toBe('2025-06-30');
    expect(await dueForecasts(on.warehouse, TODAY)).toEqual([]); // no stream loaded anything since
    expect(await dueForecasts(on.warehouse, '2026-07-01')).toEqual(['2026-07-01']);
  });

  test('holds what was open then, in ordered quantiles, for the company and each region', async () => {
    const [wrong] = await on.rows(`select count(*) as n from ops.cash_forecast
      where open_cny <> (select sum(open_cny) from ops.cash_forecast_item where cash_forecast_item.origin_date = cash_forecast.origin_date)
        or open_cny <> (select sum(ledger_item.amount_cny) - coalesce((select sum(amount_cny) from core.ledger_settlement
             where effective_date <= origin_date and known_from <= known_at and coalesce(known_to > known_at, true)), 0)
           from core.ledger_item where document_date <= origin_date and known_from <= known_at and coalesce(known_to > known_at, true))`);
    expect(wrong?.n).toBe('0');
    const regions = await on.rows(
      'select distinct region from marts.cash_forecast where is_latest order by region',
    );
    expect(regions.map(({ region }) => region)).toEqual(['(all)', '华东', '华南']);
    expect(
      await on.rows(
        'select count(*) as n from marts.cash_forecast where not (p10_cny <= p50_cny and p50_cny <= p90_cny)',
      ),
    ).toEqual([{ n: '0' }]);
    const [latest] = await on.rows(
      "select count(*) filter (where grain = 'week') as weeks, count(*) filter (where grain = 'month') as months from marts.cash_forecast where is_latest and region = '(all)'",
    );
    expect(Number(latest?.weeks)).toBe(13);
    expect(Number(latest?.months)).toBeGreaterThanOrEqual(5);
  });

  test('is judged by what its items brought', async () => {
    const [row] = await on.rows(`select cash_forecast_score.actual_cny as shown, (
        select sum(settlement.amount_cny) from core.settlement
        join ops.cash_forecast_item on cash_forecast_item.item_id = settlement.item_id and cash_forecast_item.origin_date = date '2026-03-31'
        where effective_date between date '2026-04-01' and date '2026-04-30') as counted
      from marts.cash_forecast_score where origin_date = date '2026-03-31' and horizon = 1 and region = '(all)'`);
    expect(row?.shown).toBe(row?.counted);
    expect(row?.shown).not.toBe('0.00');
    const [score] = await on.rows(
      "select p10_cny, p50_cny, p90_cny, actual_cny, pinball_sum_cny from marts.cash_forecast_score where origin_date = date '2026-03-31' and horizon = 1 and region = '(all)'",
    );
    const cents = (name: string) => BigInt(String(score?.[name]).replace('.', ''));
    const y = cents('actual_cny');
    const twenty = [1n, 5n, 9n].reduce((sum, tenth) => {
      const q = cents(`p${tenth}0_cny`);
      return sum + (y < q ? 2n * (10n - tenth) * (q - y) : 2n * tenth * (y - q)); // HUB-4, times ten
    }, 0n);
    expect(cents('pinball_sum_cny')).toBe((twenty + 5n) / 10n);
    const [share] = await on.rows(
      `select min(observed_30) as low, max(observed_30) as high, count(observed_30) as judged from marts.payment_forecast`,
    );
    expect([share?.low, share?.high]).toEqual(['0.40000000', '1.00000000']); // the smaller half, or all of it
    expect(Number(share?.judged)).toBeGreaterThan(20);
  });

  test('looks at nothing that was dated or learned later', async () => {
    const origin = '2026-03-31';
    const before = await said(origin);
    // entered in April for days in March: a receipt against an open invoice, an invoice, a dispute of nobody
    await on.warehouse.run(
      `insert into staging.allocation (connection, source_id, document_number, kind, amount_cny, value_date, allocated_at, is_deleted, source_updated_at, recorded_at)
       values ('erp', 'late', 'slow20', 'deduction', 500.00, date '2026-03-20', timestamp '2026-04-09 01:00:00', false, timestamp '2026-04-09 01:00:00', timestamp '2026-04-09 01:00:00')`,
    );
    await on.warehouse.run(
      `insert into staging.receivable_document (connection, source_id, number, customer_ref, amount_cny, is_credit_note, is_counted, document_date, due_date, is_deleted, source_updated_at, recorded_at)
       values ('erp', 'late', 'late', 'slow', 9999.00, false, true, date '2026-03-02', date '2026-04-02', false, timestamp '2026-04-09 01:00:00', timestamp '2026-04-09 01:00:00')`,
    );
    await buildModels(on.warehouse, {
      runId: 'later',
      connections: [],
      asOfDate: TODAY,
      keepStaging: true,
      isAll: true,
    });
    await forecastOrigin(on.warehouse, { runId: 'r2', origin, asOf: TODAY });
    expect(await said(origin)).toEqual(before);
    const today = await said(TODAY);
    await forecastOrigin(on.warehouse, { runId: 'r2', origin: TODAY, asOf: TODAY });
    expect(await said(TODAY)).not.toEqual(today);
  });
});
