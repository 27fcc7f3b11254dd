import { useView } from '../../api/cube';
import { useFilters } from '../../filters';
import { firstDay, lastDay } from '../../months';

/** Customers by colour, month by month (HEA-8). */
export function useColoursByMonth() {
  const { from, to } = useFilters().filters;
  return useView({
    view: 'customer_health',
    measures: ['customers', 'green', 'yellow', 'red', 'grey', 'green_share', 'net_receivable', 'overdue'],
    dimensions: ['month'],
    range: { by: 'month_end', from: firstDay(from), to: lastDay(to) },
    order: { month: 'asc' },
  });
}
