import { useView, type Row } from '../../api/cube';
import { useCohort } from './useCohort';

/** Stage by stage: how many entered, how many went on within 90 days, against the benchmark (FUN-1). */
export function useStages() {
  const { where, range } = useCohort();
  return useView({
    view: 'funnel',
    measures: [
      'entered',
      'advanced',
      'lost',
      'back',
      'still',
      'conversion',
      'conversion_by_amount',
      'entered_amount',
      'benchmark',
    ],
    dimensions: ['stage_key', 'stage_name', 'stage_order', 'benchmark_source', 'benchmark_date'],
    where,
    range,
    order: { stage_order: 'asc' },
  });
}

export type Stage = Row<
  | 'stage_key'
  | 'stage_name'
  | 'stage_order'
  | 'entered'
  | 'advanced'
  | 'lost'
  | 'back'
  | 'still'
  | 'conversion'
  | 'conversion_by_amount'
  | 'entered_amount'
  | 'benchmark'
  | 'benchmark_source'
  | 'benchmark_date'
>;
