import { useView } from '../../api/cube';
import { useCohort } from './useCohort';

/** Days in stage of those who left it (FUN-3): median and P90, which add up over nothing. */
export function useStageTimes() {
  const { line } = useCohort();
  return useView({
    view: 'stage_times',
    measures: ['median_days', 'p90_days', 'count'],
    dimensions: ['stage_key', 'stage_name', 'stage_order'],
    where: { business_line: line, is_completed: 'true' },
    order: { stage_order: 'asc' },
  });
}
