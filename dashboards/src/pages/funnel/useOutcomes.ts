import { useView } from '../../api/cube';
import { useCohort } from './useCohort';

/** The four outcomes of every stage, by count and by value; they add up to those who entered. */
export function useOutcomes() {
  const { where, range } = useCohort();
  return useView({
    view: 'funnel',
    measures: ['entered', 'entered_amount'],
    dimensions: ['stage_key', 'outcome'],
    where,
    range,
  });
}
