import type { Row, Session } from '../../warehouse';
import type { Person } from '../access/users';
import { customerRule } from '../records/customerRule';
import type { FindCustomers } from './customer360Work';

/**
 * Customers that this person may see, by part of a name (former and short names too), credit code or id; those that owe most first.
 * With colour, receivables and when each was ordered from last.
 */
export async function findCustomers(
  session: Session,
  { text = '', limit, offset = 0 }: FindCustomers,
  person: Person,
): Promise<Row[]> {
  const rule = customerRule(person, 'customer.customer_id');
  return session.rows(
    `with wanted as (select '%' || normal_name(cast(? as varchar)) || '%' as pattern),
     latest as (select max(month) as month from marts.customer_health)
     select customer.customer_id, customer.name, customer.credit_code, customer.customer_class,
       coalesce(territory_assignment.region, customer.region) as region, employee.name as owner_name,
       health.colour, health.score, balance.net_cny, balance.overdue_cny, last_order.last_order_date
     from core.customer
     cross join wanted
     cross join latest
     left join core.territory_assignment
       on territory_assignment.customer_id = customer.customer_id and territory_assignment.valid_from <= business_today()
       and coalesce(territory_assignment.valid_to, date '9999-12-31') > business_today()
     left join core.employee on employee.employee_id = coalesce(territory_assignment.owner_id, customer.owner_id)
     left join marts.customer_health as health on health.customer_id = customer.customer_id and health.month = latest.month
     left join marts.receivable_balance as balance
       on balance.customer_id = customer.customer_id and balance.as_of_date = business_today()
     left join (select customer_id, max(order_date) as last_order_date from marts.order_day group by customer_id) as last_order
       on last_order.customer_id = customer.customer_id
     where not customer.is_internal and ${rule.sql}
       and (wanted.pattern = '%%' or customer.credit_code like wanted.pattern or normal_name(customer.name) like wanted.pattern
         or customer.customer_id = ?
         or customer.customer_id in (
           select identity.customer_id from core.customer_identity as identity
           join core.customer_record as record on record.connection = identity.connection and record.source_id = identity.source_id
           cross join wanted
           where record.normalised_name like wanted.pattern or record.normalised_short_name like wanted.pattern))
     order by coalesce(balance.net_cny, 0) desc, customer.name, customer.customer_id
     limit ${limit} offset ${offset}`,
    [text.trim(), ...rule.values, text.trim()],
  );
}
