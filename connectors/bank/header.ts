import { headerText } from './cells';
import type { CsvRow } from '../kit/tables';
import type { Layout, Role } from './layouts';

export interface Header {
  layout: Layout;
  /** Index of the header's last row among the rows; a merged header has two. */
  row: number;
  height: 1 | 2;
  /** Columns of each role: by the order in which the layout names them, then from left to right. */
  columns: ReadonlyMap<Role, readonly number[]>;
  /** Header cells, comparable, and their columns. */
  names: ReadonlyMap<string, number>;
  /** How many cells a row may fill. */
  width: number;
}

const LOOK_AT_ROWS = 80; // title blocks have up to 24 rows
const TITLE_ROWS = 3; // below it, another bank may be the payer's

/**
 * The first row that has all the header cells of a layout; of several layouts the one that explains most columns, a bank's own
 * before a general one. A header whose amounts stand in a second row below a merged cell is read as one.
 */
export function findHeader(
  rows: readonly CsvRow[],
  layouts: readonly Layout[],
  fileName: string,
): Header | undefined {
  const looked = rows.slice(0, LOOK_AT_ROWS);
  for (const isGeneral of [false, true]) {
    const own = layouts.filter(({ isFallback }) => isFallback === isGeneral);
    const text = [fileName, ...looked.slice(0, TITLE_ROWS).flatMap(({ cells }) => cells)].join(' ');
    own.sort((one, other) => Number(text.includes(other.bank)) - Number(text.includes(one.bank))); // decides between equals
    for (const [row, { cells }] of looked.entries()) {
      const single = headerOf(cells, own, row, 1);
      const below = looked[row + 1]?.cells;
      const double =
        below && isGroupBelow(below, own) ? headerOf(merged(cells, below), own, row + 1, 2) : undefined;
      if (double && (!single || used(double) > used(single))) return double;
      if (single) return single;
    }
  }
  return undefined;
}

/** Without a digit it is no booking, and alone it is no header: it may be the second row of one. */
const isGroupBelow = (cells: readonly string[], layouts: readonly Layout[]): boolean =>
  cells.every((cell) => !/\d/.test(cell)) && !headerOf(cells, layouts, 0);

/** How many columns a header gives a meaning. */
const used = ({ columns }: Header): number =>
  [...columns.values()].reduce((sum, list) => sum + list.length, 0);

/** The header that a single row is, or undefined: some files have one per account. */
export function headerOf(
  cells: readonly string[],
  layouts: readonly Layout[],
  row: number,
  height: 1 | 2 = 1,
): Header | undefined {
  const names = cells.map(headerText);
  if (names.filter((name) => name !== '').length < 3) return undefined;
  const present = new Set(names);
  const fitting = layouts.filter((layout) => fits(layout, present));
  fitting.sort((one, other) => explained(other, present) - explained(one, present));
  const [layout] = fitting;
  if (!layout) return undefined;
  return {
    layout,
    row,
    height,
    columns: columnsOf(layout, names),
    names: new Map(names.map((name, index) => [name, index])),
    width: names.length,
  };
}

/** The lower cell counts where there is one: the upper one is only the group's title. */
const merged = (upper: readonly string[], lower: readonly string[]): string[] =>
  Array.from({ length: Math.max(upper.length, lower.length) }, (_, index) => {
    const below = headerText(lower[index] ?? '');
    return below === '' ? (upper[index] ?? '') : below;
  });

const namesOf = (key: string): string[] => key.split('|').map(headerText);

const fits = ({ columns, optional }: Layout, present: ReadonlySet<string>) =>
  Object.keys(columns).every(
    (key) => optional.includes(key) || namesOf(key).some((name) => present.has(name)),
  );

const explained = ({ columns }: Layout, present: ReadonlySet<string>) =>
  Object.keys(columns).filter((key) => namesOf(key).some((name) => present.has(name))).length;

function columnsOf({ columns }: Layout, names: readonly string[]): Map<Role, number[]> {
  const found = new Map<Role, number[]>();
  for (const [key, what] of Object.entries(columns)) {
    if (what === '-') continue;
    const name = namesOf(key).find((each) => names.includes(each));
    const indexes = names.flatMap((each, index) => (each === name ? [index] : []));
    if (indexes.length > 0) found.set(what, [...(found.get(what) ?? []), ...indexes]);
  }
  return found;
}
