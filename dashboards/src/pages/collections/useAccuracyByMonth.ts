import { useView } from '../../api/cube';
import { useFilters } from '../../filters';
import { firstDay } from '../../months';

/** Forecast at the start of each month (H1) against what came: F, A, G and how good it was. FVA-1, FVA-2, FVA-3. */
export function useAccuracyByMonth() {
  const { from, to } = useFilters().filters;
  return useView({
    view: 'forecast_accuracy',
    measures: ['forecast', 'actual', 'gap', 'abs_error', 'wmape', 'accuracy', 'bias'],
    dimensions: ['month'],
    where: { horizon: 'H1' },
    range: { by: 'month_start', from: firstDay(from), to: firstDay(to) },
    order: { month: 'asc' },
  });
}
