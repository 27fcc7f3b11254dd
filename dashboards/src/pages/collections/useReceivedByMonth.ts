import { useView } from '../../api/cube';
import { useFilters } from '../../filters';
import { firstDay } from '../../months';

/** Collections by month (COL-1), of them cash (COL-2). */
export function useReceivedByMonth() {
  const { from, to } = useFilters().filters;
  return useView({
    view: 'collections',
    measures: ['amount', 'cash_amount', 'count'],
    dimensions: ['month'],
    range: { by: 'month_start', from: firstDay(from), to: firstDay(to) },
    order: { month: 'asc' },
  });
}
