import { randomUUID } from 'node:crypto';
import { MillraceError } from '../../connectors/kit';
import { appendEvents, type NewEvent, type Row, type Session, type Warehouse } from '../../warehouse';
import type { Person } from '../access/users';
import { customerRule } from '../records/customerRule';
import { centsOf, centsText } from './cents';
import type { DisputeClosing, DisputeFilter, DisputeInput, Disputes } from './financeWork';
import { disputeSql } from './liveModels';

/** Disputes of the person's customers as they stand now, also before the next build; the open and newest first. */
export async function listDisputes(
  session: Session,
  person: Person,
  { all = false, customer, region, owner }: DisputeFilter,
): Promise<Disputes> {
  const rule = customerRule(person, 'dispute.customer_id');
  const conditions = [rule.sql];
  const values = [...rule.values];
  const only = (condition: string, ...more: string[]) => {
    conditions.push(condition);
    values.push(...more);
  };
  if (customer !== undefined) only('(dispute.customer_id = ? or customer.name = ?)', customer, customer);
  if (region !== undefined) only('territory_assignment.region = ?', region);
  if (owner !== undefined) only('territory_assignment.owner_id = ?', owner);
  const found = `
    with booked as (
      select item_id, value_date, amount_cny from core.settlement where kind = 'deduction' and effective_date <= business_today()
    ),
    found as (
      select
        dispute.*, customer.name as customer_name, employee.name as owner_name, coalesce(opener.name, dispute.opened_by) as opener,
        greatest(coalesce(item_balance.open_amount_cny, 0), 0)::decimal(18, 2) as open_amount_cny,
        coalesce((select sum(booked.amount_cny) from booked where booked.item_id = dispute.item_id and booked.value_date >= dispute.opened_date), 0)
          as booked_cny
      from (${disputeSql()}) as dispute
      left join core.customer on customer.customer_id = dispute.customer_id
      left join core.territory_assignment
        on territory_assignment.customer_id = dispute.customer_id and territory_assignment.valid_from <= business_today()
        and coalesce(territory_assignment.valid_to, date '9999-12-31') > business_today()
      left join core.employee on employee.employee_id = territory_assignment.owner_id
      left join core.employee as opener on opener.employee_id = dispute.opened_by
      left join core.item_balance
        on item_balance.item_id = dispute.item_id and item_balance.from_date <= business_today()
        and coalesce(item_balance.to_date, date '9999-12-31') > business_today()
      where ${conditions.join(' and ')}
    )`;
  const rows = await session.rows(
    `${found}
     select
       dispute_id, document_number, item_id, customer_id, customer_name, owner_name, reason, amount_cny, open_amount_cny, agreed_deduction_cny,
       note, is_open, outcome, closing_note, cast(opened_date as varchar) as opened_date, cast(closed_date as varchar) as closed_date,
       opener as opened_by
     from found where is_open or ${all ? 'true' : 'false'} order by is_open desc, opened_at desc, dispute_id`,
    values,
  );
  const [totals] = await session.rows(
    `${found},
     item as (
       select item_id, least(sum(amount_cny), max(open_amount_cny)) as disputed_cny from found where is_open group by item_id
     )
     select
       (select cast(count(*) as int) from found where is_open) as open_count,
       (select coalesce(sum(disputed_cny), 0)::decimal(18, 2) from item) as disputed,
       (select coalesce(sum(least(greatest(coalesce(agreed_deduction_cny, 0) - booked_cny, 0), open_amount_cny)), 0)::decimal(18, 2) from found)
         as awaited`,
    values,
  );
  return {
    rows,
    totals: {
      open: Number(totals?.open_count),
      disputed: String(totals?.disputed),
      awaited: String(totals?.awaited),
    },
  };
}

interface Part {
  item: Row;
  cents: bigint;
}

/**
 * Opens a dispute on an item, or one on each item of a document in the order they fall due until the amount is spread. It is a flag:
 * receivables do not change. Errors: `not_found`, `bad_request` for an amount above what is open and not contested yet.
 */
export async function openDispute(
  warehouse: Warehouse,
  person: Person,
  input: DisputeInput,
): Promise<string[]> {
  const id = input.id ?? randomUUID();
  const ids: string[] = [];
  await appendEvents(warehouse, [], async (session) => {
    const [known] = await session.rows(
      "select event_id from ops.event where kind = 'dispute.opened' and (subject = ? or starts_with(subject, ? || '/')) limit 1",
      [id, id],
    );
    if (known) return [];
    const parts = spread(await itemsOf(session, person, input), input);
    return parts.map(({ item, cents }, place): NewEvent => {
      const disputeId = parts.length === 1 ? id : `${id}/${place + 1}`;
      ids.push(disputeId);
      return {
        eventId: `${disputeId}/opened`,
        kind: 'dispute.opened',
        actor: person.id,
        subject: disputeId,
        body: {
          item_id: item.item_id,
          document_id: item.document_id,
          document_number: item.document_number,
          customer_id: item.customer_id,
          amount: centsText(cents),
          reason: input.reason,
          note: input.note ?? null,
          since: input.since ?? null,
        },
      };
    });
  });
  return ids.length > 0 ? ids : [id];
}

