import type { Row, Session } from '../warehouse';
import { type Decisions, readDecisions } from './decisions';
import { centsOf } from './money';
import type { BankLine, KnownPayer, OpenItem, Party, Question, Said } from './question';

export interface Reach {
  /** `YYYY-MM-DD`: what is open, and which lines have come, by the end of this day. */
  asOfDate: string;
  /** Lines older than this many days are left to people. */
  days?: number;
}

const DAYS = 120;
/** A receipt without a bank line this close to a line of the same amount may be the same money. */
const NEAR_DAYS = 7;

/**
 * What is to be matched, from the published models and from decisions made since: lines of customers or of nobody known that the ERP has
 * not allocated and the hub has not matched, and items less what the hub has matched and the ERP has not booked.
 */
export async function readQuestion(session: Session, { asOfDate, days = DAYS }: Reach): Promise<Question> {
  const decisions = await readDecisions(session);
  const matched = new Set(decisions.matches.map(({ lineId }) => lineId));
  const lines = (await readLines(session, asOfDate, days)).filter(({ id }) => !matched.has(id));
  return {
    lines,
    items: await readItems(session, asOfDate, decisions),
    customers: await readCustomers(session),
    payers: [...(await readPayers(session, asOfDate)), ...learntPayers(decisions)],
    declined: decisions.refusals,
    said: await readSaid(session, asOfDate),
  };
}

/** Bank lines that are not wholly allocated in the ERP; those that it marks as prepayment are settled there. */
async function readLines(session: Session, asOfDate: string, days: number): Promise<BankLine[]> {
  const rows = await session.rows(
    `with booked as (
       select receipt_bank_line.bank_transaction_id, min(receipt.customer_id) as customer_id, bool_or(receipt.is_prepayment) as is_prepayment
       from core.receipt_bank_line
       join core.receipt on receipt.receipt_id = receipt_bank_line.receipt_id
       group by receipt_bank_line.bank_transaction_id
     ),
     allocated as (
       select receipt_bank_line.bank_transaction_id, sum(settlement.amount_cny) as amount_cny
       from core.receipt_bank_line
       join core.settlement on settlement.receipt_id = receipt_bank_line.receipt_id and settlement.is_money
       group by receipt_bank_line.bank_transaction_id
     ),
     unlinked as (
       select amount_cny, customer_id, min(receipt_date) as from_date, max(receipt_date) as to_date
       from core.receipt where is_bank_missing and amount_cny > 0 and receipt_date > cast(? as date) - ${days + NEAR_DAYS}
       group by amount_cny, customer_id
     )
     select
       line.bank_transaction_id, line.value_date, line.counterparty_name, line.counterparty_account, line.remark,
       cast(line.amount_cny - coalesce(allocated.amount_cny, 0) as decimal(18, 2)) as left_cny,
       booked.customer_id as booked_for,
       max(case when booked.bank_transaction_id is null and unlinked.amount_cny is not null then 1 else 0 end) as may_be_booked
     from core.bank_transaction as line
     left join booked on booked.bank_transaction_id = line.bank_transaction_id
     left join allocated on allocated.bank_transaction_id = line.bank_transaction_id
     left join unlinked
       on unlinked.amount_cny = line.amount_cny and (line.customer_id is null or unlinked.customer_id = line.customer_id)
       and line.value_date between unlinked.from_date - ${NEAR_DAYS} and unlinked.to_date + ${NEAR_DAYS}
     where line.amount_cny > 0 and line.category in ('customer', 'other')
       and line.value_date <= cast(? as date) and line.value_date > cast(? as date) - ${days}
       and not coalesce(booked.is_prepayment, false)
       and line.amount_cny > coalesce(allocated.amount_cny, 0)
     group by line.bank_transaction_id, line.value_date, line.counterparty_name, line.counterparty_account, line.remark,
       line.amount_cny, allocated.amount_cny, booked.customer_id
     order by line.value_date, line.bank_transaction_id`,
    [asOfDate, asOfDate, asOfDate],
  );
  return rows.map((row) => ({
    id: String(row.bank_transaction_id),
    day: String(row.value_date),
    cents: centsOf(String(row.left_cny)),
    payerName: textOf(row.counterparty_name),
    payerAccount: textOf(row.counterparty_account),
    remark: textOf(row.remark) ?? '',
    bookedFor: textOf(row.booked_for),
    mayBeBooked: Number(row.may_be_booked) === 1,
  }));
}

