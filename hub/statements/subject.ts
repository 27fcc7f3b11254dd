import { MillraceError } from '../../connectors/kit';
import type { Row, Session } from '../../warehouse';
import type { Person } from '../access/users';
import { customerRule } from '../records/customerRule';
import type { StatementInput } from './statementWork';

/** What a statement is about, as the warehouse knows it. */
export interface Subject {
  kind: 'document' | 'order' | 'none';
  /** The document's or order's number. */
  number: string | null;
  /** The same for ever, whatever happens to numbers and customers. */
  key: string;
  customerId: string;
  customerName: string;
  /** Decimal text: what it still owes; null without a document. */
  openCny: string | null;
}

type About = Pick<StatementInput, 'customer' | 'document' | 'order' | 'slot'>;

/** Finds it among the customers that the person may see. Errors: `not_found`, `bad_request` when it could be several. */
export async function subjectOf(session: Session, person: Person, about: About): Promise<Subject> {
  if (about.document !== undefined)
    return one(await documents(session, person, about), `document ${about.document}`);
  if (about.order !== undefined) return one(await orders(session, person, about), `order ${about.order}`);
  if (about.customer === undefined)
    throw new MillraceError('bad_request', {
      what: 'It names no customer',
      todo: 'Name a document, an order or a customer',
    });
  return one(await customers(session, person, about), `customer ${about.customer}`);
}

function one(found: readonly Subject[], where: string): Subject {
  const [first, second] = found;
  if (!first)
    throw new MillraceError('not_found', { what: 'It is not there, or outside of your customers', where });
  if (second)
    throw new MillraceError('bad_request', {
      what: `${found.length} customers have it: ${found.map(({ customerId, customerName }) => `${customerId} ${customerName}`).join(', ')}`,
      where,
      todo: 'Name the customer by id as well',
    });
  return first;
}

async function documents(
  session: Session,
  person: Person,
  { document = '', customer }: About,
): Promise<Subject[]> {
  const rule = customerRule(person, 'receivable_document.customer_id');
  const named = byCustomer(customer);
  const rows = await session.rows(
    `select receivable_document.document_id as key, receivable_document.number, receivable_document.customer_id, customer.name,
       coalesce((select sum(item_balance.open_amount_cny) from core.open_item
         join core.item_balance on item_balance.item_id = open_item.item_id and item_balance.to_date is null
         where open_item.document_id = receivable_document.document_id), 0)::decimal(18, 2) as open_cny
     from core.receivable_document
     left join core.customer on customer.customer_id = receivable_document.customer_id
     where receivable_document.number = ? and ${rule.sql} and ${named.sql}`,
    [document, ...rule.values, ...named.values],
  );
  return rows.map((row) => toSubject('document', row));
}

async function orders(session: Session, person: Person, { order = '', customer }: About): Promise<Subject[]> {
  const rule = customerRule(person, 'sales_order.customer_id');
  const named = byCustomer(customer);
  const rows = await session.rows(
    `select sales_order.sales_order_id as key, sales_order.number, sales_order.customer_id, customer.name, null as open_cny
     from core.sales_order
     left join core.customer on customer.customer_id = sales_order.customer_id
     where sales_order.number = ? and ${rule.sql} and ${named.sql}`,
    [order, ...rule.values, ...named.values],
  );
  return rows.map((row) => toSubject('order', row));
}

async function customers(
  session: Session,
  person: Person,
  { customer = '', slot = '' }: About,
): Promise<Subject[]> {
  const rule = customerRule(person, 'customer.customer_id');
  const named = byCustomer(customer);
  const rows = await session.rows(
    `select customer.customer_id || '/' || ? as key, null as number, customer.customer_id, customer.name, null as open_cny
     from core.customer where ${rule.sql} and ${named.sql}`,
    [slot, ...rule.values, ...named.values],
  );
  return rows.map((row) => toSubject('none', row));
}

/** By id, by name, or by any name that leads to one customer. */
function byCustomer(customer: string | undefined): { sql: string; values: string[] } {
  if (customer === undefined) return { sql: 'true', values: [] };
  return {
    sql: `customer.customer_id in (
      select customer_id from core.customer where customer_id = ? or name = ?
      union select customer_id from core.customer_name where normalised_name = normal_name(cast(? as varchar)))`,
    values: [customer, customer, customer],
  };
}

const toSubject = (kind: Subject['kind'], row: Row): Subject => ({
  kind,
  number: row.number === null ? null : String(row.number),
  key: String(row.key),
  customerId: String(row.customer_id),
  customerName: String(row.name ?? row.customer_id),
  openCny: row.open_cny === null ? null : String(row.open_cny),
});
