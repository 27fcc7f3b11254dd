import { useView } from '../../api/cube';
import { useFilters } from '../../filters';

/** Red two months in a row (HEA-7): suggested once per streak, in its second month; those of the period. */
export function useTwoReds() {
  const { months } = useFilters().filters;
  return useView({
    view: 'two_reds',
    measures: ['count'],
    dimensions: ['customer_id', 'customer_name', 'second_month', 'manager_name'],
    where: { second_month: months },
    order: { second_month: 'desc', customer_name: 'asc' },
  });
}
