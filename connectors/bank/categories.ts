import { z } from 'zod';
import rulesFile from './categories.json';
import { headerText } from './cells';
import type { Entry } from './parsed';

const ruleShape = z.strictObject({
  category: z.enum(['customer', 'interest', 'tax', 'loan', 'refund', 'supplier', 'other']),
  direction: z.enum(['in', 'out']).optional(),
  remark: z.string().optional(),
  counterparty: z.string().optional(),
});
export type Category = z.infer<typeof ruleShape>['category'] | 'internal';

const rules = z
  .array(ruleShape)
  .parse(rulesFile)
  .map(({ remark, counterparty, ...rule }) => ({
    ...rule,
    remark: remark === undefined ? undefined : new RegExp(remark),
    counterparty: counterparty === undefined ? undefined : new RegExp(counterparty),
  }));

/** Who we are, to know transfers between our own accounts. */
export interface Own {
  names: ReadonlySet<string>;
  accounts: ReadonlySet<string>;
}

export const ownOf = (names: readonly string[], accounts: Iterable<string>): Own => ({
  names: new Set(names.map(headerText)),
  accounts: new Set(accounts),
});

/**
 * What kind of line this is, by rules that are data (categories.json; the first that fits). Money in that no rule fits has
 * no category: it stays a customer's until somebody knows better (METRICS section 4).
 */
export function categoryOf(entry: Entry, own: Own): Category | null {
  const name = headerText(entry.counterpartyName ?? '');
  const account = (entry.counterpartyAccount ?? '').replace(/\s/g, '');
  if (own.names.has(name) || (account !== entry.account && own.accounts.has(account))) return 'internal';
  const direction = entry.amount.startsWith('-') ? 'out' : 'in';
  const fitting = rules.find(
    (rule) =>
      (rule.direction ?? direction) === direction &&
      (rule.remark?.test(entry.remark ?? '') ?? true) &&
      (rule.counterparty?.test(name) ?? true),
  );
  return fitting?.category ?? null;
}
