import { type Command, InvalidArgumentError } from 'commander';
import { ADMIN } from '../access/users';
import type { CustomerPage } from '../customer360/customer360Work';
import type { SetupOptions } from '../setup/setup';
import { printRows } from './output';
import { withWork } from './withWork';

type Common = () => SetupOptions & { json?: boolean };

/** Adds `millrace customer360` (docs/customer-360.md). */
export function addCustomer360Command(program: Command, common: Common): void {
  program
    .command('customer360 [customer]')
    .description('everything about one customer: an id, a credit code or a whole name')
    .option('--find <text>', 'list customers by part of a name, a credit code or an id instead')
    .option('--limit <n>', 'with --find: how many', toLimit, 20)
    .option('--review <note>', 'its base data was looked through: the yearly refresh begins anew')
    .action(async (named: string | undefined, options: { find?: string; limit: number; review?: string }) => {
      const isJson = common().json ?? false;
      if (named === undefined) {
        const filter = { limit: options.limit, ...(options.find !== undefined && { text: options.find }) };
        return printRows(await withWork(common(), (work) => work.customer360.find(filter, ADMIN)), isJson);
      }
      const page = await withWork(common(), async ({ customer360 }) => {
        const found = await customer360.page(named, ADMIN);
        if (options.review === undefined) return found;
        await customer360.review(found.customerId, options.review, ADMIN);
        return customer360.page(found.customerId, ADMIN);
      });
      if (isJson) console.log(JSON.stringify(page, null, 2));
      else print(page);
    });
}

function print({ asOf, base, figures, sections, statements }: CustomerPage): void {
  const { customer, freshDate, isReviewDue } = base;
  console.log(`${String(customer.name)}  ${String(customer.customer_id)}  as of ${asOf}`);
  console.log(
    `base data of ${freshDate ?? '—'}${isReviewDue ? ': older than a year, look it through' : ''}; ${statements} statements`,
  );
  printRows([customer], false);
  printRows(
    Object.entries(figures).map(([figure, value]) => ({ figure, value })),
    false,
  );
  for (const [name, { completeness, readAt, lists }] of Object.entries(sections)) {
    console.log(`\n${name}: ${completeness}${readAt === null ? '' : `, read ${readAt}`}`);
    for (const [list, rows] of Object.entries(lists)) {
      console.log(`  ${list}: ${rows.length}`);
      if (rows.length > 0) printRows(rows.slice(0, 5), false);
    }
  }
}

function toLimit(text: string): number {
  const limit = Number(text);
  if (!Number.isInteger(limit) || limit < 1 || limit > 200)
    throw new InvalidArgumentError('a whole number from 1 to 200.');
  return limit;
}
