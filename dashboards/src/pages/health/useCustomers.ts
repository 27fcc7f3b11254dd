import { useList } from '../../api/list';
import { useFilters } from '../../filters';

/** The month's customers with score, coverage, indicators and reasons. */
export function useCustomers() {
  const { month, colour, was } = useFilters().filters;
  return useList({
    view: 'customer_health',
    measures: ['customers', 'net_receivable', 'overdue'],
    dimensions: [
      'customer_id',
      'customer_name',
      'owner_name',
      'region',
      'colour',
      'score',
      'coverage',
      'punctuality',
      'demand',
      'interaction',
      'orders',
      'risk',
      'override_reason',
      'carried',
    ],
    where: { month, colour, previous_colour: was === 'none' ? null : was },
    order: { overdue: 'desc' },
  });
}
