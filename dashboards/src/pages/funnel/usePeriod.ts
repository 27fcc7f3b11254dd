import { useView, type Row } from '../../api/cube';
import { useFilters } from '../../filters';
import { firstDay, lastDay } from '../../months';
import { useCohort } from './useCohort';

/** Exits from each stage dated in the period (FUN-2): another question than the cohort's, never in one line with it. */
export function usePeriod() {
  const { where, range } = useExits();
  return useView({
    view: 'stage_exits',
    measures: [
      'exits',
      'forward',
      'lost',
      'back',
      'period_conversion',
      'period_conversion_by_amount',
      'exited_amount',
      'benchmark',
    ],
    dimensions: ['stage_key', 'stage_name', 'stage_order', 'benchmark_source', 'benchmark_date'],
    where,
    range,
    order: { stage_order: 'asc' },
  });
}

/** The exits of the chosen pipeline in the period. */
export function useExits() {
  const { from, to } = useFilters().filters;
  const { line } = useCohort();
  return {
    where: { business_line: line },
    range: { by: 'left_date', from: firstDay(from), to: lastDay(to) },
  };
}

export type PeriodStage = Row<
  'stage_key' | 'stage_name' | 'exits' | 'forward' | 'lost' | 'back' | 'period_conversion'
>;
