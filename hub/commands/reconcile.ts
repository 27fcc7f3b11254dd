import type { Command } from 'commander';
import { MillraceError } from '../../connectors/kit';
import { isOverBrake, type Row } from '../../warehouse';
import type { Reconciled } from '../loading/loadingWork';
import type { SetupOptions } from '../setup/setup';
import { printRows } from './output';
import { withWork } from './withWork';

type Common = () => SetupOptions & { json?: boolean };

interface ReconcileOptions {
  stream?: string[];
  apply?: boolean;
  confirmDeletes?: boolean;
}

/** Adds `millrace reconcile` (docs/syncing.md). */
export function addReconcileCommand(program: Command, common: Common): void {
  program
    .command('reconcile [connection]')
    .description('what the vendor deleted, by comparison of all keys; without --apply it only shows')
    .option('--stream <name...>', 'only these streams')
    .option('--apply', 'mark them as deleted; more than 5 % or 100 rows stop it')
    .option('--confirm-deletes', 'with --apply: mark those that were shown, although they are many')
    .action(async (connection: string | undefined, options: ReconcileOptions) =>
      reconcile(common(), connection, options),
    );
}

async function reconcile(
  options: ReturnType<Common>,
  connection: string | undefined,
  { stream, apply = false, confirmDeletes = false }: ReconcileOptions,
): Promise<void> {
  if (confirmDeletes && !apply)
    throw new MillraceError('bad_request', {
      what: 'A look confirms nothing',
      todo: 'Write both: --apply --confirm-deletes',
    });
  const input = {
    isPreview: !apply,
    ...(stream && { streams: stream }),
    ...(confirmDeletes && { confirmDeletes }),
  };
  await withWork(options, async (work) => {
    const names = connection ? [connection] : (await work.status()).sources.map((one) => one.connection);
    const results: (Reconciled & { connection: string })[] = [];
    for (const name of names)
      results.push({ connection: name, ...(await work.loading.reconcile({ connection: name, ...input })) });
    if (options.json) console.log(JSON.stringify(results, null, 2));
    else for (const result of results) print(result, apply);
  });
}

function print(
  { connection, streams, previews }: Reconciled & { connection: string },
  isApplied: boolean,
): void {
  printRows(
    streams.map(({ stream, status, listed, known, gone, deleted, revived }) => ({
      connection,
      stream,
      status: status === 'skipped' ? 'skipped: its source lists no keys' : status,
      listed,
      known,
      gone,
      share: known === 0 ? '' : `${((gone / known) * 100).toFixed(1)} %`,
      amount_cny: previews.find((row) => row.stream === stream)?.amount_cny ?? null,
      deleted,
      revived,
    })),
    false,
  );
  for (const preview of previews) {
    if (Number(preview.gone_rows) === 0) continue;
    console.log(
      `\n${isApplied ? 'Marked' : 'Gone'} in ${connection}.${String(preview.stream)}, for example:`,
    );
    printRows(JSON.parse(String(preview.examples)) as Row[], false);
    if (!isApplied) console.log(nextStep(connection, preview));
  }
}

function nextStep(connection: string, { stream, gone_rows: gone, known_rows: known }: Row): string {
  const isMany = isOverBrake(Number(gone), Number(known));
  const command = `millrace reconcile ${connection} --stream ${String(stream)} --apply${isMany ? ' --confirm-deletes' : ''}`;
  return `${isMany ? 'These are many; if they were really deleted, run' : 'To mark them, run'}: ${command}`;
}
