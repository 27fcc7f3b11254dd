import { useView } from '../../api/cube';
import { useFilters } from '../../filters';

/** The month's customers and their money by colour. */
export function useColours() {
  const { month } = useFilters().filters;
  return useView({
    view: 'customer_health',
    measures: ['customers', 'net_receivable', 'overdue'],
    dimensions: ['colour', 'is_frozen'],
    where: { month },
  });
}
