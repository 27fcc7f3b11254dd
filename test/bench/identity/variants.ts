import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readCompanyName } from '../../../identity/companyName';
import { resolveCustomers } from '../../../identity/resolve/resolveCustomers';

interface Variants {
  names: number;
  customers: number;
  /** Pairs of names of one customer. */
  pairs: number;
  rules: { rule: string; linked: number; right: number }[];
}

/** Names with a true customer from ../shared/realdata, read from there only; null where they are not. */
export function measureVariants(): Variants | null {
  const file = variantsFile();
  if (!existsSync(file)) return null;
  const rows = readFileSync(file, 'utf8')
    .split(/\r?\n/)
    .slice(1)
    .filter(Boolean)
    .map((line) => ({ customer: line.slice(0, line.indexOf(',')), name: line.slice(line.indexOf(',') + 1) }));
  const links = resolveCustomers(
    rows.map(({ name }, at) => ({
      id: `erp:${at}`,
      connection: 'erp',
      sourceId: String(at),
      kind: 'erp',
      name,
      shortName: null,
      formerNames: [],
      creditCode: null,
    })),
    [],
  );
  const groupOf = new Map(links.map(({ record, customerId }) => [Number(record.sourceId), customerId]));
  const count = (keyOf: (at: number) => string) => pairsBy(rows, keyOf);
  const customer = (at: number): string => rows[at]?.customer ?? '';
  const rules = [
    ['linked by itself (equal names, one legal form)', (at: number) => String(groupOf.get(at))],
    [
      'equal brand, any legal form (a suggestion at most)',
      (at: number) => readCompanyName(rows[at]?.name ?? '').core,
    ],
  ] as const;
  return {
    names: rows.length,
    customers: new Set(rows.map((row) => row.customer)).size,
    pairs: count(customer),
    rules: rules.map(([rule, keyOf]) => ({
      rule,
      linked: count(keyOf),
      right: count((at) => `${customer(at)}\n${keyOf(at)}`),
    })),
  };
}

function pairsBy(rows: readonly unknown[], keyOf: (at: number) => string): number {
  const counts = new Map<string, number>();
  for (const at of rows.keys()) counts.set(keyOf(at), (counts.get(keyOf(at)) ?? 0) + 1);
  return [...counts.values()].reduce((sum, each) => sum + (each * (each - 1)) / 2, 0);
}

/** Where the set lies if it is there: MILLRACE_REALDATA, else beside the project. */
export const variantsFile = (): string =>
  join(
    process.env.MILLRACE_REALDATA ?? resolve('..', 'shared', 'realdata'),
    'names-variants',
    'name_variants.csv',
  );
