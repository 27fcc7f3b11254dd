import { MillraceError } from '../../connectors/kit';
import type { Row, Session } from '../../warehouse';

/** One entry of a statement of account; amounts are decimal text, CNY. */
export interface AccountLine {
  date: string;
  /** document, credit_note, receipt, refund, bank_bill, commercial_bill, supply_chain_note, or a settlement's kind. */
  kind: string;
  number: string | null;
  orderNumber: string | null;
  dueDate: string | null;
  /** What the customer owes more by it; null on the other side. */
  debit: string | null;
  credit: string | null;
  /** Account balance after it. */
  balance: string;
}

/** Three ways of one balance: account = net + undue retention − prepayment. */
export interface AccountBalance {
  day: string;
  account: string;
  /** REC-1. */
  gross: string;
  unapplied: string;
  creditNotes: string;
  net: string;
  undueRetention: string;
  prepayment: string;
}

export interface AccountItem {
  documentNumber: string | null;
  documentDate: string;
  dueDate: string;
  amount: string;
  open: string;
  daysOverdue: number;
  isRetention: boolean;
  /** REC-2 bucket, or credits, or retention. */
  bucket: string;
  disputed: string;
}

export interface AccountBill {
  number: string;
  kind: string;
  acceptor: string | null;
  face: string;
  signedDate: string;
  maturityDate: string | null;
}

/** 对账单 of one customer, ready to print. */
export interface StatementOfAccount {
  company: string;
  customerId: string;
  customerName: string;
  creditCode: string | null;
  ownerName: string | null;
  from: string;
  to: string;
  opening: AccountBalance;
  closing: AccountBalance;
  lines: AccountLine[];
  totals: { debit: string; credit: string };
  /** Open on the last day. */
  items: AccountItem[];
  /** Buckets of REC-2, overdue view; with credits they add up to the net. */
  ageing: { bucket: string; amount: string }[];
  disputed: string;
  /** Acceptance bills on hand on the last day: already off the account. */
  bills: AccountBill[];
  generation: string;
  asOf: string;
  builtAt: string;
  sources: { connection: string; lastSuccessAt: string | null }[];
}

const text = (value: Row[string] | undefined) =>
  value === null || value === undefined ? null : String(value);

/** Account balance and REC-1 of a customer at the end of a day, as known now. */
export async function accountBalance(
  session: Session,
  customer: string,
  day: string,
): Promise<AccountBalance> {
  const [row] = await session.rows(
    `with movement as (
       select ledger_movement.*, is_retention and effective_due_date > cast(? as date) as is_undue
       from core.ledger_movement where customer_id = ? and effective_date <= cast(? as date)
     ),
     item as (
       select item_id, bool_or(is_undue) as is_undue, sum(amount_cny) as open_cny from movement where side = 'item' group by item_id
     ),
     owed as (
       select
         coalesce(sum(open_cny) filter (where open_cny > 0 and not is_undue), 0) as gross_cny,
         coalesce(-sum(open_cny) filter (where open_cny < 0 and not is_undue), 0) as credit_note_cny,
         coalesce(sum(open_cny) filter (where is_undue), 0) as retention_cny
       from item
     ),
     money as (
       select
         coalesce(-sum(amount_cny) filter (where not is_prepayment), 0) as unallocated_cny,
         coalesce(-sum(amount_cny) filter (where is_prepayment), 0) as marked_cny
       from movement where side = 'receipt'
     ),
     split as (
       select owed.*, money.*, least(money.unallocated_cny, owed.gross_cny) as unapplied_cny from owed cross join money
     )
     select
       gross_cny::decimal(18, 2) as gross, unapplied_cny::decimal(18, 2) as unapplied, credit_note_cny::decimal(18, 2) as credit_notes,
       (gross_cny - unapplied_cny - credit_note_cny)::decimal(18, 2) as net, retention_cny::decimal(18, 2) as retention,
       (unallocated_cny - unapplied_cny + marked_cny)::decimal(18, 2) as prepayment,
       (gross_cny - credit_note_cny + retention_cny - unallocated_cny - marked_cny)::decimal(18, 2) as account
     from split`,
    [day, customer, day],
  );
  const money = (name: string) => String(row?.[name] ?? '0.00');
  return {
    day,
    account: money('account'),
    gross: money('gross'),
    unapplied: money('unapplied'),
    creditNotes: money('credit_notes'),
    net: money('net'),
    undueRetention: money('retention'),
    prepayment: money('prepayment'),
  };
}

