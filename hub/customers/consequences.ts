import type { Row, Session } from '../../warehouse';
import { centsOf, centsText } from '../finance/cents';
import type { Decided, MovedMoney, Move } from './customerWork';
import type { Groups } from './groups';

/** What changes from one grouping to the next: the records that get another customer, and the money that goes with them. */
export async function consequences(
  session: Session,
  before: Groups,
  after: Groups,
): Promise<Pick<Decided, 'moves' | 'money'>> {
  const moved = [...after].filter(([record, customer]) => before.get(record) !== customer);
  if (moved.length === 0) return { moves: [], money: [] };
  const named = new Set(
    moved.flatMap(([record, customer]) => [record, customer, before.get(record) ?? record]),
  );
  const ids = [...named];
  const rows = await session.rows(
    `select customer_record_money.record_id, coalesce(customer.name, customer_record_money.name) as customer_name, customer_record_money.name,
       receivable_cny, open_items, intake_cny, orders
     from core.customer_record_money
     left join core.customer on customer.customer_id = customer_record_money.record_id
     where record_id in (${ids.map(() => '?').join(', ')})`,
    ids,
  );
  const known = new Map(rows.map((row) => [String(row.record_id), row]));
  const nameOf = (id: string, column: 'name' | 'customer_name') => String(known.get(id)?.[column] ?? id);
  const moves = moved.map(([recordId, to]): Move => {
    const from = before.get(recordId) ?? recordId;
    return {
      recordId,
      name: nameOf(recordId, 'name'),
      from,
      fromName: nameOf(from, 'customer_name'),
      to,
      toName: nameOf(to, 'customer_name'),
    };
  });
  const sums = new Map<string, { from: string; to: string; of: Move[] }>();
  for (const move of moves) {
    const key = JSON.stringify([move.from, move.to]);
    const sum = sums.get(key) ?? { from: move.from, to: move.to, of: [] };
    sum.of.push(move);
    sums.set(key, sum);
  }
  const money = [...sums.values()].map(({ from, to, of }): MovedMoney => {
    const own = of.flatMap(({ recordId }): Row[] => {
      const row = known.get(recordId);
      return row ? [row] : [];
    });
    const cents = (column: string) =>
      centsText(own.reduce((sum, row) => sum + centsOf(String(row[column])), 0n));
    const count = (column: string) => own.reduce((sum, row) => sum + Number(row[column]), 0);
    return {
      from,
      to,
      records: of.length,
      receivableCny: cents('receivable_cny'),
      openItems: count('open_items'),
      intakeCny: cents('intake_cny'),
      orders: count('orders'),
    };
  });
  return { moves, money };
}
