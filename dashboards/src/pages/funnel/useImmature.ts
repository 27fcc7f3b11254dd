import { useView } from '../../api/cube';
import { useCohort } from './useCohort';

/** Those who entered less than 90 days ago: what becomes of them is not known yet. */
export function useImmature() {
  const { where, range } = useCohort();
  return useView({
    view: 'funnel',
    measures: ['entered'],
    dimensions: ['stage_key'],
    where: { ...where, is_mature: 'false' },
    range,
  });
}
