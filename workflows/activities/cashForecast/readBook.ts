import type { Calendar, Day, Invoice } from '../../../forecast';
import type { Session } from '../../../warehouse';

/** What the forecast may know at an origin. */
export interface Book {
  invoices: Invoice[];
  /** Customer's region on the origin's day, by item. */
  regions: Map<string, string>;
}

/** A line that nobody entered for longer than this is another matter: a prepayment, or not ours. */
const UNBOOKED_DAYS = 45;

/** Kinds that are money of the customer on the day they take effect (METRICS 5.3); others only make an item smaller. */
const MONEY = "('cash', 'bank_bill')";

/**
 * Open items and payments as of the end of a day, as known at an instant: nothing dated or learned later is read (HUB-3). A payment
 * is an invoice of its own with its day, what is left of an item an open one, so that partial payments count by their amounts.
 */
export async function readBook(session: Session, origin: Day, knownAt: string): Promise<Book> {
  const rows = await session.rows(
    `with item as (
       select item_id, document_id, customer_id, amount_cny, document_date, effective_due_date
       from core.ledger_item
       where document_date <= cast(? as date) and known_from <= cast(? as timestamp)
         and coalesce(known_to > cast(? as timestamp), true)
     ),
     relief as (
       select item_id, effective_date, kind in ${MONEY} as is_payment, sum(amount_cny) as amount_cny
       from core.ledger_settlement
       where effective_date <= cast(? as date) and known_from <= cast(? as timestamp)
         and coalesce(known_to > cast(? as timestamp), true)
       group by item_id, effective_date, kind in ${MONEY}
     ),
     relieved as (
       select item_id, sum(amount_cny) as amount_cny from relief group by item_id
     ),
     part as (
       select item.item_id, item.item_id || '/' || cast(relief.effective_date as varchar) as id,
         relief.amount_cny, relief.effective_date as paid_date
       from item join relief on relief.item_id = item.item_id
       where relief.is_payment and relief.amount_cny > 0
       union all
       select item.item_id, item.item_id, item.amount_cny - coalesce(relieved.amount_cny, 0), null
       from item left join relieved on relieved.item_id = item.item_id
       where item.amount_cny > coalesce(relieved.amount_cny, 0)
     )
     select part.id, item.item_id, item.customer_id, item.document_date, item.effective_due_date, part.paid_date,
       part.amount_cny::decimal(18, 2) as amount_cny,
       coalesce(territory_assignment.region, 'unassigned') as region,
       dispute.item_id is not null as is_disputed
     from part
     join item on item.item_id = part.item_id
     left join core.territory_assignment
       on territory_assignment.customer_id = item.customer_id
       and territory_assignment.valid_from <= cast(? as date)
       and coalesce(territory_assignment.valid_to, date '9999-12-31') > cast(? as date)
     left join (
       select distinct item_id from core.dispute
       where opened_at <= cast(? as timestamp) and coalesce(closed_at > cast(? as timestamp), true)
     ) as dispute on dispute.item_id = item.item_id
     order by part.id`,
    [origin, knownAt, knownAt, origin, knownAt, knownAt, origin, origin, knownAt, knownAt],
  );
  const regions = new Map<string, string>();
  const all = rows.map((row): Invoice => {
    const region = String(row.region);
    regions.set(String(row.item_id), region);
    return {
      id: String(row.id),
      customer: String(row.customer_id),
      amountCents: BigInt(String(row.amount_cny).replace('.', '')),
      issued: String(row.document_date),
      due: String(row.effective_due_date),
      paid: row.paid_date === null ? null : String(row.paid_date),
      region,
      isDisputed: Boolean(row.is_disputed),
    };
  });
  return { invoices: withoutPaid(all, await readUnapplied(session, origin, knownAt)), regions };
}

/**
 * Cents that had come by the origin and pay no item yet, by customer: receipts without an allocation, and bank lines that no clerk had
 * entered. Without them the forecast would wait for money that is there.
 */
async function readUnapplied(session: Session, origin: Day, knownAt: string): Promise<Map<string, bigint>> {
  const rows = await session.rows(
    `with receipt as (
       select receipt_id, customer_id, amount_cny
       from core.ledger_receipt
       where value_date <= cast(? as date) and not is_prepayment and amount_cny > 0
         and known_from <= cast(? as timestamp) and coalesce(known_to > cast(? as timestamp), true)
     ),
     used as (
       select receipt_id, sum(amount_cny) as amount_cny
       from core.ledger_settlement
       where is_money and known_from <= cast(? as timestamp) and coalesce(known_to > cast(? as timestamp), true)
       group by receipt_id
     ),
     rest as (
       select receipt.customer_id, receipt.amount_cny - coalesce(used.amount_cny, 0) as amount_cny
       from receipt left join used on used.receipt_id = receipt.receipt_id
       where receipt.amount_cny > coalesce(used.amount_cny, 0)
       union all
       select bank_transaction.customer_id, bank_transaction.amount_cny
       from core.bank_transaction
       left join receipt on receipt.receipt_id = bank_transaction.receipt_id
       where receipt.receipt_id is null and bank_transaction.amount_cny > 0 and bank_transaction.customer_id is not null
         and bank_transaction.category in ('customer', 'other') and not bank_transaction.is_bill_proceeds
         and (bank_transaction.receipt_id is not null or not bank_transaction.is_linked)
         and bank_transaction.value_date between cast(? as date) - ${UNBOOKED_DAYS} and cast(? as date)
     )
     select customer_id, sum(amount_cny)::decimal(18, 2) as amount_cny from rest group by customer_id`,
    [origin, knownAt, knownAt, knownAt, knownAt, origin, origin],
  );
  return new Map(
    rows.map((row) => [String(row.customer_id), BigInt(String(row.amount_cny).replace('.', ''))]),
  );
}

/** Takes what has come off the open items of its customer, those first that fall due first. */
function withoutPaid(invoices: readonly Invoice[], unapplied: Map<string, bigint>): Invoice[] {
  const byDue = invoices
    .filter(({ paid }) => paid === null)
    .sort((one, other) => (one.due === other.due ? compare(one.id, other.id) : compare(one.due, other.due)));
  const left = new Map<string, bigint>();
  for (const { id, customer, amountCents } of byDue) {
    const rest = unapplied.get(customer) ?? 0n;
    const taken = rest < amountCents ? rest : amountCents;
    unapplied.set(customer, rest - taken);
    left.set(id, amountCents - taken);
  }
  return invoices
    .map((invoice) => ({ ...invoice, amountCents: left.get(invoice.id) ?? invoice.amountCents }))
    .filter(({ amountCents }) => amountCents > 0n);
}

const compare = (one: string, other: string): number => (one < other ? -1 : Number(one > other));

const DAY_MS = 86_400_000;

/** The company's own calendar; beyond its end weekends are off. */
export async function readCalendar(session: Session): Promise<Calendar> {
  const rows = await session.rows('select day, is_workday from core.calendar');
  const known = new Map(
    rows.map(({ day, is_workday: is }) => [Date.parse(`${String(day)}T00:00:00Z`) / DAY_MS, Boolean(is)]),
  );
  const isWeekday = (day: number) => new Date(day * DAY_MS).getUTCDay() % 6 !== 0;
  return { name: 'company', isWorkday: (day) => known.get(day) ?? isWeekday(day) };
}
