import { useView } from '../../api/cube';
import { useFilters } from '../../filters';

/** Today's receivables by days overdue (REC-2, view 1); credits are a line of their own, so that the sum is REC-1 net. */
export function useAgeing() {
  const { asOf } = useFilters().filters;
  return useView({
    view: 'receivable_ageing',
    measures: ['amount'],
    dimensions: ['bucket', 'bucket_order'],
    where: { ageing_view: 'overdue' },
    range: { by: 'as_of_date', from: asOf, to: asOf },
    order: { bucket_order: 'asc' },
  });
}
