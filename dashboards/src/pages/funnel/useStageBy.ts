import { useView } from '../../api/cube';
import { useCohort } from './useCohort';

const dimensions = { region: ['region'], owner: ['owner_id', 'owner_name'] } as const;

/** One stage by region or by owner: is it us, or is it one of us? */
export function useStageBy(stage: string | undefined, by: 'region' | 'owner') {
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
    dimensions: dimensions[by],
    where: { ...where, stage_key: stage },
    range,
    order: { entered: 'desc' },
    isEnabled: stage !== undefined,
  });
}
