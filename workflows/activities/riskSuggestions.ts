import type { Row, Session } from '../../warehouse';
import type { Suggestion } from './raiseSuggestions';

/**
 * New events of bureaus that nobody was told of: for the owner of the customer and for the owner's manager, else the manager of
 * the region; for nobody where the customer has no owner, so that the list shows it. An event is told once: who becomes owner
 * later, or a merge of customers, does not tell it again.
 */
export async function newRiskEvents(session: Session): Promise<Suggestion[]> {
  const [built] = await session.rows("select 1 as one from meta.model where model = 'core.risk_event'");
  if (!built) return [];
  const rows = await session.rows(
    `with told as (
       select distinct json_text(body, 'risk_event_id') as risk_event_id from ops.event where kind = 'suggestion.raised'
     ),
     region_manager as (
       select region, min(employee_id) as manager_id from core.employee where role = 'region_manager' group by region
     )
     select risk_event.risk_event_id, risk_event.customer_id, customer.name as customer_name, risk_event.kind, risk_event.title,
       risk_event.case_number, cast(risk_event.amount_cny as varchar) as amount_cny,
       cast(risk_event.event_date as varchar) as event_date, bureau_check.service, bureau_check.order_number,
       cast(bureau_check.cost_cny as varchar) as cost_cny, risk_event.found_check_id,
       cast(business_date(risk_event.found_at) as varchar) as found_date,
       cast(business_date(risk_event.before_at) as varchar) as before_date,
       customer.owner_id, coalesce(owner.manager_id, region_manager.manager_id) as manager_id
     from core.risk_event
     join core.customer on customer.customer_id = risk_event.customer_id
     left join core.bureau_check on bureau_check.bureau_check_id = risk_event.found_check_id
     left join core.employee as owner on owner.employee_id = customer.owner_id
     left join region_manager on region_manager.region = customer.region
     left join told on told.risk_event_id = risk_event.risk_event_id
     where risk_event.is_new and told.risk_event_id is null and not customer.is_internal
     order by risk_event.found_at, risk_event.risk_event_id`,
  );
  return rows.flatMap(suggestionsOf);
}

function suggestionsOf(row: Row): Suggestion[] {
  const owner = textOf(row.owner_id);
  const manager = textOf(row.manager_id);
  const told: [string, string | null][] = [['owner', owner]];
  if (manager !== null && manager !== owner) told.push(['manager', manager]);
  const facts = Object.fromEntries(FACTS.map((name) => [name, textOf(row[name])]));
  return told.map(([role, to]) => ({
    kind: 'risk_event',
    customerId: String(row.customer_id),
    change: `${String(row.risk_event_id)}/${role}`,
    to,
    reason: `risk.${String(row.kind)}`,
    facts: { ...facts, event_kind: String(row.kind) },
  }));
}

/** Where the sentence and the list take their facts from: the event, and the paid call that found it. */
const FACTS = [
  'risk_event_id',
  'customer_name',
  'title',
  'case_number',
  'amount_cny',
  'event_date',
  'service',
  'order_number',
  'cost_cny',
  'found_check_id',
  'found_date',
  'before_date',
];

const textOf = (value: Row[string] | undefined): string | null =>
  value === null || value === undefined ? null : String(value);
