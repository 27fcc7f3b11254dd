import { MODEL_VERSION } from '../../../forecast';
import type { Warehouse } from '../../../warehouse';
import { computeInThread } from './forecastThread';
import { keepForecast } from './keepForecast';
import { readBook, readCalendar } from './readBook';

/** Month ends by which the forecast is judged. METRICS HUB-3. */
const ORIGINS = 12;
/** Before that there is nothing to learn from. */
const LEAST_PAYMENTS = 20;

/** Days that have no forecast yet, the newest first: the as-of day, again when data came since, and the month ends before it. */
export async function dueForecasts(warehouse: Warehouse, asOf: string): Promise<string[]> {
  const rows = await warehouse.rows(
    `with past as (
       select day, row_number() over (order by day desc) as number
       from core.calendar where day = month_end(day) and day < cast(? as date)
     ),
     wanted as (
       select past.day from past
       where number <= ${ORIGINS} and ${LEAST_PAYMENTS} <= (
         select count(*) from core.receipt where receipt.value_date <= past.day)
       union all select cast(? as date)
     )
     select wanted.day from wanted
     left join ops.cash_forecast on cash_forecast.origin_date = wanted.day and cash_forecast.model_version = ?
     where cash_forecast.origin_date is null
       or (wanted.day = cast(? as date) and cash_forecast.known_at < (
         select max(ended_at) from meta.run_stream where loaded_rows + deleted_rows > 0))
     order by wanted.day desc`,
    [asOf, asOf, MODEL_VERSION, asOf],
  );
  return rows.map(({ day }) => String(day));
}

/** One day's forecast from what was known then, written; gives the open items. The same day again gives the same. */
export async function forecastOrigin(
  warehouse: Warehouse,
  { runId, origin, asOf }: { runId: string; origin: string; asOf: string },
): Promise<number> {
  const [row] = await warehouse.rows(
    // a month end as known at its end in Shanghai; the as-of day as known now
    origin === asOf
      ? 'select cast(utc_now() as varchar) as known_at'
      : "select cast(cast(? as date) + interval '16 hours' as varchar) as known_at",
    origin === asOf ? [] : [origin],
  );
  const knownAt = String(row?.known_at);
  const { invoices, regions } = await readBook(warehouse, origin, knownAt);
  const calendar = await readCalendar(warehouse);
  const forecast = await computeInThread({ origin, invoices, daysOff: daysOff(calendar.isWorkday, origin) });
  await keepForecast(warehouse, { origin, knownAt, runId, regions, forecast });
  return forecast.items.length;
}

const DAY_MS = 86_400_000;
const YEARS_BACK = 12;
const YEARS_AHEAD = 12;

/** A set crosses into a thread; a function does not. */
function daysOff(isWorkday: (day: number) => boolean, origin: string): Set<number> {
  const middle = Date.parse(`${origin}T00:00:00Z`) / DAY_MS;
  const days = new Set<number>();
  for (let day = middle - YEARS_BACK * 366; day <= middle + YEARS_AHEAD * 366; day += 1)
    if (!isWorkday(day)) days.add(day);
  return days;
}
