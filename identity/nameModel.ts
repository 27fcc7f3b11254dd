import type { Cell, InputRow } from './resolve/records';
import { normalName } from './spelling';

/** Columns of core.customer_name. */
export const NAME_COLUMNS = { normalised_name: 'varchar', customer_id: 'varchar', credit_code: 'varchar' };

/**
 * Names that lead to exactly one customer. Rows: a record's customer, name, short name and former names; a payer's name (kind `payer`)
 * with the customer that it was found to be, or none: what was found for a payer wins, since it knows other spellings and decisions.
 */
export function nameRows(rows: readonly InputRow[]): Record<keyof typeof NAME_COLUMNS, string | null>[] {
  const owners = new Map<string, Map<string, string | null>>();
  const payers = new Map<string, { customerId: string | null; creditCode: string | null }>();
  for (const row of rows) {
    const customerId = textOf(row.customer_id);
    const creditCode = textOf(row.credit_code);
    if (row.kind === 'payer') payers.set(normalName(String(row.name)), { customerId, creditCode });
    else if (customerId !== null)
      for (const name of [row.name, row.short_name, ...String(row.former_names ?? '').split('|')]) {
        const key = normalName(textOf(name) ?? '');
        if (key !== '') owners.set(key, (owners.get(key) ?? new Map()).set(customerId, creditCode));
      }
  }
  const names = [...owners].flatMap(([name, customers]) => {
    const [[customerId, creditCode] = [null, null]] = customers;
    return customers.size === 1 && !payers.has(name) ? [{ name, customerId, creditCode }] : [];
  });
  const paid = [...payers].flatMap(([name, found]) =>
    found.customerId === null ? [] : [{ name, ...found }],
  );
  return [...names, ...paid]
    .toSorted((one, other) => (one.name < other.name ? -1 : 1))
    .map(({ name, customerId, creditCode }) => ({
      normalised_name: name,
      customer_id: customerId,
      credit_code: creditCode,
    }));
}

const textOf = (cell: Cell | undefined): string | null =>
  cell === null || cell === undefined ? null : String(cell);
