import { useView } from '../../api/cube';
import { useFilters } from '../../filters';

/** Who changed colour since the month before. */
export function useMoves() {
  const { month } = useFilters().filters;
  return useView({
    view: 'customer_health',
    measures: ['customers'],
    dimensions: ['previous_colour', 'colour'],
    where: { month },
  });
}
