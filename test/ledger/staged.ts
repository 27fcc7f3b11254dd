import { modelFiles } from '../../warehouse/models/modelFile';
import type { Session, Warehouse } from '../../warehouse/warehouse';
import type { Given } from '../models/given';
import type { History } from './history';
import { type Day, dayText, moment, money } from './time';

/** The empty staging tables that the models read. */
export async function createStaging(warehouse: Warehouse): Promise<void> {
  await warehouse.transaction(async (session) => {
    for (const { name, sql } of modelFiles('staging')) await session.run(`create table ${name} as ${sql}`);
  });
}

/** Puts what is known by the end of a day into the staging tables, and nothing else. */
export async function stage(warehouse: Warehouse, histories: readonly History[], known: Day): Promise<void> {
  await warehouse.transaction(async (session) => {
    const tables = new Map<string, Given[]>();
    for (const history of histories) {
      for (const [table, rows] of Object.entries(rowsOf(history, known))) {
        const all = tables.get(table) ?? [];
        for (const row of rows) all.push(row);
        tables.set(table, all);
      }
    }
    for (const [table, rows] of tables) {
      await session.run(`delete from ${table}`);
      await insert(session, table, rows);
    }
  });
}

const AT_ONCE = 500;

async function insert(session: Session, table: string, rows: readonly Given[]): Promise<void> {
  const columns = Object.keys(rows[0] ?? {});
  for (let from = 0; from < rows.length; from += AT_ONCE) {
    const lines = rows
      .slice(from, from + AT_ONCE)
      .map((row) => `(${columns.map((column) => literal(row[column] ?? null)).join(', ')})`);
    await session.run(`insert into ${table} (${columns.join(', ')}) values ${lines.join(', ')}`);
  }
}

const literal = (value: Given[string]): string =>
  value === null ? 'null' : typeof value === 'string' ? `'${value}'` : String(value);

const text = (day: Day | null): string | null => (day === null ? null : dayText(day));

function rowsOf(history: History, known: Day): Record<string, Given[]> {
  const { customer, term, retention } = history;
  const start = {
    connection: 'erp',
    source_updated_at: moment(0),
    recorded_at: moment(0),
    is_deleted: false,
  };
  const isKnown = ({ recorded }: { recorded: Day }) => recorded <= known;
  const fact = ({ id, recorded, deleted }: { id: string; recorded: Day; deleted?: Day | null }) => {
    const isGone = deleted !== undefined && deleted !== null && deleted <= known;
    return {
      connection: 'erp',
      source_id: id,
      recorded_at: moment(recorded),
      source_updated_at: moment(recorded),
      is_deleted: isGone,
      deleted_at: isGone ? moment(deleted) : null,
    };
  };
  const standing = (each: { id: string; recorded: Day }) => {
    const { deleted_at: _, ...row } = fact(each);
    return row;
  };
  return {
    'staging.customer': [{ ...start, source_id: customer, name: customer, kind: 'erp', is_internal: false }],
    'staging.payment_term': term
      ? [{ ...start, source_id: customer, customer_ref: customer, kind: term.kind, days: term.days }]
      : [],
    'ops.retention_rule': retention
      ? [{ customer, percent: retention.percent, months: retention.months }]
      : [],
    'staging.receivable_document': history.documents.filter(isKnown).map((each) => ({
      ...fact(each),
      number: each.id,
      customer_ref: customer,
      amount_cny: money(each.amount),
      is_credit_note: each.amount < 0n,
      is_counted: true,
      document_date: text(each.date),
      due_date: text(each.due),
      delivery_date: text(each.delivered),
    })),
    'staging.instalment': history.lines.filter(isKnown).map((each) => ({
      ...fact(each),
      document_ref: each.document,
      amount_cny: money(each.amount),
      due_date: text(each.due),
      is_retention: each.isRetention,
    })),
    'staging.receipt': history.receipts.filter(isKnown).map((each) => ({
      ...fact(each),
      number: each.id,
      customer_ref: customer,
      method: each.method,
      bank_reference: each.reference,
      amount_cny: money(each.amount),
      is_prepayment: each.isPrepayment,
      is_counted: true,
      receipt_date: text(each.date),
    })),
    'staging.bank_transaction': history.bankLines.filter(isKnown).map((each) => ({
      ...standing({ id: each.reference, recorded: each.recorded }),
      connection: 'bank',
      account: 'a1',
      direction: each.amount < 0n ? 'out' : 'in',
      counterparty_name: 'unknown',
      reference: each.reference,
      category: 'customer',
      amount_cny: money(each.amount),
      value_date: text(each.date),
    })),
    'staging.acceptance_bill': history.bills.filter(isKnown).map((each) => ({
      ...standing(each),
      number: `no ${each.receipt}`,
      kind: each.kind,
      customer_ref: customer,
      receipt_ref: each.receipt,
      face_cny: money(each.amount),
      signed_date: text(each.signed),
      maturity_date: text(each.matures),
      is_counted: true,
    })),
    'staging.bill_event': history.events.filter(isKnown).map((each) => ({
      ...standing(each),
      bill_ref: each.bill,
      event: each.event,
      event_date: text(each.date),
      interest_cny: each.interest === null ? null : money(each.interest),
      with_recourse: each.withRecourse,
      is_counted: true,
    })),
    'staging.allocation': history.allocations.filter(isKnown).map((each) => ({
      ...fact(each),
      receipt_ref: each.receipt,
      document_number: each.document,
      instalment_ref: each.line,
      credit_note_number: each.creditNote,
      kind: each.kind,
      amount_cny: money(each.amount),
      value_date: text(each.ownDate),
      allocated_at: moment(each.recorded),
    })),
  };
}
