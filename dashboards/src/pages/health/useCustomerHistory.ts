import { useView } from '../../api/cube';

/** One customer's months: how it came to be what it is. */
export function useCustomerHistory(customer: string) {
  return useView({
    view: 'customer_health',
    measures: ['net_receivable', 'overdue'],
    dimensions: [
      'month',
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
      'punctuality_reason',
      'demand_reason',
      'interaction_reason',
      'orders_reason',
      'risk_reason',
      'override_reason',
      'carried',
      'held_by',
      'is_frozen',
      'frozen_version',
    ],
    where: { customer_id: customer },
    order: { month: 'asc' },
    isScoped: false,
  });
}
