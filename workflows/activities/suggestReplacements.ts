import type { Session, Warehouse } from '../../warehouse';
import { raiseSuggestions, type Suggestion } from './raiseSuggestions';

/**
 * HEA-7: one suggestion of a replacement plan per streak of red months, to the manager of the customer's owner. A streak that
 * has one keeps it, also where another freeze moved its first month. Gives how many are new.
 */
export async function suggestReplacements(warehouse: Warehouse): Promise<number> {
  const [built] = await warehouse.rows("select 1 as one from meta.model where model = 'marts.two_reds'");
  if (!built) return 0;
  return raiseSuggestions(warehouse, newStreaks);
}

async function newStreaks(session: Session): Promise<Suggestion[]> {
  const rows = await session.rows(
    `select customer_id, customer_name, second_month, manager_id from marts.two_reds
     where not exists (
       select 1 from ops.event
       where kind = 'suggestion.raised' and json_text(body, 'kind') = 'replacement_plan'
         and json_text(body, 'customer_id') = two_reds.customer_id
         and json_text(body, 'month') between two_reds.first_month and two_reds.last_month
     )
     order by second_month, customer_id`,
  );
  return rows.map((row) => ({
    kind: 'replacement_plan',
    customerId: String(row.customer_id),
    change: String(row.second_month),
    to: row.manager_id === null ? null : String(row.manager_id),
    reason: 'two_reds',
    facts: { month: String(row.second_month), customer_name: String(row.customer_name) },
  }));
}
