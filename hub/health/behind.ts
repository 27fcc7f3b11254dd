import type { Row, Session } from '../../warehouse';
import type { CustomerHealth } from './healthWork';

const MOST_ROWS = 50;

/** The rows that a customer's indicators count: invoices, orders, risk entries, up to a month's last day. */
export async function rowsBehind(
  session: Session,
  customer: string,
  monthEnd: string,
): Promise<CustomerHealth['behind']> {
  return {
    invoices: await invoices(session, customer, monthEnd),
    orders: await orders(session, customer, monthEnd),
    risks: await risks(session, customer, monthEnd),
  };
}

const invoices = (session: Session, customer: string, monthEnd: string): Promise<Row[]> =>
  session.rows(
    `select * from (
       select open_item.document_id, open_item.document_number, cast(open_item.effective_due_date as varchar) as due_date,
         cast(null as varchar) as paid_date, open_item_as_of.days_overdue as days_late, open_item_as_of.open_amount_cny as amount_cny
       from core.open_item_as_of
       join core.open_item on open_item.item_id = open_item_as_of.item_id
       where open_item_as_of.customer_id = ? and open_item_as_of.as_of_date = cast(? as date)
         and open_item_as_of.open_amount_cny > 0 and open_item_as_of.days_overdue > 0
       union all
       select open_item.document_id, open_item.document_number, cast(open_item.effective_due_date as varchar),
         cast(settlement.effective_date as varchar), settlement.effective_date - open_item.effective_due_date, settlement.amount_cny
       from core.settlement
       join core.open_item on open_item.item_id = settlement.item_id
       where open_item.customer_id = ? and settlement.kind in ('cash', 'bank_bill', 'prepayment_applied') and open_item.amount_cny > 0
         and settlement.effective_date > open_item.effective_due_date
         and settlement.effective_date <= cast(? as date) and settlement.effective_date > cast(? as date) - interval '12 months'
     ) as late
     order by case when paid_date is null then 0 else 1 end, amount_cny desc, document_id limit ${MOST_ROWS}`,
    [customer, monthEnd, customer, monthEnd, monthEnd],
  );

const orders = (session: Session, customer: string, monthEnd: string): Promise<Row[]> =>
  session.rows(
    `select sales_order_id, number, cast(order_date as varchar) as order_date, amount_cny from core.sales_order
     where customer_id = ? and order_date <= cast(? as date) and order_date > cast(? as date) - interval '12 months'
     order by order_date desc, sales_order_id limit ${MOST_ROWS}`,
    [customer, monthEnd, monthEnd],
  );

const risks = (session: Session, customer: string, monthEnd: string): Promise<Row[]> =>
  session.rows(
    `select risk_event_id, kind, cast(event_date as varchar) as event_date, is_live from core.risk_event
     where customer_id = ? and event_date <= cast(? as date) order by is_live desc, event_date desc, risk_event_id limit ${MOST_ROWS}`,
    [customer, monthEnd],
  );
