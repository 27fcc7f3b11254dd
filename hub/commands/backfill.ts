import type { Command } from 'commander';
import { MillraceError } from '../../connectors/kit';
import type { Row } from '../../warehouse';
import type { Slice } from '../../workflows';
import type { BackfillDetail, LoadingWork, Steering } from '../loading/loadingWork';
import { today } from '../setup/day';
import type { SetupOptions } from '../setup/setup';
import { toDay } from './dayArgument';
import { printRows } from './output';
import { withWork } from './withWork';

type Common = () => SetupOptions & { json?: boolean };

interface BackfillOptions {
  from: string;
  to: string;
  stream?: string[];
  slice?: Slice;
}

const LOOK_EVERY_MS = 1_000;
const PATIENCE = 60; // looks: a worker may be starting
const UNFINISHED = ['running', 'paused'];

/** Adds `millrace backfill` with list, show, pause, resume and cancel (docs/syncing.md). */
export function addBackfillCommands(program: Command, common: Common): void {
  const command: Command = program
    .command('backfill <connection>')
    .description('read a range of days again, in slices; the cursor stays')
    .option('--from <day>', 'first day', toDay)
    .option('--to <day>', 'last day, included (default: today)', toDay)
    .option('--stream <name...>', 'only these streams')
    .option('--slice <size>', 'day, month or year; default by the length of the range')
    .action(async (connection: string, { from, to, ...options }: Partial<BackfillOptions>) => {
      if (from === undefined) command.error("error: option '--from <day>' is missing"); // commander would want it of `list` too
      await backfill(common(), connection, { ...options, from, to: to ?? today() });
    });
  command
    .command('list')
    .description('backfills with their slices')
    .action(async () =>
      printRows(await withWork(common(), ({ loading }) => loading.backfills()), common().json ?? false),
    );
  command
    .command('show <id>')
    .description('one of them, slice by slice')
    .action(async (id: string) => show(common(), id));
  for (const steering of ['pause', 'resume', 'cancel'] as const)
    command
      .command(`${steering} <id>`)
      .description(MEANING[steering])
      .action(async (id: string) => steer(common(), id, steering));
}

const MEANING = {
  pause: 'after the slices that run now',
  resume: 'goes on, also after it failed or was cancelled; what is done is not done again',
  cancel: 'stops it; what is done stays',
} as const satisfies Record<Steering, string>;

/** Starts one and tells how far it came until it ends. Ctrl-C leaves it to the hub, or to the next start. */
export async function backfill(
  options: ReturnType<Common>,
  connection: string,
  { from, to, stream, slice }: BackfillOptions,
): Promise<void> {
  await withWork(options, async ({ loading }) => {
    const input = { connection, from, to, ...(stream && { streams: stream }), ...(slice && { slice }) };
    const { backfillId } = await loading.backfill(input);
    console.error(
      `backfill ${backfillId}: to look at it or to stop it: millrace backfill show|pause|cancel ${backfillId}`,
    );
    await follow(options, loading, backfillId);
  });
}

async function steer(options: ReturnType<Common>, id: string, steering: Steering): Promise<void> {
  await withWork(options, async ({ loading }) => {
    const { backfillId } = await loading.steerBackfill(id, steering);
    if (steering === 'resume') await follow(options, loading, backfillId);
    else console.error(`backfill ${backfillId}: ${steering} asked for`);
  });
}

async function show(options: ReturnType<Common>, id: string): Promise<void> {
  const detail = await withWork(options, ({ loading }) => loading.backfillOf(id));
  if (options.json) console.log(JSON.stringify(detail, null, 2));
  else {
    printRows([detail.backfill], false);
    printRows(detail.slices, false);
  }
}

async function follow(options: ReturnType<Common>, loading: LoadingWork, id: string): Promise<void> {
  let told = '';
  for (let looks = 0; ; looks++) {
    const detail = await planned(loading, id, looks);
    const line = detail ? lineOf(detail) : told;
    if (line !== told) console.error(line);
    told = line;
    if (detail && !UNFINISHED.includes(String(detail.backfill.status))) {
      if (options.json) console.log(JSON.stringify(detail, null, 2));
      else printRows(detail.streams.map(withProblem), false);
      if (detail.backfill.status !== 'done') process.exitCode = 1;
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

/** Undefined in the moment between its start and its first row in the warehouse. */
async function planned(loading: LoadingWork, id: string, looks: number): Promise<BackfillDetail | undefined> {
  try {
    return await loading.backfillOf(id);
  } catch (error) {
    if (error instanceof MillraceError && error.code === 'not_found' && looks < PATIENCE) return undefined;
    throw error;
  }
}

const lineOf = ({ backfill: found, streams }: BackfillDetail) =>
  `  ${String(found.status)}: ${streams.map(({ stream, done, slices }) => `${String(stream)} ${String(done)}/${String(slices)}`).join(', ')}`;

function withProblem({ error, ...stream }: Row): Row {
  return { ...stream, error: error ? (JSON.parse(String(error)) as { what: string }).what : null };
}