async function readItems(session: Session, asOfDate: string, { matches }: Decisions): Promise<OpenItem[]> {
  const decided = await session.rows(
    "select distinct match_id from core.cash_match where erp_state <> 'pending'",
  );
  const booked = new Set(decided.map(({ match_id }) => String(match_id)));
  const used = new Map<string, bigint>();
  for (const { matchId, parts } of matches) {
    if (booked.has(matchId)) continue; // the ERP's own allocation has relieved the item
    for (const { itemId, cents } of parts)
      if (itemId !== null) used.set(itemId, (used.get(itemId) ?? 0n) + cents);
  }
  const rows = await session.rows(
    `select item.item_id, item.document_id, item.customer_id, item.document_number, item.order_number, item.document_date,
       item.due_date, item.is_retention, balance.open_amount_cny
     from core.item_balance as balance
     join core.open_item as item on item.item_id = balance.item_id
     where balance.from_date <= cast(? as date) and (balance.to_date is null or balance.to_date > cast(? as date))
     order by item.item_id`,
    [asOfDate, asOfDate],
  );
  return rows.flatMap((row) => {
    const cents = centsOf(String(row.open_amount_cny)) - (used.get(String(row.item_id)) ?? 0n);
    return cents === 0n ? [] : [itemOf(row, cents)];
  });
}

const itemOf = (row: Row, cents: bigint): OpenItem => ({
  id: String(row.item_id),
  documentId: String(row.document_id),
  customer: String(row.customer_id),
  cents,
  documentNumber: textOf(row.document_number) ?? '',
  orderNumber: textOf(row.order_number),
  contractNumber: null,
  documentDay: String(row.document_date),
  dueDay: String(row.due_date),
  isRetention: row.is_retention === true,
});

async function readCustomers(session: Session): Promise<Party[]> {
  const rows = await session.rows(
    `select customer_name.customer_id, customer_name.normalised_name
     from core.customer_name
     join core.customer on customer.customer_id = customer_name.customer_id
     where not customer.is_internal order by customer_name.customer_id, customer_name.normalised_name`,
  );
  const names = new Map<string, string[]>();
  for (const row of rows) {
    const customer = String(row.customer_id);
    names.set(customer, [...(names.get(customer) ?? []), String(row.normalised_name)]);
  }
  return [...names].map(([id, own]) => ({ id, names: own, accounts: [], group: null }));
}

/** From whose account and under which name money came that a clerk booked for a customer and marked with the bank's reference. */
async function readPayers(session: Session, asOfDate: string): Promise<KnownPayer[]> {
  const rows = await session.rows(
    `select line.counterparty_name, line.counterparty_account, receipt.customer_id, count(*) as times
     from core.receipt_bank_line as link
     join core.receipt on receipt.receipt_id = link.receipt_id
     join core.bank_transaction as line on line.bank_transaction_id = link.bank_transaction_id
     where link.match_rule = 'reference' and receipt.method = 'cash' and receipt.amount_cny > 0
       and line.category in ('customer', 'other') and line.value_date <= cast(? as date)
     group by line.counterparty_name, line.counterparty_account, receipt.customer_id`,
    [asOfDate],
  );
  return rows.map((row) => ({
    name: textOf(row.counterparty_name),
    account: textOf(row.counterparty_account),
    customer: String(row.customer_id),
    source: 'booked',
    times: Number(row.times),
  }));
}

const learntPayers = ({ aliases }: Decisions): KnownPayer[] =>
  aliases.map(({ kind, key, customer }) => ({
    name: kind === 'name' ? key : null,
    account: kind === 'account' ? key : null,
    customer,
    source: 'confirmed',
    times: 1,
  }));

async function readSaid(session: Session, asOfDate: string): Promise<Said[]> {
  const rows = await session.rows(
    `select customer_id, subject_kind, subject_number, amount_cny, expected_date from core.forecast_statement
     where replaced_date is null and not is_withdrawn and amount_cny > 0 and customer_id is not null
       and expected_date between cast(? as date) - 45 and cast(? as date) + 15`,
    [asOfDate, asOfDate],
  );
  return rows.map((row) => ({
    customer: String(row.customer_id),
    documentNumber: row.subject_kind === 'document' ? textOf(row.subject_number) : null,
    orderNumber: row.subject_kind === 'order' ? textOf(row.subject_number) : null,
    cents: centsOf(String(row.amount_cny)),
    day: String(row.expected_date),
  }));
}

const textOf = (value: Row[string] | undefined): string | null =>
  value === null || value === undefined || value === '' ? null : String(value);
