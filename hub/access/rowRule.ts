import type { Value } from '../../warehouse';
import type { Person } from './users';

export interface RowRule {
  /** SQL condition over a table that has the named columns. */
  sql: string;
  values: Value[];
}

/** The same rule as in Cube's access policy, for the hub's own SQL: rows of this person's scope by region and owner. */
export function rowRule(
  { scope, regions, id }: Person,
  { region, owner }: { region: string; owner: string },
): RowRule {
  if (scope === 'all') return { sql: 'true', values: [] };
  if (scope === 'own') return { sql: `${owner} = ?`, values: [id] };
  if (regions.length === 0) return { sql: 'false', values: [] };
  return { sql: `${region} in (${regions.map(() => '?').join(', ')})`, values: regions };
}
