import { type BuiltCase, type Given, given, type OpenEngine } from './given';

/** A customer of an ERP and a CRM, as a health case tells it. Dates are `YYYY-MM-DD`. */
export interface HealthCustomer {
  /** More columns of its CRM record. */
  record?: Given;
  items?: readonly Item[];
  orders?: readonly Order[];
  delivered?: { date: string; amount: string };
  returned?: { date: string; amount: string };
  closed?: readonly [status: 'won' | 'lost', date: string, amount: string][];
  contacts?: readonly [activityType: string, date: string][];
  risks?: readonly [kind: string, date: string, isLive?: boolean][];
  /** Day of a successful bureau check. */
  checked?: string;
}
export type Item = [due: string, paid: string | null, amount: string];
export type Order = [date: string, amount: string, productGroup?: string];

/** One build for many cases: each is a customer of its own, named by its case. */
export async function givenCustomers(
  today: string,
  customers: Record<string, HealthCustomer>,
  open?: OpenEngine,
): Promise<BuiltCase> {
  const parts = Object.entries(customers).map(([name, customer]) => recordsOf(name, customer));
  const entities: Record<string, Given[]> = {};
  for (const part of parts) {
    for (const [entity, records] of Object.entries(part)) {
      entities[entity] = [...(entities[entity] ?? []), ...records];
    }
  }
  return await given({ today, entities }, open);
}

function recordsOf(name: string, customer: HealthCustomer): Record<string, Given[]> {
  const { record, items = [], orders = [], delivered, returned, checked } = customer;
  const { closed = [], contacts = [], risks = [] } = customer;
  const ids = (kind: string, n: number) => ({
    source_id: `${name}-${kind}${n}`,
    number: `${name}-${kind}${n}`,
  });
  const erp = (kind: string, n: number): Given => ({ ...ids(kind, n), customer_ref: name });
  const crm = (kind: string, n: number): Given => ({
    connection: 'crm',
    source_id: `${name}-${kind}${n}`,
    customer_ref: name,
  });
  const bureau = (kind: string, n: number): Given => ({
    connection: 'qcc',
    source_id: `${name}-${kind}${n}`,
    company_name: name,
  });
  const paid = items.flatMap(([, date, amount], n) => (date === null ? [] : [{ n, date, amount }]));
  return {
    customer: [
      { source_id: name, name },
      { connection: 'crm', kind: 'crm', source_id: name, name, ...record },
    ],
    receivable_document: items.map(([due_date, , amount_cny], n) => ({
      ...erp('item', n),
      document_date: '2024-01-02',
      due_date,
      amount_cny,
    })),
    receipt: paid.map(({ n, date, amount }) => ({
      ...erp('item', n),
      receipt_date: date,
      amount_cny: amount,
      method: 'cash',
    })),
    allocation: paid.map(({ n, date, amount }) => ({
      source_id: ids('item', n).source_id,
      receipt_ref: ids('item', n).source_id,
      document_number: ids('item', n).number,
      kind: 'cash',
      amount_cny: amount,
      allocated_at: `${date} 02:00:00`,
    })),
    sales_order: orders.map(([order_date, amount_cny], n) => ({
      ...erp('order', n),
      order_date,
      amount_cny,
    })),
    sales_order_line: orders.map(([, amount_cny, group], n) => ({
      source_id: ids('order', n).source_id,
      order_ref: ids('order', n).source_id,
      line_number: 1,
      product_group: group ?? null,
      amount_cny,
    })),
    delivery: delivered
      ? [{ ...erp('delivery', 0), delivery_date: delivered.date, amount_cny: delivered.amount }]
      : [],
    goods_return: returned
      ? [{ ...erp('return', 0), return_date: returned.date, amount_cny: returned.amount }]
      : [],
    opportunity: closed.map(([status, closed_date, amount_cny], n) => ({
      ...crm('deal', n),
      status,
      closed_date,
      amount_cny,
    })),
    activity: contacts.map(([activity_type, date], n) => ({
      ...crm('contact', n),
      activity_type,
      occurred_at: `${date} 02:00:00`,
    })),
    risk_event: risks.map(([kind, event_date, is_live = false], n) => ({
      ...bureau('risk', n),
      kind,
      event_date,
      is_live,
    })),
    bureau_check: checked
      ? [{ ...bureau('check', 0), checked_at: `${checked} 02:00:00`, is_successful: true }]
      : [],
  };
}
