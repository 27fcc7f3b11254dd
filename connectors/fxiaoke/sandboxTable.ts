import type { Row } from '../kit';

/** `filters` of a query: all must hold. */
export interface QueryFilter {
  field_name: string;
  operator: string;
  field_values: readonly unknown[];
}

interface QueryOrder {
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

interface Range {
  rows: Row[];
  from: number;
  /** Behind the last. */
  to: number;
}

type Index = { field: string; compare(one: Row, other: Row): number };

const byId: Index = { field: '_id', compare: (one, other) => byText(idOf(one), idOf(other)) };
const byTime: Index = {
  field: TIME,
  compare: (one, other) => timeOf(one) - timeOf(other) || byText(idOf(one), idOf(other)),
};

/** Records of one object, kept in the order of `_id` and of the last change: a page costs a binary search, not a scan. */
export class SandboxTable {
  private readonly rows = new Map<string, Row>();
  private readonly ordered = new Map<Index, Row[]>();

  get(id: string): Row | undefined {
    return this.rows.get(id);
  }

  all(): Iterable<Row> {
    return this.rows.values();
  }

  put(row: Row): void {
    this.rows.set(idOf(row), row);
    this.ordered.clear();
  }

  delete(id: string): void {
    if (this.rows.delete(id)) this.ordered.clear();
  }

  /** Throws when a filter has an operator that the vendor does not know. */
  find({ filters, orders, offset, limit, isCounted, isVisible }: TableQuery): { rows: Row[]; total: number } {
    const tests = filters.map(testOf);
    const holds = (row: Row) => isVisible(row) && tests.every((test) => test(row));
    const index = indexFor(orders);
    const isBoundInTime = filters.some(({ field_name }) => field_name === TIME);
    if (index && (index === byTime || !isBoundInTime)) {
      return pageOf(this.between(index, filters), holds, { offset, limit, isCounted });
    }
    const { rows, from, to } = this.between(byTime, filters);
    const found = rows.slice(from, to).filter(holds).sort(comparing(orders));
    return { rows: found.slice(offset, offset + limit), total: found.length };
  }

  /** Records in the order of an index, inside the bounds that the filters set to its field. */
  private between(index: Index, filters: readonly QueryFilter[]): Range {
    const rows = this.ordered.get(index) ?? [...this.rows.values()].sort(index.compare);
    this.ordered.set(index, rows);
    let from = 0;
    let to = rows.length;
    for (const { field_name, operator, field_values } of filters) {
      if (field_name !== index.field) continue;
      const value = field_name === TIME ? Number(field_values[0]) : String(field_values[0]);
      if (operator === 'GT') from = Math.max(from, placeOf(rows, index, value, true));
      if (operator === 'GTE' || operator === 'EQ') from = Math.max(from, placeOf(rows, index, value, false));
      if (operator === 'LT') to = Math.min(to, placeOf(rows, index, value, false));
      if (operator === 'LTE' || operator === 'EQ') to = Math.min(to, placeOf(rows, index, value, true));
    }
    return { rows, from, to };
  }
}

/** Place of the first row whose field is `value` or more (`isBehind`: more). */
function placeOf(rows: Row[], { field }: Index, value: string | number, isBehind: boolean): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const there = rows[middle]?.[field] as string | number;
    if (there < value || (isBehind && there === value)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function indexFor([first, second, ...others]: readonly QueryOrder[]): Index | undefined {
  if (!first?.isAsc || others.length > 0) return undefined;
  if (first.fieldName === '_id' && !second) return byId;
  const isTied = second === undefined || (second.fieldName === '_id' && second.isAsc);
  return first.fieldName === TIME && isTied ? byTime : undefined;
}

/** The page, and how many there are; unless all are counted, counting stops with the page. */
function pageOf(
  { rows: candidates, from, to }: Range,
  holds: (row: Row) => boolean,
  { offset, limit, isCounted }: Pick<TableQuery, 'offset' | 'limit' | 'isCounted'>,
) {
  const rows: Row[] = [];
  let total = 0;
  for (let place = from; place < to; place++) {
    const row = candidates[place];
    if (!row || !holds(row)) continue;
    if (total++ >= offset && rows.length < limit) rows.push(row);
    if (rows.length === limit && !isCounted) break;
  }
  return { rows, total };
}

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
  return byText(textOf(one), textOf(other));
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : `${value as string | number | boolean}`;
}

const isEmpty = (value: unknown) => value === undefined || value === null || value === '';
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);
const has = (value: unknown, wanted: readonly unknown[]) =>
  list(value).some((each) => wanted.some((other) => textOf(each) === textOf(other)));

const OPERATORS: Record<string, (value: unknown, wanted: readonly unknown[]) => boolean> = {
  EQ: (value, wanted) => !isEmpty(value) && has(value, wanted.slice(0, 1)),
  N: (value, wanted) => !has(value, wanted.slice(0, 1)), // finds empty values too
  IN: (value, wanted) => has(value, wanted),
  NIN: (value, wanted) => !has(value, wanted),
  GT: (value, [wanted]) => !isEmpty(value) && compare(value, wanted) > 0,
  GTE: (value, [wanted]) => !isEmpty(value) && compare(value, wanted) >= 0,
  LT: (value, [wanted]) => !isEmpty(value) && compare(value, wanted) < 0,
  LTE: (value, [wanted]) => !isEmpty(value) && compare(value, wanted) <= 0,
  LIKE: (value, [wanted]) => textOf(value).includes(textOf(wanted)),
  NLIKE: (value, [wanted]) => !textOf(value).includes(textOf(wanted)),
  STARTWITH: (value, [wanted]) => textOf(value).startsWith(textOf(wanted)),
  IS: (value) => isEmpty(value),
  ISN: (value) => !isEmpty(value),
};

function testOf({ field_name, operator, field_values }: QueryFilter): (row: Row) => boolean {
  const test = OPERATORS[operator];
  if (!test) throw new Error(`operator ${operator}`);
  return (row) => test(row[field_name], field_values);
}
