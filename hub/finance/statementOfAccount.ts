import { MillraceError } from '../../connectors/kit';
import type { Row, Session } from '../../warehouse';
import type { Person } from '../access/users';
import { customerRule } from '../records/customerRule';
import { addDays, isDay } from '../setup/day';
import {
  type AccountBill,
  type AccountItem,
  accountBalance,
  accountLines,
  mustAddUp,
  type StatementOfAccount,
} from './accountLines';
import { centsOf, centsText, totalOf } from './cents';
import { disputeSql } from './liveModels';
import type { AccountRequest } from './financeWork';

const BUCKETS = ['not_due', '1_30', '31_60', '61_90', '91_180', '181_365', 'over_365'];

/**
 * Statement of account (对账单, B9) as known now: both ends are REC-1, the entries between add up to them to the cent, or nothing is
 * handed out. Errors: `not_found` for a customer that is not there or not the person's, `bad_request` for a period.
 */
export async function statementOfAccount(
  session: Session,
  person: Person,
  company: string,
  { customer: wanted, from, to }: AccountRequest,
): Promise<StatementOfAccount> {
  const facts = await factsOf(session);
  mustBePeriod(from, to, facts.asOf);
  const customer = await customerOf(session, person, wanted);
  const id = String(customer.customer_id);
  const opening = await accountBalance(session, id, addDays(from, -1));
  const closing = await accountBalance(session, id, to);
  const lines = await accountLines(session, id, { from, to, opening: opening.account });
  mustAddUp({ opening, closing, lines });
  const items = await itemsOf(session, id, to);
  return {
    company,
    customerId: id,
    customerName: String(customer.name ?? id),
    creditCode: customer.credit_code === null ? null : String(customer.credit_code),
    ownerName: customer.owner_name === null ? null : String(customer.owner_name),
    from,
    to,
    opening,
    closing,
    lines,
    totals: totalsOf(lines),
    items,
    ...sumsOf(items, closing.unapplied),
    bills: await billsOf(session, id, to),
    ...facts,
  };
}

/** Customers with an entry in the period or a balance at its end, by name. */
export async function accountCustomers(
  session: Session,
  person: Person,
  { from, to }: { from: string; to: string },
): Promise<Row[]> {
  mustBePeriod(from, to, (await factsOf(session)).asOf);
  const rule = customerRule(person, 'movement.customer_id');
  return session.rows(
    `select movement.customer_id, coalesce(customer.name, movement.customer_id) as customer_name
     from (
       select customer_id from core.ledger_movement where effective_date <= cast(? as date)
       group by customer_id having sum(amount_cny) <> 0 or max(effective_date) >= cast(? as date)
     ) as movement
     left join core.customer on customer.customer_id = movement.customer_id
     where ${rule.sql} order by 2, 1`,
    [to, from, ...rule.values],
  );
}

async function factsOf(session: Session) {
  const [row] = await session.rows(
    'select generation, cast(as_of_date as varchar) as as_of, cast(built_at as varchar) as built_at from meta.generation order by generation desc limit 1',
  );
  if (!row)
    throw new MillraceError('not_found', {
      what: 'No models were built yet',
      todo: 'Run: npx millrace build',
    });
  const sources = await session.rows(
    `select connection, cast(max(ended_at) filter (where status in ('done', 'partial')) as varchar) as last_success_at
     from meta.run where kind = 'sync' and connection is not null group by connection order by connection`,
  );
  return {
    generation: String(row.generation),
    asOf: String(row.as_of),
    builtAt: String(row.built_at).slice(0, 19),
    sources: sources.map(({ connection, last_success_at }) => ({
      connection: String(connection),
      lastSuccessAt: last_success_at === null ? null : String(last_success_at).slice(0, 19),
    })),
  };
}

function mustBePeriod(from: string, to: string, asOf: string): void {
  const problem =
    (!isDay(from) && `${from} is no day`) ||
    (!isDay(to) && `${to} is no day`) ||
    (from > to && `The period ends on ${to}, before it begins on ${from}`) ||
    (to > asOf && `The period ends on ${to}, but the data end on ${asOf}`);
  if (problem)
    throw new MillraceError('bad_request', {
      what: problem,
      todo: `Write both as YYYY-MM-DD, the last day not after ${asOf}`,
    });
}

