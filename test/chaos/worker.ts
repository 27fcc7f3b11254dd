import { Client, Connection } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker';
import { openSpoolFolder } from '../../hub/runtime/spoolFolder';
import { closeLostRuns, createWorker, Host, releaseActivities } from '../../workflows';
import { chaos, wideChaos } from './connector';
import { KillSwitch, type Place } from './killSwitch';
import { open } from './openWarehouse';

/** What a worker process is told when it is forked (its only argument, as JSON). */
export interface ChaosWorkerOptions {
  /** A DuckDB file, or the address of a Postgres database. */
  warehouse: string;
  spoolFolder: string;
  vendorUrl: string;
  temporal: string;
  taskQueue: string;
  bundle: string;
  /** With the contract that knows held orders. */
  isWide?: boolean;
}

export type ToWorker = { kind: 'arm'; place: Place | null } | { kind: 'ask' } | { kind: 'end' };
export type FromWorker = { kind: 'ready' } | { kind: 'answer' };

/** A worker as a hub holds one, over the chaos source; it ends with its parent. */
async function main(options: ChaosWorkerOptions): Promise<void> {
  Runtime.install({
    logger: new DefaultLogger('ERROR'),
    shutdownSignals: [],
    telemetryOptions: { logging: { forward: {}, filter: 'OFF' } },
  });
  const spool = await openSpoolFolder(options.spoolFolder);
  const warehouse = await open(options.warehouse, spool.folder);
  const killSwitch = new KillSwitch();
  killSwitch.watch(warehouse);
  const settings = { baseUrl: options.vendorUrl, password: 'not-told' };
  const host = new Host({
    warehouse,
    connections: [
      {
        name: 'chaos',
        connector: options.isWide ? wideChaos : chaos,
        settings: () => Promise.resolve(settings),
      },
    ],
    spoolFolder: spool.folder,
    folder: options.spoolFolder,
    asOfDate: () => '2026-06-30',
    budgetOf: () => ({ spend: () => Promise.resolve() }),
    lookup: () => Promise.resolve([]),
    batchRows: 60,
  });
  const { temporal: address, taskQueue, bundle: codePath } = options;
  const connection = await Connection.connect({ address });
  const client = new Client({ connection });
  const native = await NativeConnection.connect({ address });
  const worker = await createWorker({ connection: native, host, codePath, taskQueue });
  await releaseActivities({ client, taskQueue });
  await closeLostRuns(client, warehouse);
  const running = worker.run();
  process.on('message', (message: ToWorker) => {
    if (message.kind === 'arm') killSwitch.arm(message.place ?? undefined);
    if (message.kind === 'ask') process.send?.({ kind: 'answer' } satisfies FromWorker);
    if (message.kind === 'end') worker.shutdown();
  });
  process.once('disconnect', () => process.exit(1));
  process.send?.({ kind: 'ready' } satisfies FromWorker);
  await running;
  await native.close();
  await connection.close();
  await warehouse.close();
  await spool.remove();
  process.exit(0);
}

main(JSON.parse(process.argv[2] ?? '{}') as ChaosWorkerOptions).catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
