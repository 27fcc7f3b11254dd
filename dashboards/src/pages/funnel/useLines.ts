import { useView } from '../../api/cube';

/** The business lines, each with a pipeline of its own; one line or none needs no choice. */
export function useLines(): string[] {
  const { data = [] } = useView({
    view: 'funnel',
    measures: ['entered'],
    dimensions: ['business_line'],
    isScoped: false,
  });
  return data.flatMap((row) => (row.business_line === null ? [] : [row.business_line])).sort();
}
