import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Client, Connection as ClientConnection } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime as SdkRuntime, type Worker } from '@temporalio/worker';
import { DuckDbWarehouse, removeLeftSpools } from '../../warehouse';
import {
  type Connection,
  createWorker,
  type DevServer,
  ensureSchedules,
  Host,
  prepareNamespace,
  type StreamProgress,
  startDevServer,
  type SyncSchedule,
} from '../../workflows';
import { bureauBudget, type Caps } from './bureauBudget';
import { bureauTargets } from './bureauTargets';

export interface RuntimeOptions {
  dataFolder: string;
  connections: readonly Connection[];
  /** Base of relative paths in connections. */
  folder: string;
  budgets: ReadonlyMap<string, Caps>;
  asOfDate(): string;
  memoryLimit?: string;
  onProgress?(progress: StreamProgress): void;
}

/** Warehouse, Temporal and a worker in this process, over one data folder. */
export interface Runtime {
  warehouse: DuckDbWarehouse;
  client: Client;
  host: Host;
  server: DevServer | undefined;
  asOfDate(): string;
  schedule(syncs: readonly SyncSchedule[]): Promise<void>;
  close(): Promise<void>;
}

/** Opens what an embedded hub and a lone command need. Stops in reverse order: worker, connections, server, warehouse. */
export async function openRuntime(options: RuntimeOptions): Promise<Runtime> {
  const { dataFolder, connections, budgets } = options;
  mkdirSync(dataFolder, { recursive: true });
  const spoolFolder = join(dataFolder, 'spool');
  const { memoryLimit } = options;
  const warehouse = await DuckDbWarehouse.open({ file: join(dataFolder, 'warehouse.duckdb'), ...(memoryLimit && { memoryLimit }) });
  await removeLeftSpools(spoolFolder);
  const host = new Host({
    warehouse,
    connections,
    spoolFolder,
    folder: options.folder,
    asOfDate: options.asOfDate,
    budgetOf: (name) => bureauBudget(warehouse, name, budgets.get(name)),
    lookup: () => bureauTargets(warehouse),
    ...(options.onProgress && { onProgress: options.onProgress }),
  });
  try {
    const temporal = await openTemporal(dataFolder, host);
    return {
      warehouse,
      client: temporal.client,
      host,
      server: temporal.server,
      asOfDate: options.asOfDate,
      schedule: async (syncs) => void (await ensureSchedules(temporal.client, syncs)),
      async close() {
        await temporal.close();
        await warehouse.close();
      },
    };
  } catch (error) {
    await warehouse.close();
    throw error;
  }
}

async function openTemporal(dataFolder: string, host: Host) {
  quietSdk();
  const external = process.env.TEMPORAL_ADDRESS;
  const server = external ? undefined : await startDevServer({ folder: join(dataFolder, 'temporal') });
  const address = external ?? server?.address ?? '';
  const connection = await ClientConnection.connect({ address });
  const native = await NativeConnection.connect({ address });
  await prepareNamespace(connection);
  const worker = await createWorker({ connection: native, host });
  const running = worker.run();
  running.catch(() => undefined); // awaited in close()
  return {
    client: new Client({ connection }),
    server,
    async close() {
      stopWorker(worker);
      await running.catch(() => undefined);
      await native.close();
      await connection.close();
      await server?.close();
    },
  };
}

function stopWorker(worker: Worker): void {
  if (worker.getState() === 'RUNNING') worker.shutdown();
}

let isQuiet = false;
/** Once a process: the SDK logs warnings only, and signals are the hub's to handle. */
function quietSdk(): void {
  if (isQuiet) return;
  isQuiet = true;
  const logger = new DefaultLogger('ERROR', ({ level, message }) => console.error(`[temporal] ${level}: ${message}`));
  SdkRuntime.install({ logger, shutdownSignals: [], telemetryOptions: { logging: { forward: {}, filter: 'ERROR' } } });
}
