import { useView } from '../../api/cube';
import { useFilters } from '../../filters';
import { firstDay } from '../../months';

/** What people had said by the start of each month, by how sure they were. */
export function useStatedByMonth() {
  const { from, to } = useFilters().filters;
  return useView({
    view: 'forecast_threads',
    measures: ['stated'],
    dimensions: ['month', 'certainty'],
    range: { by: 'month_start', from: firstDay(from), to: firstDay(to) },
    order: { month: 'asc' },
  });
}
