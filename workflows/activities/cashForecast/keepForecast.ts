import { noteWritten, type Session, type Value, type Warehouse } from '../../../warehouse';
import type { ComputedForecast } from './computeForecast';

export interface ForecastToKeep {
  origin: string;
  knownAt: string;
  runId: string;
  regions: ReadonlyMap<string, string>;
  forecast: ComputedForecast;
}

const ALL_REGIONS = '(all)';
const ROWS_AT_ONCE = 200;

/**
 * Writes a forecast in one transaction, in the place of one of the same day. Items are kept for month ends, by which it is judged, and
 * for the last day; totals for every day.
 */
export async function keepForecast(warehouse: Warehouse, kept: ForecastToKeep): Promise<void> {
  const { origin, knownAt, runId, regions, forecast } = kept;
  const { modelVersion, items, periods } = forecast;
  await warehouse.transaction(async (session) => {
    for (const table of ['cash_forecast', 'cash_forecast_item', 'cash_forecast_period'])
      await session.run(
        `delete from ops.${table} where origin_date = cast(? as date) and model_version = ?`,
        [origin, modelVersion],
      );
    await session.run(
      `delete from ops.cash_forecast_item where origin_date <> month_end(origin_date)
         and origin_date < (select max(day) from (
           select max(origin_date) as day from ops.cash_forecast union all select cast(? as date)) as newest)`,
      [origin],
    );
    await insert(session, 'ops.cash_forecast', [
      [origin, modelVersion, knownAt, null, runId, forecast.paidParts, items.length, forecast.openCny],
    ]);
    await insert(
      session,
      'ops.cash_forecast_item',
      items.map((item) => [
        origin,
        modelVersion,
        item.itemId,
        item.customerId,
        regions.get(item.itemId) ?? 'unassigned',
        item.openCny,
        item.p10,
        item.p50,
        item.p90,
        item.mean,
        item.within30,
        item.within90,
        item.never,
        item.dueBaseline,
        item.meanBaseline,
      ]),
    );
    await insert(
      session,
      'ops.cash_forecast_period',
      periods.map(({ region, grain, from, to, p10Cny, p50Cny, p90Cny, meanCny }) => [
        origin,
        modelVersion,
        region ?? ALL_REGIONS,
        grain,
        from,
        to,
        p10Cny,
        p50Cny,
        p90Cny,
        meanCny,
      ]),
    );
    for (const table of ['cash_forecast', 'cash_forecast_item', 'cash_forecast_period'])
      await noteWritten(session, `ops.${table}`);
  });
}

const COLUMNS = {
  'ops.cash_forecast': [
    'cast(? as date)',
    '?',
    'cast(? as timestamp)',
    'coalesce(cast(? as timestamp), utc_now())',
    '?',
    'cast(? as bigint)',
    'cast(? as bigint)',
    'cast(? as decimal(18, 2))',
  ],
  'ops.cash_forecast_item': [
    'cast(? as date)',
    '?',
    '?',
    '?',
    '?',
    'cast(? as decimal(18, 2))',
    ...Array.from({ length: 4 }, () => 'cast(? as date)'),
    ...Array.from({ length: 3 }, () => 'cast(? as decimal(9, 8))'),
    'cast(? as date)',
    'cast(? as date)',
  ],
  'ops.cash_forecast_period': [
    'cast(? as date)',
    '?',
    '?',
    '?',
    'cast(? as date)',
    'cast(? as date)',
    ...Array.from({ length: 4 }, () => 'cast(? as decimal(18, 2))'),
  ],
} as const;

async function insert(
  session: Session,
  table: keyof typeof COLUMNS,
  rows: readonly Value[][],
): Promise<void> {
  const one = `(${COLUMNS[table].join(', ')})`;
  for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) {
    const some = rows.slice(at, at + ROWS_AT_ONCE);
    await session.run(`insert into ${table} values ${some.map(() => one).join(', ')}`, some.flat());
  }
}
