import type { Person } from '../access/users';
import { type RowRule, rowRule } from '../access/rowRule';

/**
 * Condition over a customer column: the person may see customers of his scope as of business_today() (METRICS 0.9).
 * Rows without a customer belong to nobody; only those who see all see them.
 */
export function customerRule(person: Person, column: string): RowRule {
  if (person.scope === 'all') return { sql: 'true', values: [] };
  const { sql, values } = rowRule(person, {
    region: 'territory_assignment.region',
    owner: 'territory_assignment.owner_id',
  });
  return {
    sql: `${column} in (select customer_id from core.territory_assignment
      where valid_from <= business_today() and (valid_to is null or valid_to > business_today()) and ${sql})`,
    values,
  };
}
