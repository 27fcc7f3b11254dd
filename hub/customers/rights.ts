import { MillraceError } from '../../connectors/kit';
import type { Session } from '../../warehouse';
import type { Person } from '../access/users';
import { customerRule } from '../records/customerRule';

/**
 * Who decides that two records are one customer: it moves receivables, limits and health from one to the other, so not the seller whose
 * numbers they are. A region's manager decides within his region (docs/merging-customers.md).
 */
const DECIDERS = new Set(['admin', 'finance', 'manager', 'region_manager']);

export const isDecider = ({ role }: Person): boolean => DECIDERS.has(role);

export function mayDecide(person: Person): void {
  if (isDecider(person)) return;
  throw new MillraceError('not_allowed', {
    what: 'Only finance, managers and administrators decide who is one customer',
    todo: 'Ask your manager: the pair is in the queue',
  });
}

/** Each record must be one of the person's customers; a payer that nobody knows is for those who see all. Error: `not_found`. */
export async function mayDecideOn(
  session: Session,
  person: Person,
  records: readonly string[],
): Promise<void> {
  if (person.scope === 'all' || records.length === 0) return;
  const rule = customerRule(person, 'customer_record_money.customer_id');
  const rows = await session.rows(
    `select record_id from core.customer_record_money
     where record_id in (${records.map(() => '?').join(', ')}) and ${rule.sql}`,
    [...records, ...rule.values],
  );
  const own = new Set(rows.map((row) => String(row.record_id)));
  const others = records.filter((record) => !own.has(record));
  if (others.length > 0)
    throw new MillraceError('not_found', {
      what: 'It is not there, or outside of your customers',
      where: `customer record ${others.join(', ')}`,
      todo: 'Ask finance or an administrator',
    });
}
