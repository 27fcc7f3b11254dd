import { useView } from '../../api/cube';
import { useFilters } from '../../filters';
import { firstDay, lastDay } from '../../months';
import { dimensionsOf, type Slice } from './slices';
import { useCohort } from './useCohort';

const results = [
  'closed',
  'won',
  'lost',
  'win_rate',
  'win_rate_by_amount',
  'won_amount',
  'closed_amount',
  'mean_cycle',
  'median_cycle',
  'cycles',
  'imported',
] as const;
const speed = ['velocity', 'open_past_first', 'win_rate', 'mean_won_amount', 'mean_cycle'] as const;

/** Win rate and cycle of what closed in the period (FUN-6, FUN-7), all together or by slice. */
export function useResults(slice?: Slice) {
  const { from, to } = useFilters().filters;
  const { line } = useCohort();
  return useView({
    view: 'deal_results',
    measures: results,
    dimensions: slice ? dimensionsOf(slice) : [],
    where: { business_line: line },
    range: { by: 'closed_date', from: firstDay(from), to: lastDay(to) },
    order: { closed: 'desc' },
  });
}

/** What the pipeline brings in a day (FUN-8): the last six months, whatever the period. */
export function useVelocity(slice?: Slice) {
  const { line } = useCohort();
  return useView({
    view: 'sales_velocity',
    measures: speed,
    dimensions: slice ? dimensionsOf(slice) : [],
    where: { business_line: line },
  });
}

/** What the funnel leaves out, and why (7.1). */
export function useLeftOut() {
  const { line } = useCohort();
  return useView({
    view: 'funnel_left_out',
    measures: ['opportunities'],
    dimensions: ['reason'],
    where: { business_line: line },
  });
}
