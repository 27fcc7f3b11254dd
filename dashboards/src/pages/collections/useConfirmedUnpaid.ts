import { useView } from '../../api/cube';
import { useFilters } from '../../filters';

/** Confirmed cash of the month that was not there on its day (FVA-7): all of it. */
export function useConfirmedUnpaid() {
  const { month } = useFilters().filters;
  return useView({
    view: 'confirmed_unpaid',
    measures: ['missing', 'missing_now', 'count', 'people'],
    where: { month },
  });
}
