import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { MillraceError } from '../kit';
import { headerText } from './cells';
import common from './common.json';

/** What a column of a bank's file holds; '-' is read by nobody. */
const role = z.enum([
  '-',
  'account',
  'date', // the bank's booking date
  'date_in', // a serial number that begins with the booking date
  'value_date', // from which interest counts
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
  'kind', // what kind of booking; read only by the rules of `neutral`
  'status', // whether money moved; see `ignored`
  'reference',
  'bank_reference', // tells equal lines apart, but is no part of a line's id
]);
export type Role = z.infer<typeof role>;

const layoutShape = z.strictObject({
  name: z.string(),
  about: z.string(),
  /** Header cell, or several that mean the same (`对方户名|对方名称`, the first one found counts) → what the column holds. */
  columns: z.record(z.string(), role),
  /** Keys of `columns` that a file may leave out. */
  optional: z.array(z.string()).default([]),
  /** Words of a flag column besides those of common.json. */
  in: z.array(z.string()).default([]),
  out: z.array(z.string()).default([]),
  /** Flags that say neither in nor out, and which texts of kind, status and remark then tell the direction (regular expressions). */
  neutral: z
    .strictObject({ flags: z.array(z.string()), in: z.string().optional(), out: z.string().optional() })
    .optional(),
  /** Rows that moved no money: each is a set of header cells and regular expressions that all fit. Their status is the name. */
  ignored: z.array(z.record(z.string(), z.string())).default([]),
  /** Labels in the title rows whose value is the account, whatever it looks like (a wallet's nickname). */
  accountLabels: z.array(z.string()).default([]),
  /** A credit card: a positive amount is owed, so it went out. */
  isOwed: z.boolean().default(false),
  /** Chosen only where no bank's own layout fits. */
  isFallback: z.boolean().default(false),
});
const bankShape = z.strictObject({ bank: z.string(), layouts: z.array(layoutShape).min(1) });

/** One file layout of one bank: header cells and what each column holds. */
export type Layout = z.infer<typeof layoutShape> & { bank: string };

/** Every layout that comes with the hub: each JSON file of layouts/ is one bank. */
export const layouts: readonly Layout[] = layoutsIn(join(__dirname, 'layouts'));

/** Layouts of a user's own folder, before ours. Error: `config_invalid` with file and cause. */
export function withOwn(folder: string | undefined): readonly Layout[] {
  return folder === undefined ? layouts : [...layoutsIn(folder), ...layouts];
}

function layoutsIn(folder: string): Layout[] {
  const names = listed(folder).filter((name) => name.endsWith('.json'));
  return names.sort().flatMap((name) => {
    try {
      const { bank, layouts: own } = bankShape.parse(JSON.parse(readFileSync(join(folder, name), 'utf8')));
      return own.map((layout) => ({ ...layout, bank }));
    } catch (cause) {
      throw new MillraceError('config_invalid', {
        what: `A bank layout is not understood: ${cause instanceof z.ZodError ? z.prettifyError(cause) : String(cause)}`,
        where: `file ${join(folder, name)}`,
        todo: 'Copy a file of connectors/bank/layouts and change its header cells',
        cause,
      });
    }
  });
}

function listed(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (cause) {
    throw new MillraceError('config_invalid', {
      what: `The folder of own bank layouts cannot be read: ${(cause as NodeJS.ErrnoException).code ?? 'unknown'}`,
      where: `folder ${folder}`,
      todo: 'Write its path into `layouts` of this connection, or leave `layouts` out',
      cause,
    });
  }
}

/** Words that all banks share. */
export const words = {
  in: new Set(common.in.map(headerText)),
  out: new Set(common.out.map(headerText)),
  accountLabels: common.accountLabels.map(headerText),
  periodLabels: common.periodLabels.map(headerText),
  currencyLabels: common.currencyLabels.map(headerText),
  openingLabels: common.openingLabels.map(headerText),
  closingLabels: common.closingLabels.map(headerText),
  footers: common.footers.map(({ name, pattern }) => ({ name, pattern: new RegExp(pattern) })),
  currencies: common.currencies.map(({ code, names }) => ({ code, names: names.map(headerText) })),
};
