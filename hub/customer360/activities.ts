import type { Row, Session } from '../../warehouse';
import type { ActivityPage } from './customer360Work';

/** A page of a customer's interactions, newest first: after the row `before`, or from the newest. */
export async function activitiesOf(
  session: Session,
  customerId: string,
  { before, limit }: ActivityPage,
): Promise<Row[]> {
  return session.rows(
    `select activity.activity_id, activity.activity_type, activity.is_contact, activity.note, activity.activity_date,
       cast(activity.occurred_at as varchar) as occurred_at, employee.name as owner_name, activity.opportunity_id
     from core.activity
     left join core.employee on employee.employee_id = activity.owner_id
     ${before === undefined ? '' : 'join core.activity as before on before.activity_id = ? and before.customer_id = activity.customer_id'}
     where activity.customer_id = ? and activity.activity_date <= business_today()
       ${
         before === undefined
           ? ''
           : `and (activity.occurred_at < before.occurred_at
         or (activity.occurred_at = before.occurred_at and activity.activity_id < before.activity_id))`
       }
     order by activity.occurred_at desc, activity.activity_id desc limit ${limit}`,
    before === undefined ? [customerId] : [before, customerId],
  );
}
