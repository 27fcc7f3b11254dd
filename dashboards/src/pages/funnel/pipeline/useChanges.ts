import { useView } from '../../../api/cube';
import { useCohort } from '../useCohort';

/** Steps of the waterfall in their order; the first and the last are the open amounts (FUN-9). */
export const STEPS = [
  'open_start',
  'new',
  'reopened',
  'raised',
  'lowered',
  'won',
  'lost',
  'invalid',
  'owner_moved',
  'close_moved',
  'open_end',
] as const;
export type Step = (typeof STEPS)[number];

export const PERIODS = ['week', 'last_week', 'month', 'last_month', 'quarter'] as const;
export type Period = (typeof PERIODS)[number];

/** What moved in the pipeline over one of the usual periods, with its first and last day. */
export function useChanges(period: Period) {
  const { line } = useCohort();
  return useView({
    view: 'pipeline_changes',
    measures: [...STEPS, 'won_amount', 'passed'],
    dimensions: ['first_date', 'last_date'],
    where: { period, business_line: line },
  });
}
