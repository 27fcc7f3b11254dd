import { useView } from '../../api/cube';
import { useFilters } from '../../filters';

/** Receivables on the day the data are from (REC-1, REC-9). */
export function useReceivables() {
  const { asOf } = useFilters().filters;
  return useView({
    view: 'receivables',
    measures: ['net', 'gross', 'overdue', 'overdue_share'],
    range: { by: 'as_of_date', from: asOf, to: asOf },
  });
}
