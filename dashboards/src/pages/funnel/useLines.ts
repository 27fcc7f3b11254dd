import { useView, type Row } from '../../api/cube';
import { areAlike } from './lines';

export type Lines = {
  /** one line or none needs no choice */
  lines: readonly string[];
  /** their pipelines are one and the same, so that they can be looked at together */
  areAlike: boolean;
};

/** The business lines and whether they share their stages. */
export function useLines(): Lines {
  const { data = [] } = useView({
    view: 'funnel',
    measures: ['entered'],
    dimensions: ['business_line', 'stage_key', 'stage_name', 'stage_order'],
    isScoped: false,
  });
  const lines = data.map((row: Row<'business_line'>) => row.business_line).filter((line) => line !== null);
  return { lines: [...new Set(lines)].sort(), areAlike: areAlike(data) };
}
