import { linkRows } from '../../identity';
import type { Row, Session } from '../../warehouse';

/** Which record belongs to which customer, by `<connection>:<source_id>`; a payer that nobody knows is its own. */
export type Groups = ReadonlyMap<string, string>;

/** What the grouping is worked out from: records, payers, and every decision up to now, as core.customer_link takes it. */
export async function identityNow(session: Session): Promise<Row[]> {
  return session.rows(
    `select 'record' as input, connection, source_id, kind, name, short_name, former_names, said_credit_code as credit_code,
       cast(null as varchar) as event_id, cast(null as bigint) as sequence, cast(null as varchar) as body
     from core.customer_record
     union all
     select 'payer', connection, source_id, kind, substr(source_id, 7), null, null, null, null, null, null
     from core.customer_link where kind = 'payer'
     union all
     select 'decision', null, null, kind, null, null, null, null, event_id, sequence, cast(body as varchar)
     from ops.event where kind in ('customer.merged', 'customer.split', 'customer.kept_apart', 'customer.undone')`,
  );
}

/** The grouping as the next build will have it. */
export function groupsOf(identity: readonly Row[]): Groups {
  return new Map(
    linkRows(identity).map(({ record_id: record, customer_id: customer }) => [
      String(record),
      String(customer ?? record),
    ]),
  );
}

/** With one more decision, after all others. */
export const withDecision = (
  identity: readonly Row[],
  kind: string,
  body: Readonly<Record<string, unknown>>,
): Row[] => [
  ...identity,
  {
    input: 'decision',
    kind,
    event_id: 'next',
    sequence: Number.MAX_SAFE_INTEGER,
    body: JSON.stringify(body),
  },
];

/** The records of each customer, in the order of their ids. */
export function recordsByCustomer(groups: Groups): ReadonlyMap<string, string[]> {
  const found = new Map<string, string[]>();
  for (const [record, customer] of groups) {
    const own = found.get(customer);
    if (own) own.push(record);
    else found.set(customer, [record]);
  }
  return found;
}