async function customerOf(session: Session, person: Person, wanted: string): Promise<Row> {
  const rule = customerRule(person, 'customer.customer_id');
  const rows = await session.rows(
    `select customer.customer_id, customer.name, customer.credit_code, employee.name as owner_name
     from core.customer left join core.employee on employee.employee_id = customer.owner_id
     where (customer.customer_id = ? or customer.name = ? or customer.customer_id in (
       select customer_id from core.customer_name where normalised_name = normal_name(cast(? as varchar))
     )) and ${rule.sql} order by customer.customer_id = ? desc, customer.customer_id limit 2`,
    [wanted, wanted, wanted, ...rule.values, wanted],
  );
  const [customer, other] = rows;
  if (customer && (!other || customer.customer_id === wanted)) return customer;
  throw new MillraceError('not_found', {
    what: other ? 'Two customers have this name' : 'This customer is not there, or not one of yours',
    where: `customer ${wanted}`,
    todo: 'Name the customer by its id or full name; an administrator grants the right to see it',
  });
}

async function itemsOf(session: Session, customer: string, day: string): Promise<AccountItem[]> {
  const rows = await session.rows(
    `with balance as (
       select item_id, sum(amount_cny)::decimal(18, 2) as open_cny from core.ledger_movement
       where side = 'item' and customer_id = ? and effective_date <= cast(? as date)
       group by item_id having sum(amount_cny) <> 0
     ),
     disputed as (
       select item_id, sum(amount_cny) as amount_cny from (${disputeSql()}) as dispute where is_open group by item_id
     )
     select
       open_item.document_number, cast(open_item.document_date as varchar) as document_date,
       cast(open_item.effective_due_date as varchar) as due_date, open_item.amount_cny, balance.open_cny,
       cast(cast(? as date) - open_item.effective_due_date as int) as days, open_item.is_retention,
       (case when balance.open_cny > 0 then least(coalesce(disputed.amount_cny, 0), balance.open_cny) else 0 end)::decimal(18, 2) as disputed_cny
     from balance
     join core.open_item on open_item.item_id = balance.item_id
     left join disputed on disputed.item_id = balance.item_id
     order by open_item.effective_due_date, open_item.document_number, balance.item_id`,
    [customer, day, day],
  );
  return rows.map((row) => {
    const days = Number(row.days);
    const isRetention = Boolean(row.is_retention) && days < 0;
    return {
      documentNumber: row.document_number === null ? null : String(row.document_number),
      documentDate: String(row.document_date),
      dueDate: String(row.due_date),
      amount: String(row.amount_cny),
      open: String(row.open_cny),
      daysOverdue: days,
      isRetention,
      bucket: isRetention ? 'retention' : String(row.open_cny).startsWith('-') ? 'credits' : bucketOf(days),
      disputed: String(row.disputed_cny),
    };
  });
}

/** METRICS REC-2, overdue view. */
function bucketOf(days: number): string {
  const limits = [0, 30, 60, 90, 180, 365];
  const place = limits.findIndex((limit) => days <= limit);
  return BUCKETS[place === -1 ? limits.length : place] ?? 'over_365';
}

const totalsOf = (lines: StatementOfAccount['lines']) => ({
  debit: totalOf(lines.flatMap(({ debit }) => debit ?? [])),
  credit: totalOf(lines.flatMap(({ credit }) => credit ?? [])),
});

function sumsOf(items: readonly AccountItem[], unapplied: string) {
  const of = (bucket: string) =>
    totalOf(items.filter((item) => item.bucket === bucket).map(({ open }) => open));
  const credits = centsText(centsOf(of('credits')) - centsOf(unapplied));
  return {
    ageing: [
      ...BUCKETS.map((bucket) => ({ bucket, amount: of(bucket) })),
      { bucket: 'credits', amount: credits },
    ],
    disputed: totalOf(items.map(({ disputed }) => disputed)),
  };
}

async function billsOf(session: Session, customer: string, day: string): Promise<AccountBill[]> {
  const rows = await session.rows(
    `select acceptance_bill.number, acceptance_bill.kind, acceptance_bill.acceptor, acceptance_bill.face_cny,
       cast(acceptance_bill.signed_date as varchar) as signed_date, cast(acceptance_bill.maturity_date as varchar) as maturity_date
     from core.bill_state join core.acceptance_bill on acceptance_bill.bill_id = bill_state.bill_id
     where acceptance_bill.customer_id = ? and bill_state.state = 'on_hand' and bill_state.from_date <= cast(? as date)
       and coalesce(bill_state.to_date, date '9999-12-31') > cast(? as date)
     order by acceptance_bill.maturity_date, acceptance_bill.number`,
    [customer, day, day],
  );
  return rows.map((row) => ({
    number: String(row.number),
    kind: String(row.kind),
    acceptor: row.acceptor === null ? null : String(row.acceptor),
    face: String(row.face_cny),
    signedDate: String(row.signed_date),
    maturityDate: row.maturity_date === null ? null : String(row.maturity_date),
  }));
}
