import { useList } from '../../api/list';
import { useCohort } from './useCohort';

/** The opportunities behind one stage, or behind one of its outcomes. */
export function useOpportunities(stage: string | undefined, outcome: string | undefined) {
  const { where, range } = useCohort();
  return useList({
    view: 'funnel',
    measures: ['entered', 'entered_amount'],
    dimensions: [
      'opportunity_id',
      'opportunity_name',
      'customer_name',
      'owner_name',
      'entered_date',
      'outcome',
    ],
    where: { ...where, stage_key: stage, outcome },
    range,
    order: { entered_amount: 'desc' },
    isEnabled: stage !== undefined,
  });
}