/** What is open of the items and in no open dispute. */
async function itemsOf(session: Session, person: Person, { item, document }: DisputeInput): Promise<Row[]> {
  if ((item === undefined) === (document === undefined))
    throw new MillraceError('bad_request', { what: 'Name an open item or a document, one of them' });
  const rule = customerRule(person, 'open_item.customer_id');
  const rows = await session.rows(
    `select open_item.item_id, open_item.document_id, open_item.document_number, open_item.customer_id,
       (item_balance.open_amount_cny - coalesce(contested.amount_cny, 0))::decimal(18, 2) as free_cny
     from core.open_item
     join core.item_balance
       on item_balance.item_id = open_item.item_id and item_balance.from_date <= business_today()
       and coalesce(item_balance.to_date, date '9999-12-31') > business_today()
     left join (select item_id, sum(amount_cny) as amount_cny from (${disputeSql()}) as dispute where is_open group by item_id) as contested
       on contested.item_id = open_item.item_id
     where ${item === undefined ? 'open_item.document_number' : 'open_item.item_id'} = ? and item_balance.open_amount_cny > 0 and ${rule.sql}
     order by open_item.effective_due_date, open_item.item_id`,
    [item ?? document ?? '', ...rule.values],
  );
  if (rows.length === 0)
    throw new MillraceError('not_found', {
      what: 'Nothing is open there, or it is not one of your customers’',
      where: item === undefined ? `document ${document}` : `item ${item}`,
      todo: 'Name the number of a receivable document that is not paid yet',
    });
  return rows;
}

function spread(items: readonly Row[], { amount }: DisputeInput): Part[] {
  const free = items.map((item) => ({ item, cents: centsOf(String(item.free_cny)) }));
  const most = free.reduce((sum, { cents }) => sum + (cents > 0n ? cents : 0n), 0n);
  let rest = amount === undefined ? most : centsOf(amount);
  if (rest <= 0n || rest > most)
    throw new MillraceError('bad_request', {
      what: `The amount must be above 0 and at most ${centsText(most)}, what is open and not in dispute yet`,
    });
  const parts: Part[] = [];
  for (const { item, cents } of free) {
    const taken = cents < rest ? cents : rest;
    if (taken > 0n) parts.push({ item, cents: taken });
    rest -= taken > 0n ? taken : 0n;
  }
  return parts;
}

/** Closes an open dispute. Errors: `not_found`; `bad_request` for an agreed deduction above the contested amount. */
export async function closeDispute(
  warehouse: Warehouse,
  person: Person,
  input: DisputeClosing,
): Promise<void> {
  const { disputeId, outcome, note, deduction } = input;
  await appendEvents(warehouse, [], async (session) => {
    const rule = customerRule(person, 'dispute.customer_id');
    const [dispute] = await session.rows(
      `select dispute_id, is_open, amount_cny from (${disputeSql()}) as dispute where dispute_id = ? and ${rule.sql}`,
      [disputeId, ...rule.values],
    );
    if (!dispute?.is_open)
      throw new MillraceError('not_found', {
        what: dispute ? 'This dispute was closed already' : 'This dispute is not there, or not one of yours',
        where: `dispute ${disputeId}`,
        todo: 'List them with: npx millrace dispute list',
      });
    if ((outcome === 'deduction') !== (deduction !== undefined))
      throw new MillraceError('bad_request', {
        what: 'The outcome deduction needs the agreed amount, any other has none',
      });
    const events: NewEvent[] = [];
    if (deduction !== undefined) {
      const cents = centsOf(deduction);
      if (cents <= 0n || cents > centsOf(String(dispute.amount_cny)))
        throw new MillraceError('bad_request', {
          what: `The deduction must be above 0 and at most the contested ${String(dispute.amount_cny)}`,
        });
      events.push(act('deduction.agreed', `${disputeId}/agreed`, { amount: centsText(cents) }));
    }
    events.push(act('dispute.closed', `${disputeId}/closed`, { outcome, note: note ?? null }));
    return events;
  });

  function act(kind: string, eventId: string, body: NewEvent['body']): NewEvent {
    return { eventId, kind, actor: person.id, subject: disputeId, body };
  }
}
