import { useView } from '../../api/cube';
import { useFilters } from '../../filters';

/** Where the month's gap went (FVA-6); the parts add up to F − A. */
export function useGapParts() {
  const { month } = useFilters().filters;
  return useView({
    view: 'forecast_gaps',
    measures: ['amount', 'count'],
    dimensions: ['part'],
    where: { month },
  });
}
