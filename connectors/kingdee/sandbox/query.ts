import { MSG, Refused } from './errors';
import { type Filter, fieldsIn, parseFilter } from './filter';
import type { FieldType, FormEntity } from './forms';
import type { FormTable, Getter, Line } from './table';
import { text } from './text';

export interface BillQuery {
  fieldKeys: string[];
  filter: unknown;
  order: string;
  topRowCount: number;
  startRow: number;
  limit: number;
}

export interface Column {
  name: string;
  type: FieldType;
  get: Getter;
}

/** The arguments of ExecuteBillQuery, whatever the letters' case of their names. */
export function billQueryOf(data: Record<string, unknown>): BillQuery {
  const get = (name: string) => Object.entries(data).find(([key]) => key.toLowerCase() === name)?.[1];
  const number = (name: string) => Number(get(name) ?? 0) || 0;
  const fieldKeys = text(get('fieldkeys'))
    .split(',')
    .map((key) => key.trim())
    .filter((key) => key !== '');
  if (fieldKeys.length === 0) throw new Refused({ message: 'FieldKeys不能为空', msgCode: MSG.parameter });
  return {
    fieldKeys,
    filter: get('filterstring'),
    order: text(get('orderstring')),
    topRowCount: number('toprowcount'),
    startRow: number('startrow'),
    limit: number('limit'),
  };
}

/** The lines that a query gives, and how its columns are read from them. `cap` is the silent limit of the server. */
export function runQuery(
  table: FormTable,
  query: BillQuery,
  cap: number,
): { columns: Column[]; lines: Line[] } {
  const order = orderOf(query.order);
  const entity = table.entityOf([
    ...query.fieldKeys,
    ...fieldsIn(query.filter),
    ...order.map(({ field }) => field),
  ]);
  const columns = query.fieldKeys.map((name) => ({ name, ...table.getter(name, entity) }));
  const filter = parseFilter(query.filter, {
    getter: (field) => table.getter(field, entity).get,
    isModified: (field) => field.toLowerCase() === table.form.modified.toLowerCase(),
  });
  const size = query.limit > 0 ? Math.min(query.limit, cap) : cap;
  const asked = query.startRow + size;
  const end = query.topRowCount > 0 ? Math.min(query.topRowCount, asked) : asked; // TopRowCount is an end row, not a count
  return { columns, lines: selected(table, entity, filter, order, end).slice(query.startRow, end) };
}

interface Order {
  field: string;
  isDescending: boolean;
}

function orderOf(orderString: string): Order[] {
  const parts = orderString.split(',').filter((part) => part.trim() !== '');
  return parts.map((part) => {
    const [field = '', direction = 'asc'] = part.trim().split(/\s+/);
    return { field, isDescending: direction.toLowerCase() === 'desc' };
  });
}

/** The first `end` lines that pass. The two orders that we keep sorted cost only what they give. */
function selected(
  table: FormTable,
  entity: FormEntity | undefined,
  filter: Filter,
  order: Order[],
  end: number,
): Line[] {
  const id = entity?.entryId ?? table.form.primaryKey;
  const wanted = order
    .map(({ field, isDescending }) => `${field.toLowerCase()}${isDescending ? ' desc' : ''}`)
    .join();
  if (wanted === `${table.form.modified},${id}`.toLowerCase()) {
    return firstOf(table.lines(entity, 'modified'), filter, end, true);
  }
  if (wanted === id.toLowerCase()) return firstOf(table.lines(entity, 'id'), filter, end, false);
  const lines = firstOf(table.lines(entity, 'id'), filter, Number.POSITIVE_INFINITY, false);
  const keys = order.map(({ field, isDescending }) => ({ ...table.getter(field, entity), isDescending }));
  return lines.sort((one, other) => {
    for (const { get, type, isDescending } of keys) {
      const difference = compare(get(one), get(other), type);
      if (difference !== 0) return isDescending ? -difference : difference;
    }
    return 0; // without a unique order the vendor gives equals as it likes
  });
}

function firstOf(lines: Line[], filter: Filter, end: number, isByModified: boolean): Line[] {
  const found: Line[] = [];
  const { from, to } = filter;
  for (let i = isByModified && from !== undefined ? lowerBound(lines, from) : 0; i < lines.length; i++) {
    const line = lines[i];
    if (!line || found.length >= end) break;
    if (isByModified && to !== undefined && line.modified > to) break;
    if (filter.test(line)) found.push(line);
  }
  return found;
}

/** Index of the first line that changed at `from` or later. */
function lowerBound(lines: Line[], from: string): number {
  let low = 0;
  let high = lines.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((lines[middle]?.modified ?? '') < from) low = middle + 1;
    else high = middle;
  }
  return low;
}

function compare(one: unknown, other: unknown, type: FieldType): number {
  if (type === 'number') return Number(one ?? 0) - Number(other ?? 0);
  const [a, b] = [text(one), text(other)];
  return a < b ? -1 : a > b ? 1 : 0;
}
