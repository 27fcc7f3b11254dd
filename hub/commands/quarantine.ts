import { userInfo } from 'node:os';
import { type Command, InvalidArgumentError } from 'commander';
import type { Row } from '../../warehouse';
import type { ReplayPreview } from '../quarantine/contractWork';
import { placeOf, streamPlaceOf } from '../quarantine/places';
import type { SetupOptions } from '../setup/setup';
import { printRows } from './output';
import { withWork } from './withWork';

type Common = () => SetupOptions & { json?: boolean };

interface Filter {
  reason?: string;
  all?: boolean;
}

/** Adds `millrace quarantine list|show|replay|discard` (docs/quarantine-and-drift.md). */
export function addQuarantineCommands(program: Command, common: Common): void {
  const quarantine = program.command('quarantine').description('records that broke their contract');
  quarantine
    .command('list [place]')
    .description('by reason, with the money in them; a place is a connection or connection.stream')
    .option('--all', 'also what was replayed, superseded or discarded')
    .action(async (place: string | undefined, { all }: Filter) => list(common(), place, all));
  quarantine
    .command('show <stream>')
    .description('records as the vendor sent them, with every reason; a stream is connection.stream')
    .option('--reason <text>', 'only those with this reason')
    .option('--limit <n>', 'how many', toLimit, 10)
    .option('--all', 'also what was replayed, superseded or discarded')
    .action(async (stream: string, options: Filter & { limit: number }) => show(common(), stream, options));
  quarantine
    .command('replay [place]')
    .description('load them again by the contract of today; without --yes it only says what would happen')
    .option('--reason <text>', 'only those with this reason')
    .option('--yes', 'do it')
    .action(async (place: string | undefined, options: Filter & { yes?: boolean }) =>
      replay(common(), place, options),
    );
  quarantine
    .command('discard <stream>')
    .description('mark records as not needed; they are kept; without --yes it only says how many')
    .option('--reason <text>', 'all with this reason')
    .option('--record <hash...>', 'these')
    .requiredOption('--why <text>', 'why nobody needs them')
    .option('--by <name>', 'who says so', userInfo().username)
    .option('--yes', 'do it')
    .action(async (stream: string, options: DiscardOptions) => discard(common(), stream, options));
}

type Options = ReturnType<Common>;

async function list(options: Options, place: string | undefined, all = false): Promise<void> {
  const result = await withWork(options, ({ contracts }) =>
    contracts.quarantine({ ...placeOf(place), ...(all && { all }) }),
  );
  if (options.json) return printJson(result);
  printRows(result.groups, false);
  if (result.records > 0)
    console.log(`\n${records(result.records)}${money(result.amountCny)}, each counted once`);
}

async function show(
  options: Options,
  stream: string,
  { reason, all, limit }: Filter & { limit: number },
): Promise<void> {
  const rows = await withWork(options, ({ contracts }) =>
    contracts.quarantined({
      ...streamPlaceOf(stream),
      limit,
      ...(reason !== undefined && { reason }),
      ...(all && { all }),
    }),
  );
  if (options.json) return printJson(rows);
  if (rows.length === 0) console.log('no records');
  for (const row of rows) console.log(`${describe(row)}\n`);
}

/** One record over several lines: a terminal's table has no room for a raw record. */
function describe({ raw, reasons, record_hash, source_id, ...rest }: Row): string {
  const details = Object.entries(rest).filter(([, value]) => value !== null);
  return [
    `${String(record_hash)}  source id ${String(source_id)}`,
    ...String(reasons)
      .split('; ')
      .map((reason) => `  ✗ ${reason}`),
    `  ${details.map(([name, value]) => `${name} ${String(value)}`).join(', ')}`,
    `  ${String(raw)}`,
  ].join('\n');
}

async function replay(
  options: Options,
  place: string | undefined,
  { reason, yes }: Filter & { yes?: boolean },
): Promise<void> {
  const input = { ...placeOf(place), ...(reason !== undefined && { reason }) };
  if (!yes) {
    const preview = await withWork(options, ({ contracts }) => contracts.previewReplay(input));
    if (options.json) return printJson(preview);
    printPreview(preview);
    return;
  }
  const outcome = await withWork(options, ({ contracts }) => contracts.replay(input));
  if (options.json) return printJson(outcome);
  printRows(
    outcome.streams.map(({ error, ...stream }) => ({ ...stream, error: error?.what ?? null })),
    false,
  );
}

function printPreview(preview: ReplayPreview): void {
  printRows(
    preview.map(({ connection, stream, read, loaded, unchanged, quarantined }) => ({
      connection,
      stream,
      records: read,
      would_load: loaded,
      same_or_newer_is_there: unchanged,
      still_bad: quarantined,
    })),
    false,
  );
  for (const { connection, stream, reasons } of preview) {
    for (const [reason, count] of Object.entries(reasons))
      console.log(`  ${connection}.${stream}  ${count} ✗ ${reason}`);
  }
  if (preview.some(({ read }) => read > 0)) console.log('\nNothing was changed. Do it with --yes');
}

interface DiscardOptions {
  reason?: string;
  record?: string[];
  why: string;
  by: string;
  yes?: boolean;
}

async function discard(options: Options, stream: string, request: DiscardOptions): Promise<void> {
  const { reason, record, why, by, yes = false } = request;
  const total = await withWork(options, ({ contracts }) =>
    contracts.discard({
      ...streamPlaceOf(stream),
      why,
      by,
      isConfirmed: yes,
      ...(reason !== undefined && { reason }),
      ...(record && { records: record }),
    }),
  );
  if (options.json) return printJson({ ...total, isDone: yes });
  const what = `${records(total.records)}${money(total.amountCny)}`;
  console.log(yes ? `Discarded ${what}` : `Would discard ${what}. Nothing was changed. Do it with --yes`);
}

const records = (count: number) => `${count} record${count === 1 ? '' : 's'}`;
const money = (amountCny: string | null) => (amountCny === null ? '' : ` with ${amountCny} CNY`);

function printJson(value: unknown): void {
  console.log(JSON.stringify(value, null, 2));
}

function toLimit(text: string): number {
  const limit = Number(text);
  if (!Number.isInteger(limit) || limit < 1 || limit > 1_000)
    throw new InvalidArgumentError('a whole number from 1 to 1000.');
  return limit;
}
