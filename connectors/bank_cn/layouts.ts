import { z } from 'zod';
import abc from './layouts/abc.json';
import boc from './layouts/boc.json';
import bocom from './layouts/bocom.json';
import ccb from './layouts/ccb.json';
import cmb from './layouts/cmb.json';
import common from './layouts/common.json';
import icbc from './layouts/icbc.json';
import plain from './layouts/plain.json';
import { headerText } from './cells';

/** What a column of a bank's file holds; '-' is read by nobody. */
const role = z.enum([
  '-',
  'account',
  'date', // the bank's booking date
  'time', // time, or date and time, of the transaction; its date counts where there is no booking date
  'amount', // signed, or with a flag
  'in',
  'out',
  'flag',
  'balance',
  'currency',
  'counterparty_name',
  'counterparty_account',
  'payer_name',
  'payer_account',
  'payee_name',
  'payee_account',
  'remark', // several are joined
  'reference',
]);
export type Role = z.infer<typeof role>;

const layoutShape = z.strictObject({
  name: z.string(),
  about: z.string(),
  columns: z.record(z.string(), role),
  optional: z.array(z.string()).default([]),
});
const bankShape = z.strictObject({ bank: z.string(), layouts: z.array(layoutShape).min(1) });

/** One file layout of one bank: header cells and what each column holds. */
export type Layout = z.infer<typeof layoutShape> & { bank: string };

/** Every known layout. A new bank is a JSON file beside the others and a line here. */
export const layouts: readonly Layout[] = [icbc, ccb, cmb, abc, boc, bocom, plain].flatMap((file) => {
  const { bank, layouts: own } = bankShape.parse(file);
  return own.map((layout) => ({ ...layout, bank }));
});

/** Words that all banks share. */
export const words = {
  in: new Set(common.in.map(headerText)),
  out: new Set(common.out.map(headerText)),
  accountLabels: common.accountLabels.map(headerText),
  periodLabels: common.periodLabels.map(headerText),
  footers: common.footers.map(({ name, pattern }) => ({ name, pattern: new RegExp(pattern) })),
};

export interface Header {
  layout: Layout;
  /** Index of the header among the rows. */
  row: number;
  /** Columns of each role, from left to right. */
  columns: ReadonlyMap<Role, readonly number[]>;
}

const LOOK_AT_ROWS = 60; // title blocks have up to 23 rows

/** The first row that has all the header cells of a layout; of several layouts the one that explains most columns. */
export function findHeader(rows: readonly { cells: readonly string[] }[]): Header | undefined {
  for (const [row, { cells }] of rows.slice(0, LOOK_AT_ROWS).entries()) {
    const names = cells.map(headerText);
    const fitting = layouts.filter((layout) => fits(layout, names));
    fitting.sort((one, other) => known(other, names) - known(one, names));
    const [layout] = fitting;
    if (layout) return { layout, row, columns: columnsOf(layout, names) };
  }
  return undefined;
}

const fits = ({ columns, optional }: Layout, names: readonly string[]) =>
  Object.keys(columns).every((name) => optional.includes(name) || names.includes(headerText(name)));

const known = ({ columns }: Layout, names: readonly string[]) =>
  Object.keys(columns).filter((name) => names.includes(headerText(name))).length;

function columnsOf({ columns }: Layout, names: readonly string[]): Map<Role, number[]> {
  const found = new Map<Role, number[]>();
  const roles = new Map(Object.entries(columns).map(([name, what]) => [headerText(name), what]));
  for (const [index, name] of names.entries()) {
    const what = roles.get(name);
    if (what && what !== '-') found.set(what, [...(found.get(what) ?? []), index]);
  }
  return found;
}
