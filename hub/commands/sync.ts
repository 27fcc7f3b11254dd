import type { Command } from 'commander';
import { MillraceError } from '../../connectors/kit';
import type { SetupOptions } from '../setup/setup';
import { today } from '../setup/day';
import type { Work } from '../work/work';
import { backfill } from './backfill';
import { toDay } from './dayArgument';
import { printRows } from './output';
import { withWork } from './withWork';

type Common = () => SetupOptions & { json?: boolean };

interface SyncOptions {
  stream?: string[];
  full?: boolean;
  from?: string;
  to?: string;
  reconcile?: boolean;
  confirmDeletes?: boolean;
}

/** Adds `millrace sync` (docs/syncing.md). */
export function addSyncCommand(program: Command, common: Common): void {
  program
    .command('sync [connection]')
    .description('sync one or all connections and build what changed')
    .option('--stream <name...>', 'only these streams')
    .option('--full', 'read everything again beside the tables, then swap it in')
    .option('--from <day>', 'a backfill from this day on; the cursor stays', toDay)
    .option('--to <day>', 'up to this day, included (default: today)', toDay)
    .option('--reconcile', 'also mark what the vendor deleted')
    .option('--confirm-deletes', 'mark them although they are many')
    .action(async (connection: string | undefined, options: SyncOptions) => {
      const { from, to, stream, full, reconcile } = options;
      if (from === undefined && to === undefined) return sync(common(), connection, options);
      if (connection === undefined || from === undefined || full || reconcile) {
        throw new MillraceError('bad_request', {
          what: 'A range of days is a backfill: it needs a connection and --from, and goes with neither --full nor --reconcile',
          todo: 'Write for example: millrace sync erp --from 2026-03-01 --to 2026-03-31',
        });
      }
      return backfill(common(), connection, { from, to: to ?? today(), ...(stream && { stream }) });
    });
}

async function sync(
  options: ReturnType<Common>,
  connection: string | undefined,
  { stream, full, reconcile, confirmDeletes }: SyncOptions,
): Promise<void> {
  const input = {
    ...(stream && { streams: stream }),
    ...(full && { isFull: true }),
    ...(reconcile && { reconcile: true }),
    ...(confirmDeletes && { confirmDeletes: true }),
  };
  await withWork(options, async (work) => {
    const results = [];
    for (const name of connection ? [connection] : await connectionsOf(work))
      results.push({ connection: name, ...(await work.sync({ connection: name, ...input })) });
    if (options.json) {
      console.log(JSON.stringify(results, null, 2));
      return;
    }
    const rows = results.flatMap(({ streams, connection: name }) =>
      streams.map(({ error, ...one }) => ({ connection: name, ...one, error: error?.what ?? null })),
    );
    printRows(rows, false);
  });
}

const connectionsOf = async (work: Work) => (await work.status()).sources.map(({ connection }) => connection);
