import { MillraceError } from '../../connectors/kit';
import { appendEvents, type Row, type Session, type Warehouse } from '../../warehouse';
import type { Person } from '../access/users';
import { rowRule } from '../access/rowRule';
import type { CloseSuggestion, ListSuggestions } from './healthWork';

/** Suggestions with what people did since the last build: who closes one sees it closed at once. */
const STANDING = `(
  select suggestion.suggestion_id, suggestion.kind, suggestion.customer_id, suggestion.customer_name, suggestion.month,
    suggestion.to_id, suggestion.to_name, suggestion.reason, suggestion.detail, suggestion.red_months,
    case when closed.event_id is not null then 'closed' else suggestion.state end as state,
    cast(suggestion.raised_date as varchar) as raised_date, suggestion.raised_at,
    cast(business_date(closed.happened_at) as varchar) as closed_date, closed.actor as closed_by, closed.reason as closing_reason,
    suggestion.owner_name, suggestion.rls_owner, suggestion.rls_region
  from marts.suggestion
  left join ops.event as closed on closed.kind = 'suggestion.closed' and closed.subject = suggestion.suggestion_id
) as suggestion`;

/** What is for the person, or about his customers; the newest first. */
export async function listSuggestions(
  warehouse: Warehouse,
  { state = 'open', customer, limit }: ListSuggestions,
  person: Person,
): Promise<Row[]> {
  const { sql, values } = whose(person);
  return warehouse.rows(
    `select suggestion_id, kind, state, customer_id, customer_name, month, to_id, to_name, reason, detail, red_months, raised_date,
       closed_date, closed_by, closing_reason, owner_name
     from ${STANDING}
     where ${sql} and (cast(? as varchar) = 'all' or state = ?) and (cast(? as varchar) is null or customer_id = ? or customer_name = ?)
     order by month desc, raised_at desc, suggestion_id limit ${limit}`,
    [...values, state, state, customer ?? null, customer ?? null, customer ?? null],
  );
}

/**
 * Closes one for good, with a reason. Who it is for may, and managers and administrators over what they see. Errors: `not_found`,
 * `not_allowed`, also when it is closed already.
 */
export async function closeSuggestion(
  warehouse: Warehouse,
  { suggestion, why, by }: CloseSuggestion,
  person: Person,
): Promise<Row> {
  await appendEvents(warehouse, [], async (session) => {
    const found = await one(session, suggestion, person);
    if (found.to_id !== person.id && !['admin', 'manager', 'region_manager'].includes(person.role))
      throw new MillraceError('not_allowed', {
        what: 'Only who it is for, a manager or an administrator closes a suggestion',
        where: suggestion,
        todo: `Ask ${String(found.to_name ?? 'an administrator')}`,
      });
    if (found.state === 'closed')
      throw new MillraceError('not_allowed', {
        what: `It is closed already, by ${String(found.closed_by)}: ${String(found.closing_reason)}`,
        where: suggestion,
        todo: 'Nothing; a new streak raises a new one',
      });
    return [
      {
        eventId: `suggestion.closed/${suggestion}`,
        kind: 'suggestion.closed',
        actor: by,
        subject: suggestion,
        body: { kind: found.kind, customer_id: found.customer_id },
        reason: why,
      },
    ];
  });
  return warehouse.transaction((session) => one(session, suggestion, person));
}

async function one(session: Session, id: string, person: Person): Promise<Row> {
  const { sql, values } = whose(person);
  const [found] = await session.rows(`select * from ${STANDING} where suggestion_id = ? and ${sql}`, [
    id,
    ...values,
  ]);
  if (found) return found;
  throw new MillraceError('not_found', {
    what: 'There is no such suggestion, or it is outside of your customers',
    where: id,
    todo: 'See npx millrace health suggestions --state all',
  });
}

function whose(person: Person) {
  const rule = rowRule(person, { region: 'rls_region', owner: 'rls_owner' });
  return { sql: `(to_id = ? or ${rule.sql})`, values: [person.id, ...rule.values] };
}
