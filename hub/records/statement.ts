import { MillraceError } from '../../connectors/kit';
import type { Row, Session } from '../../warehouse';
import type { Person } from '../access/users';
import { customerRule } from './customerRule';

const text = (value: Row[string] | undefined) =>
  value === null || value === undefined ? null : String(value);
const required = (value: Row[string] | undefined) => String(value);

/** B1: a statement with every version of its thread as it was said, its documents, what settled them, and the bank lines. */
export async function statementOf(warehouse: Session, person: Person, id: string) {
  const rule = customerRule(person, 'forecast_statement.customer_id');
  const [statement] = await warehouse.rows(
    `select forecast_statement.*, customer.name as customer_name
     from core.forecast_statement left join core.customer on customer.customer_id = forecast_statement.customer_id
     where statement_id = ? and (${rule.sql} or stated_by = ?)`,
    [id, ...rule.values, person.id],
  );
  if (!statement)
    throw new MillraceError('not_found', {
      what: 'This statement is not there, or outside of your customers',
      where: `statement ${id}`,
    });
  const thread = required(statement.thread_id);
  const documents = await documentsOf(warehouse, statement);
  const ids = documents.map((row) => required(row.document_id));
  return {
    id,
    threadId: thread,
    customerId: text(statement.customer_id),
    customerName: text(statement.customer_name),
    subjectKind: text(statement.subject_kind),
    subjectNumber: text(statement.subject_number),
    versions: (await versionsOf(warehouse, thread)).map(toVersion),
    documents: documents.map(toDocument),
    settlements: (await settlementsOf(warehouse, ids)).map(toSettlement),
    bankLines: (await bankLinesOf(warehouse, thread, ids)).map(toBankLine),
  };
}

const versionsOf = (warehouse: Session, thread: string) =>
  warehouse.rows(
    `select forecast_statement.*, employee.name as stated_by_name
     from core.forecast_statement left join core.employee on employee.employee_id = forecast_statement.stated_by
     where thread_id = ? order by version`,
    [thread],
  );

/** The documents that the statement is about: the one it names, or those of the order it names. */
async function documentsOf(
  warehouse: Session,
  { customer_id, subject_kind, subject_number }: Row,
): Promise<Row[]> {
  if (subject_kind === 'none' || subject_number === null) return [];
  const column = subject_kind === 'document' ? 'number' : 'order_number';
  return warehouse.rows(
    `select receivable_document.document_id, receivable_document.number, receivable_document.document_date, receivable_document.due_date,
       receivable_document.amount_cny, coalesce(open_item.open_cny, 0) as open_cny
     from core.receivable_document
     left join (select document_id, sum(open_amount_cny)::decimal(18, 2) as open_cny from marts.open_receivable group by document_id) as open_item
       on open_item.document_id = receivable_document.document_id
     where receivable_document.customer_id = ? and receivable_document.${column} = ? order by receivable_document.document_date, receivable_document.number`,
    [text(customer_id), required(subject_number)],
  );
}

const placeholders = (ids: readonly string[]) => ids.map(() => '?').join(', ') || 'null';

const settlementsOf = (warehouse: Session, documents: readonly string[]) =>
  warehouse.rows(
    `select settlement.*, receivable_document.number as document_number
     from core.settlement join core.receivable_document on receivable_document.document_id = settlement.document_id
     where settlement.document_id in (${placeholders(documents)}) order by settlement.value_date, settlement.settlement_id`,
    documents,
  );

/** Lines whose receipts settled the documents, and those that the forecast matching gave to the thread. */
const bankLinesOf = (warehouse: Session, thread: string, documents: readonly string[]) =>
  warehouse.rows(
    `select distinct bank_transaction.* from core.bank_transaction
     where bank_transaction_id in (
       select receipt.bank_transaction_id from core.settlement join core.receipt on receipt.receipt_id = settlement.receipt_id
       where settlement.document_id in (${placeholders(documents)})
       union
       select collection.bank_transaction_id from core.thread_match
       join core.forecast_statement on forecast_statement.statement_id = thread_match.statement_id
       join core.collection on collection.collection_id = thread_match.collection_id
       where forecast_statement.thread_id = ?
     ) order by value_date, bank_transaction_id`,
    [...documents, thread],
  );

const toVersion = (row: Row) => ({
  table: 'core.forecast_statement',
  id: required(row.statement_id),
  version: Number(row.version),
  statedAt: `${required(row.stated_at).replace(' ', 'T')}Z`,
  statedByName: text(row.stated_by_name),
  amountCny: required(row.amount_cny),
  expectedDate: text(row.expected_date),
  certainty: required(row.certainty),
  evidence: text(row.evidence),
  isWithdrawn: Boolean(row.is_withdrawn),
  isFutureConfirmed: Boolean(row.is_future_confirmed),
  lacksEvidence: Boolean(row.lacks_evidence),
});

const toDocument = (row: Row) => ({
  table: 'core.receivable_document',
  id: required(row.document_id),
  number: text(row.number),
  documentDate: text(row.document_date),
  dueDate: text(row.due_date),
  amountCny: required(row.amount_cny),
  openAmountCny: text(row.open_cny),
});

const toSettlement = (row: Row) => ({
  table: 'core.settlement',
  id: required(row.settlement_id),
  kind: required(row.kind),
  valueDate: text(row.value_date),
  amountCny: required(row.amount_cny),
  documentNumber: text(row.document_number),
});

const toBankLine = (row: Row) => ({
  table: 'core.bank_transaction',
  id: required(row.bank_transaction_id),
  valueDate: text(row.value_date),
  amountCny: required(row.amount_cny),
  counterpartyName: text(row.counterparty_name),
  remark: text(row.remark),
  fileName: text(row.file_name),
  lineNumber: text(row.line_number),
});
