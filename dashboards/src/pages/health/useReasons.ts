import { useView, type Row } from '../../api/cube';
import type { Month } from '../../months';

const facts = [
  'indicator',
  'value',
  'score_weight',
  'late_items',
  'late_cny',
  'largest_days_late',
  'overdue_items',
  'overdue_cny',
  'overdue_90_cny',
  'paid_in_time_rate',
  'won_rate',
  'core_rate',
  'purchase_rate',
  'contact_weeks',
  'target_weeks',
  'days_since_contact',
  'half_year_cny',
  'half_year_before_cny',
  'days_since_order',
  'median_gap_days',
  'return_rate',
  'live_entries',
  'events',
  'points_to_green',
  'green_value',
  'green_in_time_cny',
  'green_won_rate',
  'green_core_rate',
  'green_purchase_rate',
  'green_contact_weeks',
  'green_half_year_cny',
] as const;

export type Reason = Row<(typeof facts)[number] | 'points_lost'>;

/** What each indicator of one customer lost in one month, the facts behind it, and what would turn the customer green. */
export function useReasons(customer: string, month: Month) {
  return useView({
    view: 'health_reasons',
    measures: ['points_lost'],
    dimensions: facts,
    where: { customer_id: customer, month },
    isScoped: false,
  });
}
