import { useView } from '../../api/cube';
import { useFilters } from '../../filters';

const dimensions = { region: ['region'], owner: ['owner_id', 'owner_name'] } as const;

/** The month's forecast quality by region or by owner: every rate is a ratio of the server's sums. */
export function useAccuracyBy(by: 'region' | 'owner') {
  const { month } = useFilters().filters;
  return useView({
    view: 'forecast_accuracy',
    measures: ['forecast', 'actual', 'gap', 'wmape', 'bias'],
    dimensions: dimensions[by],
    where: { horizon: 'H1', month },
    order: { gap: 'desc' },
  });
}
