import { useView } from '../../api/cube';
import { useFilters } from '../../filters';

/** FVA-7 by the person who said it: the exception and its name. */
export function useConfirmedUnpaidByPerson() {
  const { month } = useFilters().filters;
  return useView({
    view: 'confirmed_unpaid',
    measures: ['missing', 'count'],
    dimensions: ['stated_by', 'stated_by_name'],
    where: { month },
    order: { missing: 'desc' },
  });
}