/**
 * What moved the account between two days, with the balance after each: documents, receipts, and what relieved items without money.
 * An allocation moves nothing, since the receipt already did; one over two customers (group payer) moves both.
 */
export async function accountLines(
  session: Session,
  customer: string,
  { from, to, opening }: { from: string; to: string; opening: string },
): Promise<AccountLine[]> {
  const rows = await session.rows(
    `with movement as (
       select
         ledger_movement.*, coalesce(receipt_id, '') as receipt, coalesce(document_id, '') as document,
         case when kind in ('document', 'receipt') then kind when kind = 'credit_note' then 'credit_note' else 'settlement' end as class
       from core.ledger_movement
       where customer_id = ? and effective_date between cast(? as date) and cast(? as date)
     ),
     entry as (
       select
         effective_date, class, case when class = 'settlement' then kind else class end as kind,
         case when class in ('receipt', 'settlement') then receipt else '' end as receipt_id,
         case when class = 'document' or (class = 'settlement' and receipt = '') then document else '' end as document_id,
         sum(amount_cny) as amount_cny, min(effective_due_date) as due_date
       from movement
       group by effective_date, class, case when class = 'settlement' then kind else class end,
         case when class in ('receipt', 'settlement') then receipt else '' end,
         case when class = 'document' or (class = 'settlement' and receipt = '') then document else '' end
       having sum(amount_cny) <> 0
     )
     select
       cast(entry.effective_date as varchar) as day, entry.kind, entry.amount_cny::decimal(18, 2) as amount_cny,
       (cast(? as decimal(18, 2)) + sum(entry.amount_cny) over (order by entry.effective_date, case entry.class when 'document' then 0 else 1 end,
         entry.document_id, entry.receipt_id, entry.kind rows unbounded preceding))::decimal(18, 2) as balance,
       coalesce(document.number, receipt.number) as number, document.order_number, receipt.method,
       case when entry.kind = 'document' and entry.amount_cny > 0 then cast(entry.due_date as varchar) end as due_date,
       entry.amount_cny > 0 as is_debit, (-entry.amount_cny)::decimal(18, 2) as credit_cny
     from entry
     left join core.receivable_document as document on document.document_id = entry.document_id
     left join core.receipt as receipt on receipt.receipt_id = entry.receipt_id
     order by entry.effective_date, case entry.class when 'document' then 0 else 1 end, entry.document_id, entry.receipt_id, entry.kind`,
    [customer, from, to, opening],
  );
  return rows.map((row) => ({
    date: String(row.day),
    kind: kindOf(row),
    number: text(row.number),
    orderNumber: text(row.order_number),
    dueDate: text(row.due_date),
    debit: row.is_debit ? text(row.amount_cny) : null,
    credit: row.is_debit ? null : text(row.credit_cny),
    balance: String(row.balance),
  }));
}

function kindOf({ kind, method, is_debit }: Row): string {
  if (kind === 'document') return is_debit ? 'document' : 'credit_note';
  if (kind !== 'receipt') return String(kind);
  if (method === 'cash' || method === null) return is_debit ? 'refund' : 'receipt';
  return is_debit ? 'dishonour' : String(method);
}

/** Refuses to hand out a statement whose lines do not lead from one balance to the other: a bug, never a rounding. */
export function mustAddUp({
  opening,
  closing,
  lines,
}: Pick<StatementOfAccount, 'opening' | 'closing' | 'lines'>): void {
  const last = lines.at(-1)?.balance ?? opening.account;
  if (last === closing.account) return;
  throw new MillraceError('internal', {
    what: `The entries lead from ${opening.account} to ${last}, but the account stands at ${closing.account}`,
    where: `statement of account ${opening.day} to ${closing.day}`,
  });
}
