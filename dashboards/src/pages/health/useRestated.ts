import { useView } from '../../api/cube';
import { useFilters } from '../../filters';

/** The frozen month's customers whose score or colour is no longer what was frozen. */
export function useRestated() {
  const { month } = useFilters().filters;
  return useView({
    view: 'health_restatements',
    measures: ['restated'],
    dimensions: [
      'customer_id',
      'customer_name',
      'cause',
      'frozen_value',
      'live_value',
      'frozen_colour',
      'live_colour',
    ],
    where: { month, indicator: 'score', is_moved: 'true' },
    order: { customer_name: 'asc' },
  });
}
