import { MillraceError } from '../../connectors/kit';
import type { Row, Session, Value } from '../../warehouse';
import type { Person } from '../access/users';
import type { Config } from '../config/schema';
import { disputeSql } from '../finance/liveModels';
import { customerRule } from '../records/customerRule';
import { baseData } from './baseData';
import type { CustomerPage, Section, SectionName } from './customer360Work';
import { activitiesOf } from './activities';
import { ENTITIES, FIGURES, LISTS } from './sections';
import { sourceStates } from './sourceStates';

/** Activities shown with the page; more come by {@link activitiesOf}. */
const LATEST_ACTIVITIES = 20;
/** A page that met the swap of two builds is read again, so that all its figures are of one generation. */
const ATTEMPTS = 3;

/**
 * Everything about one customer (客户 360), from tables that hold their rows by customer_id: about twenty small reads of one
 * generation. `named` is an id, a credit code or a whole name. Errors: `not_found`, for a customer that is not there and for one the
 * person may not see, in the same words.
 */
export async function customerPage(
  warehouse: Session,
  config: Pick<Config, 'connections'>,
  named: string,
  person: Person,
): Promise<CustomerPage> {
  for (let attempt = 1; ; attempt++) {
    const session = counting(warehouse);
    const before = await generationOf(session);
    const page = await readPage(session, config, before, named, person);
    const after = await generationOf(session);
    if (before.generation === after.generation || attempt === ATTEMPTS)
      return { ...page, statements: session.count() };
  }
}

async function readPage(
  session: Session,
  config: Pick<Config, 'connections'>,
  { generation, as_of_date, built_at }: Row,
  named: string,
  person: Person,
): Promise<Omit<CustomerPage, 'statements'>> {
  const customer = await customerNamed(session, named, person);
  const id = String(customer.customer_id);
  const asOf = String(as_of_date);
  const [states, figures, base, disputes, latest, suggestions, ...lists] = await Promise.all([
    sourceStates(session, config),
    session.rows(...about(FIGURES, id, asOf)),
    baseData(session, customer, asOf),
    session.rows(`${DISPUTES} where dispute.customer_id = ? ${NEWEST_DISPUTE}`, [id]),
    activitiesOf(session, id, { limit: LATEST_ACTIVITIES }),
    session.rows(SUGGESTIONS, [id]),
    ...LISTS.map(({ sql }) => session.rows(...about(sql, id, asOf))),
  ]);
  const sections = Object.fromEntries(
    Object.keys(ENTITIES).map((name): [string, Section] => [
      name,
      { ...states(name as SectionName), lists: {} },
    ]),
  ) as Record<SectionName, Section>;
  LISTS.forEach(({ section, list }, place) => {
    sections[section].lists[list] = lists[place] ?? [];
  });
  sections.records.lists.records = base.records;
  sections.disputes.lists.disputes = disputes;
  sections.interactions.lists.latest = latest;
  sections.suggestions.lists.suggestions = suggestions;
  return {
    customerId: id,
    asOf,
    generation: String(generation),
    builtAt: `${String(built_at).replace(' ', 'T')}Z`,
    base: base.base,
    figures: figures[0] ?? {},
    sections,
  };
}

const DISPUTES = `select dispute_id, document_number, amount_cny, agreed_deduction_cny, reason, note, outcome, is_open, opened_date, closed_date
  from (${disputeSql()}) as dispute`;
const NEWEST_DISPUTE = 'order by is_open desc, opened_date desc, dispute_id limit 20';

const SUGGESTIONS = `select event_id as suggestion_id, json_text(body, 'kind') as kind, json_text(body, 'reason') as reason,
    cast(happened_at as varchar) as raised_at
  from ops.event as raised
  where kind = 'suggestion.raised' and json_text(body, 'customer_id') = ?
    and not exists (select 1 from ops.event as closed where closed.kind = 'suggestion.closed' and closed.subject = raised.event_id)
  order by sequence desc limit 20`;

/** The customer with this id, code or name, if the person may see it today. */
async function customerNamed(session: Session, named: string, person: Person): Promise<Row> {
  const rule = customerRule(person, 'customer.customer_id');
  const found = await session.rows(
    `${CUSTOMER} where customer.customer_id = ? and not customer.is_internal and ${rule.sql}`,
    [named, ...rule.values],
  );
  const [exact] = found;
  if (exact) return exact;
  const others = await session.rows(
    `${CUSTOMER} where (customer.credit_code = normal_name(?) or customer.name = ? or customer.customer_id in (
       select customer_id from core.customer_name where normalised_name = normal_name(?)
       union all select customer_id from core.customer_identity where connection || ':' || source_id = ?
     )) and not customer.is_internal and ${rule.sql} order by customer.customer_id limit 2`,
    [named, named, named, named, ...rule.values],
  );
  const [one, second] = others;
  if (one && !second) return one;
  throw new MillraceError('not_found', {
    what: second
      ? `Several customers are called ${named}`
      : `There is no customer ${named} among those you may see`,
    todo: 'Look for it with: npx millrace customer360 --find <part of its name>',
  });
}

const CUSTOMER = `select customer.customer_id, customer.name, customer.credit_code, customer.customer_class, customer.payer_class,
    customer.declared_yearly_purchase_cny, customer.credit_limit_cny, customer.created_date,
    coalesce(territory_assignment.region, customer.region) as region,
    coalesce(territory_assignment.owner_id, customer.owner_id) as owner_id, employee.name as owner_name,
    payment_term.kind as term_kind, payment_term.days as term_days
  from core.customer
  left join core.territory_assignment
    on territory_assignment.customer_id = customer.customer_id and territory_assignment.valid_from <= business_today()
    and coalesce(territory_assignment.valid_to, date '9999-12-31') > business_today()
  left join core.employee on employee.employee_id = coalesce(territory_assignment.owner_id, customer.owner_id)
  left join core.payment_term on payment_term.customer_id = customer.customer_id`;

async function generationOf(session: Session): Promise<Row> {
  const [row] = await session.rows(
    `select generation, cast(as_of_date as varchar) as as_of_date, cast(built_at as varchar) as built_at
     from meta.generation order by generation desc limit 1`,
  );
  if (row) return row;
  throw new MillraceError('not_found', {
    what: 'Nothing was built yet, so there are no customers',
    todo: 'Sync and build first: npx millrace sync',
  });
}

/** The SELECT with its as-of day written in, and the customer's id for every `?`. */
function about(sql: string, id: string, asOf: string): [string, Value[]] {
  const text = sql.replaceAll(':asOf', `date '${asOf}'`);
  return [text, Array.from({ length: text.split('?').length - 1 }, () => id)];
}

function counting(session: Session): Session & { count(): number } {
  let statements = 0;
  return {
    run: (sql, values) => session.run(sql, values),
    rows(sql, values) {
      statements += 1;
      return session.rows(sql, values);
    },
    count: () => statements,
  };
}
