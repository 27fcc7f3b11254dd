import { MillraceError } from '../../connectors/kit';
import type { Row, Session } from '../../warehouse';
import type { Person } from '../access/users';
import { customerRule } from '../records/customerRule';
import type { CustomerDetail, ListFilter } from './customerWork';
import { type Decision, decisionsNow } from './decisions';
import { groupsOf, identityNow } from './groups';

/** Customers of the person with what they owe (REC-1 gross) and ordered in 12 months (ORD-1); the largest first. */
export async function listCustomers(
  session: Session,
  { search, several = false, limit }: ListFilter,
  person: Person,
): Promise<Row[]> {
  const rule = customerRule(person, 'customer.customer_id');
  const conditions = [rule.sql];
  const values = [...rule.values];
  if (search !== undefined) {
    conditions.push(`(customer.customer_id in (
      select coalesce(customer_id, record_id) from core.customer_record_money
      where strpos(lower(name), lower(cast(? as varchar))) > 0 or strpos(lower(record_id), lower(cast(? as varchar))) > 0
    ) or customer.credit_code = upper(cast(? as varchar)))`);
    values.push(search, search, search);
  }
  if (several) conditions.push('record.records > 1');
  return session.rows(
    `with record as (
       select customer_id, cast(count(*) as int) as records, sum(receivable_cny)::decimal(18, 2) as receivable_cny,
         sum(intake_cny)::decimal(18, 2) as intake_cny
       from core.customer_record_money where customer_id is not null group by customer_id
     )
     select customer.customer_id, customer.name, customer.credit_code, record.records, record.receivable_cny, record.intake_cny,
       employee.name as owner_name, territory_assignment.region
     from core.customer
     join record on record.customer_id = customer.customer_id
     left join core.territory_assignment
       on territory_assignment.customer_id = customer.customer_id and territory_assignment.valid_from <= business_today()
       and coalesce(territory_assignment.valid_to, date '9999-12-31') > business_today()
     left join core.employee on employee.employee_id = territory_assignment.owner_id
     where ${conditions.join(' and ')}
     order by record.receivable_cny + record.intake_cny desc, customer.customer_id
     limit ${limit}`,
    values,
  );
}

/** One customer with its records as they are linked now. Errors: `not_found`, `bad_request` for a name that several customers have. */
export async function showCustomer(session: Session, ref: string, person: Person): Promise<CustomerDetail> {
  const customerId = await customerOf(session, ref, person);
  const [customer] = await listCustomers(session, { search: customerId, limit: 1_000 }, person).then((rows) =>
    rows.filter((row) => row.customer_id === customerId),
  );
  if (!customer) throw notThere(ref);
  const links = await session.rows(
    `select money.record_id, money.kind, money.name, link.rule, link.step, link.evidence, link.is_ambiguous, link.said_credit_code,
       link.own_credit_code as credit_code, link.code_state, link.event_id as decision, money.receivable_cny, money.intake_cny
     from core.customer_record_money as money
     join core.customer_link as link on link.record_id = money.record_id
     where money.customer_id = ?
     order by case money.kind when 'erp' then 1 when 'crm' then 2 when 'bureau' then 3 else 4 end, money.record_id`,
    [customerId],
  );
  const all = await decisionsNow(session);
  const groups = groupsOf(await identityNow(session));
  const ids = new Set(links.map((row) => String(row.record_id)));
  const records = links.map((row): Row => {
    const id = String(row.record_id);
    const reviewed = all.find((one) => one.id === row.decision);
    const next = groups.get(id);
    return {
      ...row,
      reviewed_by: reviewed?.by ?? null,
      reviewed_at: reviewed?.at ?? null,
      /** Where the next build puts it, if elsewhere. */
      moves_to: next !== undefined && next !== customerId ? next : null,
    };
  });
  return {
    customer,
    records,
    decisions: all.filter(({ records: own }) => own.some((id) => ids.has(id))).map(rowOf),
  };
}

/** What people decided about customers of the person, newest first. */
export async function listDecisions(session: Session, limit: number, person: Person): Promise<Row[]> {
  const all = await decisionsNow(session);
  if (person.scope === 'all') return all.slice(0, limit).map(rowOf);
  const rule = customerRule(person, 'customer_id');
  const own = await session.rows(
    `select record_id from core.customer_record_money where ${rule.sql}`,
    rule.values,
  );
  const mine = new Set(own.map((row) => String(row.record_id)));
  return all
    .filter(({ records }) => records.some((id) => mine.has(id)))
    .slice(0, limit)
    .map(rowOf);
}

const rowOf = ({ id, kind, records, from, by, at, reason, undoneBy, undoneAt }: Decision): Row => ({
  decision: id,
  kind,
  records: records.join(' '),
  from_customer_id: from,
  decided_by: by,
  decided_at: at,
  reason,
  undone_by: undoneBy,
  undone_at: undoneAt,
});

async function customerOf(session: Session, ref: string, person: Person): Promise<string> {
  const rule = customerRule(person, 'customer_id');
  const found = await session.rows(
    `select distinct customer_id from core.customer_record_money
     where customer_id is not null and (customer_id = ? or record_id = ? or name = ?) and ${rule.sql} order by 1`,
    [ref, ref, ref, ...rule.values],
  );
  const ids = found.map((row) => String(row.customer_id));
  const [first, second] = ids;
  if (first === undefined) throw notThere(ref);
  if (ids.includes(ref)) return ref;
  if (second === undefined) return first;
  throw new MillraceError('bad_request', {
    what: `${ids.length} customers have this name: ${ids.join(', ')}`,
    where: `customer ${ref}`,
    todo: 'Name one by its id',
  });
}

const notThere = (ref: string): MillraceError =>
  new MillraceError('not_found', {
    what: 'This customer is not there, or outside of yours',
    where: `customer ${ref}`,
    todo: 'millrace customer list --search <part of a name>',
  });
