import { useMemo } from 'react';
import { together, type Row } from '../../api/cube';
import { useFilters } from '../../filters';
import type { useAccuracyByMonth } from './useAccuracyByMonth';
import type { useReceivedByMonth } from './useReceivedByMonth';
import { useStatedByMonth } from './useStatedByMonth';

export const certainties = ['confirmed', 'promised', 'expected'] as const;
export type MonthRow = Row<'forecast' | 'actual' | 'gap' | (typeof certainties)[number]> & {
  readonly month: string;
};

/** One row a month for the chart and its table: three answers laid side by side, nothing added up. */
export function useMonths(
  accuracy: ReturnType<typeof useAccuracyByMonth>,
  received: ReturnType<typeof useReceivedByMonth>,
) {
  const { months } = useFilters().filters;
  const stated = useStatedByMonth();
  const key = months.join();
  const rows = useMemo(
    () =>
      key.split(',').map((month): MonthRow => {
        const said = (certainty: string) =>
          stated.data?.find((row) => row.month === month && row.certainty === certainty)?.stated ?? null;
        const judged = accuracy.data?.find((row) => row.month === month);
        return {
          month,
          confirmed: said('confirmed'),
          promised: said('promised'),
          expected: said('expected'),
          forecast: judged?.forecast ?? null,
          gap: judged?.gap ?? null,
          actual: received.data?.find((row) => row.month === month)?.amount ?? null,
        };
      }),
    [key, stated.data, accuracy.data, received.data],
  );
  const answer = together(received, accuracy, stated);
  return { rows, answer };
}
