import { userInfo } from 'node:os';
import { type Command, InvalidArgumentError } from 'commander';
import type { Row } from '../../warehouse';
import { ADMIN } from '../access/users';
import {
  type CustomerDetail,
  type CustomerWork,
  type Decided,
  QUEUE_KINDS,
  type QueueFilter,
} from '../customers/customerWork';
import type { SetupOptions } from '../setup/setup';
import { printRows } from './output';
import { withWork } from './withWork';

type Common = () => SetupOptions & { json?: boolean };
type Kind = NonNullable<QueueFilter['kind']>;

interface ActOptions {
  reason?: string;
  preview?: boolean;
  by: string;
}

/** Adds `millrace customer list|show|queue|decisions|merge|split|keep-apart|undo` (docs/merging-customers.md). */
export function addCustomerCommands(program: Command, common: Common): void {
  const customer = program.command('customer').description('which records are one customer, and why');
  addReading(customer, common);
  addActing(customer, common);
}

function addReading(customer: Command, common: Common): void {
  customer
    .command('list')
    .description('customers with what they owe and ordered, the largest first')
    .option('--search <text>', 'part of a name or number, or a credit code')
    .option('--several', 'only those of two or more records')
    .option('--limit <n>', 'how many', toLimit, 50)
    .action(async (filter: { search?: string; several?: boolean; limit: number }) =>
      printRows(
        await withWork(common(), ({ customers }) => customers.list(filter, ADMIN)),
        common().json ?? false,
      ),
    );
  customer
    .command('show <customer>')
    .description('its records, the rule and evidence of each link, and what people decided')
    .action(async (ref: string) => {
      const detail = await withWork(common(), ({ customers }) => customers.show(ref, ADMIN));
      if (common().json) return console.log(JSON.stringify(detail, null, 2));
      printDetail(detail);
    });
  customer
    .command('queue')
    .description('what may be one customer and waits for you, the most money first')
    .option('--kind <kind>', QUEUE_KINDS.join(', '), toKind)
    .option('--limit <n>', 'how many', toLimit, 50)
    .action(async (filter: { kind?: Kind; limit: number }) => {
      const queue = await withWork(common(), ({ customers }) => customers.queue(filter, ADMIN));
      if (common().json) return console.log(JSON.stringify(queue, null, 2));
      printRows(
        queue.rows.map((row) => columnsOf(row, QUEUE_COLUMNS)),
        false,
      );
      for (const { kind, waiting, moneyCny } of queue.totals)
        console.log(`${kind}: ${waiting} waiting, ${moneyCny} CNY`);
    });
  customer
    .command('decisions')
    .description('what people decided, newest first; undo takes an id')
    .option('--limit <n>', 'how many', toLimit, 50)
    .action(async ({ limit }: { limit: number }) =>
      printRows(
        await withWork(common(), ({ customers }) => customers.decisions(limit, ADMIN)),
        common().json ?? false,
      ),
    );
}

function addActing(customer: Command, common: Common): void {
  const act = (decide: (customers: CustomerWork) => Promise<Decided>) => decided(common(), decide);
  withActOptions(
    customer
      .command('merge <refs...>')
      .description('these are one customer: ids of customers or of records, like kingdee:KH0001'),
  ).action(async (refs: string[], options: ActOptions) =>
    act((customers) => customers.merge({ refs, ...options }, ADMIN)),
  );
  withActOptions(
    customer
      .command('split <records...>')
      .description('these records leave their customer and are one of their own'),
  ).action(async (records: string[], options: ActOptions) =>
    act((customers) => customers.split({ records, ...options }, ADMIN)),
  );
  withActOptions(
    customer
      .command('keep-apart <record> <other>')
      .description('these are not the same: never suggested nor linked by name again'),
  ).action(async (record: string, other: string, options: ActOptions) =>
    act((customers) => customers.keepApart({ pair: [record, other], ...options }, ADMIN)),
  );
  withActOptions(
    customer.command('undo <decision>').description('take a merge, a split or a keep-apart back'),
  ).action(async (decision: string, options: ActOptions) =>
    act((customers) => customers.undo({ decision, ...options }, ADMIN)),
  );
}

const withActOptions = (command: Command): Command =>
  command
    .option('--reason <text>', 'why')
    .option('--preview', 'only say what would move')
    .option('--by <name>', 'who says so', userInfo().username);

async function decided(
  options: ReturnType<Common>,
  decide: (customers: CustomerWork) => Promise<Decided>,
): Promise<void> {
  const result = await withWork(options, ({ customers }) => decide(customers));
  if (options.json) return console.log(JSON.stringify(result, null, 2));
  console.log(result.preview ? 'Nothing is written down yet.' : `${result.kind} ${result.decision}`);
  if (result.moves.length === 0) return console.log('No record changes its customer.');
  printRows(
    result.moves.map(({ recordId, name, from, to, toName }) => ({ recordId, name, from, to, toName })),
    false,
  );
  printRows(
    result.money.map((money) => ({ ...money })),
    false,
  );
  console.log('Numbers follow with the next build; frozen months stay as they are.');
}

function printDetail({ customer, records, decisions }: CustomerDetail): void {
  printRows([customer], false);
  printRows(
    records.map((row) => columnsOf(row, RECORD_COLUMNS)),
    false,
  );
  for (const { record_id, moves_to } of records)
    if (moves_to !== null && moves_to !== undefined)
      console.log(`${String(record_id)} goes to ${String(moves_to)} with the next build`);
  if (decisions.length > 0) printRows(decisions, false);
}

const RECORD_COLUMNS = [
  'record_id',
  'kind',
  'name',
  'credit_code',
  'rule',
  'evidence',
  'reviewed_by',
  'reviewed_at',
  'receivable_cny',
  'intake_cny',
] as const;

const QUEUE_COLUMNS = [
  'kind',
  'money_cny',
  'record_a',
  'name_a',
  'record_b',
  'name_b',
  'score',
  'reasons',
] as const;

const columnsOf = (row: Row, names: readonly string[]): Row =>
  Object.fromEntries(names.map((name) => [name, row[name] ?? null]));

function toKind(text: string): Kind {
  const kind = QUEUE_KINDS.find((one) => one === text);
  if (!kind) throw new InvalidArgumentError(`one of ${QUEUE_KINDS.join(', ')}.`);
  return kind;
}

function toLimit(text: string): number {
  const limit = Number(text);
  if (!Number.isInteger(limit) || limit < 1 || limit > 1_000)
    throw new InvalidArgumentError('a whole number from 1 to 1000.');
  return limit;
}
