import { useMemo } from 'react';
import { together, useView, type Row } from '../../api/cube';
import { useFilters } from '../../filters';

export type Grain = 'week' | 'month';
export type BandRow = Row<'period' | 'p10' | 'p50' | 'p90' | 'stated'>;

const SHOWN = { week: 13, month: 3 };

/** The newest forecast of the hub (HUB-2), beside what people say today will come in the same weeks or months. */
export function useBand(grain: Grain) {
  const { region } = useFilters().filters;
  const forecast = useView({
    view: 'cash_forecast',
    measures: ['p10', 'p50', 'p90'],
    dimensions: ['period_start', 'origin_date'],
    where: { grain, is_latest: 'true', scope: region ? 'region' : 'company', region },
    order: { period_start: 'asc' },
    isScoped: false,
  });
  const first = forecast.data?.[0]?.period_start?.slice(0, 10);
  const said = useView({
    view: 'statements',
    measures: ['amount'],
    dimensions: [`expected_date.${grain}`],
    range: first === undefined ? undefined : { by: 'expected_date', from: first, to: later(first) },
    where: { is_current: 'true', is_withdrawn: 'false', region },
    isScoped: false,
    isEnabled: first !== undefined,
  });
  const rows = useMemo(
    () =>
      (forecast.data ?? []).slice(0, SHOWN[grain]).map((row): BandRow => {
        const period = row.period_start?.slice(0, 10) ?? '';
        const start = startOf(period, grain);
        const stated = said.data?.find((one) => one[`expected_date.${grain}`]?.slice(0, 10) === start);
        return { period, p10: row.p10, p50: row.p50, p90: row.p90, stated: stated?.amount ?? null };
      }),
    [forecast.data, said.data, grain],
  );
  return { rows, answer: together(forecast), origin: forecast.data?.[0]?.origin_date?.slice(0, 10) };
}

/** The first period begins on the day after the origin: its Monday, or its month's first day, names it elsewhere. */
function startOf(day: string, grain: Grain): string {
  if (grain === 'month') return `${day.slice(0, 7)}-01`;
  const at = new Date(`${day}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() - ((at.getUTCDay() + 6) % 7));
  return at.toISOString().slice(0, 10);
}

/** Past the last month that is shown. */
const later = (day: string) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + 125 * 86_400_000).toISOString().slice(0, 10);
