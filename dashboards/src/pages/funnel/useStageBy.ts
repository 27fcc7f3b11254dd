import { useView } from '../../api/cube';
import { dimensionsOf, type Slice } from './slices';
import { useCohort } from './useCohort';

/** One stage by region, team, person, line or source: is it us, or is it one of us? */
export function useStageBy(stage: string | undefined, slice: Slice) {
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
    ],
    dimensions: dimensionsOf(slice),
    where: { ...where, stage_key: stage },
    range,
    order: { entered: 'desc' },
    isEnabled: stage !== undefined,
  });
}
