import type { Row } from '../kit';

/** `filters` of a query: all must hold. */
export interface QueryFilter {
  field_name: string;
  operator: string;
  field_values: readonly unknown[];
}

export interface QueryOrder {
  fieldName: string;
  isAsc: boolean;
}

export interface TableQuery {
  filters: readonly QueryFilter[];
  orders: readonly QueryOrder[];
  offset: number;
  limit: number;
  /** The exact number of all that match is wanted; else counting stops with the page. */
  isCounted: boolean;
  /** Rows this user may see; the others are missing without a word. */
  isVisible(row: Row): boolean;
}

const TIME = 'last_modified_time';
const timeOf = (row: Row) => row[TIME] as number;
const idOf = (row: Row) => row._id as string;
const byText = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0);

/** Records of one object, in the order of their last change, so that a page costs a binary search and not a scan. */
export class SandboxTable {
  private readonly rows = new Map<string, Row>();
  private ordered: Row[] | undefined;

  get size(): number {
    return this.rows.size;
  }

  get(id: string): Row | undefined {
    return this.rows.get(id);
  }

  all(): Iterable<Row> {
    return this.rows.values();
  }

  put(row: Row): void {
    this.rows.set(idOf(row), row);
    this.ordered = undefined;
  }

  delete(id: string): void {
    if (this.rows.delete(id)) this.ordered = undefined;
  }

  /** Throws a text when a filter has an operator that the vendor does not know. */
  find({ filters, orders, offset, limit, isCounted, isVisible }: TableQuery): { rows: Row[]; total: number } {
    const tests = filters.map(testOf);
    const holds = (row: Row) => isVisible(row) && tests.every((test) => test(row));
    const candidates = this.between(filters);
    if (isByTime(orders)) return pageOf(candidates, holds, { offset, limit, isCounted });
    const found = candidates.filter(holds).sort(comparing(orders));
    return { rows: found.slice(offset, offset + limit), total: found.length };
  }

  /** Records inside the bounds that the filters set to the last change. */
  private between(filters: readonly QueryFilter[]): Row[] {
    this.ordered ??= [...this.rows.values()].sort(
      (one, other) => timeOf(one) - timeOf(other) || byText(idOf(one), idOf(other)),
    );
    let from = 0;
    let to = this.ordered.length;
    for (const { field_name, operator, field_values } of filters) {
      const value = Number(field_values[0]);
      if (field_name !== TIME) continue;
      if (operator === 'GT') from = Math.max(from, this.firstBehind(value + 1));
      if (operator === 'GTE' || operator === 'EQ') from = Math.max(from, this.firstBehind(value));
      if (operator === 'LT') to = Math.min(to, this.firstBehind(value));
      if (operator === 'LTE' || operator === 'EQ') to = Math.min(to, this.firstBehind(value + 1));
    }
    return from === 0 && to === this.ordered.length
      ? this.ordered
      : this.ordered.slice(from, Math.max(from, to));
  }

  /** Place of the first record changed at `time` or later. */
  private firstBehind(time: number): number {
    const { ordered = [] } = this;
    let low = 0;
    let high = ordered.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (timeOf(ordered[middle] as Row) < time) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function pageOf(
  candidates: Row[],
  holds: (row: Row) => boolean,
  { offset, limit, isCounted }: Pick<TableQuery, 'offset' | 'limit' | 'isCounted'>,
) {
  const rows: Row[] = [];
  let total = 0;
  for (const row of candidates) {
    if (!holds(row)) continue;
    if (total++ >= offset && rows.length < limit) rows.push(row);
    if (rows.length === limit && !isCounted) break;
  }
  return { rows, total };
}

const isByTime = ([first, second, ...others]: readonly QueryOrder[]): boolean =>
  first?.fieldName === TIME &&
  first.isAsc &&
  others.length === 0 &&
  (second === undefined || (second.fieldName === '_id' && second.isAsc));

function comparing(orders: readonly QueryOrder[]) {
  return (one: Row, other: Row): number => {
    for (const { fieldName, isAsc } of orders) {
      const difference = compare(one[fieldName], other[fieldName]);
      if (difference !== 0) return isAsc ? difference : -difference;
    }
    return 0;
  };
}

function compare(one: unknown, other: unknown): number {
  if (typeof one === 'number') return one - Number(other ?? 0);
  return byText(String(one ?? ''), String(other ?? ''));
}

const isEmpty = (value: unknown) => value === undefined || value === null || value === '';
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);
const has = (value: unknown, wanted: readonly unknown[]) =>
  list(value).some((each) => wanted.some((other) => String(each) === String(other)));

const OPERATORS: Record<string, (value: unknown, wanted: readonly unknown[]) => boolean> = {
  EQ: (value, wanted) => !isEmpty(value) && has(value, wanted.slice(0, 1)),
  N: (value, wanted) => !has(value, wanted.slice(0, 1)), // finds empty values too
  IN: (value, wanted) => has(value, wanted),
  NIN: (value, wanted) => !has(value, wanted),
  GT: (value, [wanted]) => !isEmpty(value) && compare(value, wanted) > 0,
  GTE: (value, [wanted]) => !isEmpty(value) && compare(value, wanted) >= 0,
  LT: (value, [wanted]) => !isEmpty(value) && compare(value, wanted) < 0,
  LTE: (value, [wanted]) => !isEmpty(value) && compare(value, wanted) <= 0,
  LIKE: (value, [wanted]) => String(value ?? '').includes(String(wanted)),
  NLIKE: (value, [wanted]) => !String(value ?? '').includes(String(wanted)),
  STARTWITH: (value, [wanted]) => String(value ?? '').startsWith(String(wanted)),
  IS: (value) => isEmpty(value),
  ISN: (value) => !isEmpty(value),
};

function testOf({ field_name, operator, field_values }: QueryFilter): (row: Row) => boolean {
  const test = OPERATORS[operator];
  if (!test) throw `operator ${operator}`;
  return (row) => test(row[field_name], field_values);
}
