import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Client, Connection as ClientConnection } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime as SdkRuntime } from '@temporalio/worker';
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

/** Warehouse and Temporal server over one data folder: what needs no source, so that it can open while sources do. */
export interface Base {
  dataFolder: string;
  warehouse: DuckDbWarehouse;
  address: string;
  /** Undefined with TEMPORAL_ADDRESS. */
  server: DevServer | undefined;
  close(): Promise<void>;
}

export interface RuntimeOptions {
  connections: readonly Connection[];
  /** Base of relative paths in connections. */
  folder: string;
  budgets: ReadonlyMap<string, Caps>;
  asOfDate(): string;
  onProgress?(progress: StreamProgress): void;
}

/** A base with a worker that knows the connections. */
export interface Runtime extends Base {
  client: Client;
  host: Host;
  schedule(syncs: readonly SyncSchedule[]): Promise<void>;
}

export async function openBase(dataFolder: string, memoryLimit: string): Promise<Base> {
  mkdirSync(dataFolder, { recursive: true });
  const external = process.env.TEMPORAL_ADDRESS;
  const warehouse = await DuckDbWarehouse.open({ file: join(dataFolder, 'warehouse.duckdb'), memoryLimit });
  try {
    const server = external ? undefined : await startDevServer({ folder: join(dataFolder, 'temporal') });
    return {
      dataFolder,
      warehouse,
      address: external ?? server?.address ?? '',
      server,
      async close() {
        await server?.close();
        await warehouse.close();
      },
    };
  } catch (error) {
    await warehouse.close();
    throw error;
  }
}

/** Adds host and worker. Its close() stops in reverse order: worker, connections, server, warehouse. */
export async function openRuntime(base: Base, options: RuntimeOptions): Promise<Runtime> {
  const { warehouse, address, dataFolder } = base;
  const { connections, folder, asOfDate, budgets, onProgress } = options;
  quietSdk();
  const spoolFolder = join(dataFolder, 'spool');
  await removeLeftSpools(spoolFolder);
  const host = new Host({
    warehouse,
    connections,
    spoolFolder,
    folder,
    asOfDate,
    budgetOf: (name) => bureauBudget(warehouse, name, budgets.get(name)),
    lookup: () => bureauTargets(warehouse),
    ...(onProgress && { onProgress }),
  });
  const connection = await ClientConnection.connect({ address });
  const native = await NativeConnection.connect({ address });
  await prepareNamespace(connection);
  const worker = await createWorker({ connection: native, host });
  const running = worker.run();
  running.catch(() => undefined); // awaited in close()
  const client = new Client({ connection });
  return {
    ...base,
    client,
    host,
    schedule: async (syncs) => void (await ensureSchedules(client, syncs)),
    async close() {
      if (worker.getState() === 'RUNNING') worker.shutdown();
      await running.catch(() => undefined);
      await native.close();
      await connection.close();
      await base.close();
    },
  };
}

let isQuiet = false;
/** Once a process: the SDK logs warnings only, and signals are the hub's to handle. */
function quietSdk(): void {
  if (isQuiet) return;
  isQuiet = true;
  const logger = new DefaultLogger('ERROR', ({ level, message }) =>
    console.error(`[temporal] ${level}: ${message}`),
  );
  SdkRuntime.install({
    logger,
    shutdownSignals: [],
    telemetryOptions: { logging: { forward: {}, filter: 'ERROR' } },
  });
}
