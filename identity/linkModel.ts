import type { Link } from './resolve/link';
import { type InputRow, readRows } from './resolve/records';
import { resolveCustomers } from './resolve/resolveCustomers';

/** Columns of core.customer_link. */
export const LINK_COLUMNS = {
  connection: 'varchar',
  source_id: 'varchar',
  record_id: 'varchar',
  kind: 'varchar',
  customer_id: 'varchar',
  rule: 'varchar',
  step: 'varchar',
  evidence: 'varchar',
  proof: 'varchar',
  detail: 'varchar',
  credit_code: 'varchar',
  own_credit_code: 'varchar',
  said_credit_code: 'varchar',
  code_state: 'varchar',
  event_id: 'varchar',
  is_ambiguous: 'boolean',
};

/** Rows of core.customer_link from the rows of its SELECT: one for each record and each payer's name. */
export const linkRows = (
  rows: readonly InputRow[],
): Record<keyof typeof LINK_COLUMNS, string | boolean | null>[] => {
  const { records, decisions } = readRows(rows);
  return resolveCustomers(records, decisions).map(rowOf);
};

function rowOf(link: Link): Record<keyof typeof LINK_COLUMNS, string | boolean | null> {
  const { record, code, step, proof, others, eventId } = link;
  return {
    connection: record.connection,
    source_id: record.sourceId,
    record_id: record.id,
    kind: record.kind,
    customer_id: link.customerId,
    rule: link.rule,
    step,
    evidence: link.evidence,
    proof,
    detail: JSON.stringify({
      step,
      proof,
      others,
      event: eventId,
      said: code.read.said,
      note: code.read.note,
    }),
    credit_code: link.creditCode,
    own_credit_code: code.code ?? code.registration,
    said_credit_code: code.read.said,
    code_state: code.read.state,
    event_id: eventId,
    is_ambiguous: link.isAmbiguous,
  };
}
