import { useList } from '../../api/list';
import { useView } from '../../api/cube';
import { useExits } from './usePeriod';

/** Shares of moves that skip or go back (FUN-4), over all stages of the period. */
export function useMoveRates() {
  const { where, range } = useExits();
  return useView({
    view: 'stage_exits',
    measures: ['forward_moves', 'skips', 'skip_rate', 'moves', 'back_moves', 'back_rate'],
    where,
    range,
  });
}

/** Skips, or back moves, one by one. */
export function useMoves(kind: 'skips' | 'back') {
  const { where, range } = useExits();
  return useList({
    view: 'stage_exits',
    measures: [kind === 'skips' ? 'skips' : 'back_moves'],
    dimensions: [
      'stay_id',
      'opportunity_id',
      'opportunity_name',
      'customer_name',
      'stage_name',
      'next_stage_name',
      'between_stages',
      'gates',
      'moved_by_name',
      'owner_name',
      'left_date',
      'amount',
    ],
    where: { ...where, ...(kind === 'skips' ? { is_skip: 'true' } : { direction: 'back' }) },
    range,
    order: { left_date: 'desc' },
  });
}
