import { join } from 'node:path';
import type { Client } from '@temporalio/client';
import { messageOf } from '../../connectors/kit';
import type { Warehouse } from '../../warehouse';
import {
  closeLostRuns,
  type Connection,
  type DevServer,
  ensureSchedules,
  Host,
  keepDevServer,
  releaseActivities,
  type StreamProgress,
  type SyncSchedule,
  TASK_QUEUE,
} from '../../workflows';
import type { Config } from '../config/schema';
import { bureauBudget, type Caps } from './bureauBudget';
import { bureauTargets } from './bureauTargets';
import { connectClient, connectWorker } from './connectTemporal';
import { openWarehouse } from './openWarehouse';
import { type RunningWorker, runWorker } from './runWorker';
import { installSdk } from './sdk';
import { openSpoolFolder, type SpoolFolder } from './spoolFolder';
import { type TemporalAddress, temporalAddress } from './temporalAddress';

/** Warehouse and Temporal server over one data folder: what needs no source, so that it can open while sources do. */
export interface Base {
  dataFolder: string;
  spool: SpoolFolder;
  warehouse: Warehouse;
  temporal: TemporalAddress;
  /** Undefined with TEMPORAL_ADDRESS. */
  server: DevServer | undefined;
  close(): Promise<void>;
}

export interface BaseOptions {
  config: Pick<Config, 'warehouse' | 'memoryLimit'>;
  dataFolder: string;
  /** Told while Postgres or Temporal are not there yet. */
  tell(line: string): void;
}

export interface RuntimeOptions {
  connections: readonly Connection[];
  /** Base of relative paths in connections. */
  folder: string;
  budgets: ReadonlyMap<string, Caps>;
  asOfDate(): string;
  tell(line: string): void;
  onProgress?(progress: StreamProgress): void;
  /** False: other processes work, this one only asks (`millrace server`). */
  withWorker?: boolean;
  activitiesAtOnce?: number;
}

/** A base with the connections, a client of Temporal and, where it works itself, a worker. */
export interface Runtime extends Base {
  client: Client;
  host: Host;
  worker: RunningWorker | undefined;
  schedule(syncs: readonly SyncSchedule[]): Promise<void>;
}

export async function openBase(options: BaseOptions): Promise<Base> {
  const { dataFolder } = options;
  const elsewhere = temporalAddress(); // a mistake in the environment is told before anything opens
  const closers: (() => Promise<void>)[] = [];
  const close = () => closeAll(closers);
  try {
    const spool = await openSpoolFolder(join(dataFolder, 'spool'));
    closers.push(() => spool.remove());
    const warehouse = await openWarehouse({ ...options, workFolder: spool.folder });
    closers.push(() => warehouse.close());
    const server = elsewhere
      ? undefined
      : await keepDevServer({ folder: join(dataFolder, 'temporal'), tell: options.tell });
    if (server) closers.push(() => server.close());
    const temporal = elsewhere ?? { address: server?.address ?? '', namespace: 'default' };
    return { dataFolder, spool, warehouse, temporal, server, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Its close() stops in reverse order: worker, connections, server, warehouse. The base stays open when it fails. */
export async function openRuntime(base: Base, options: RuntimeOptions): Promise<Runtime> {
  installSdk();
  const { tell, withWorker = true } = options;
  const closers: (() => Promise<void>)[] = [];
  try {
    const host = hostOver(base, options);
    const { client, close: closeClient } = await connectClient(base.temporal, tell);
    closers.push(closeClient);
    const worker = withWorker ? await startWorker(base, options, host, client, closers) : undefined;
    return {
      ...base,
      client,
      host,
      worker,
      schedule: async (syncs) => void (await ensureSchedules(client, syncs)),
      async close() {
        await closeAll(closers);
        await base.close();
      },
    };
  } catch (error) {
    await closeAll(closers);
    throw error;
  }
}

/** What was opened last is closed first. */
async function closeAll(closers: (() => Promise<void>)[]): Promise<void> {
  for (const closer of closers.splice(0).reverse()) await closer();
}

function hostOver({ warehouse, spool }: Base, options: RuntimeOptions): Host {
  const { connections, folder, asOfDate, budgets, onProgress } = options;
  return new Host({
    warehouse,
    connections,
    spoolFolder: spool.folder,
    folder,
    asOfDate,
    budgetOf: (name, run) => bureauBudget(warehouse, name, budgets.get(name), { run }),
    lookup: () => bureauTargets(warehouse),
    ...(onProgress && { onProgress }),
  });
}

async function startWorker(
  { temporal, warehouse }: Base,
  { tell, activitiesAtOnce }: RuntimeOptions,
  host: Host,
  client: Client,
  closers: (() => Promise<void>)[],
): Promise<RunningWorker> {
  const connection = await connectWorker(temporal, tell);
  closers.push(() => connection.close());
  await afterCrash(client, warehouse).catch((error: unknown) => tell(`  after a crash: ${messageOf(error)}`));
  const { namespace } = temporal;
  const worker = await runWorker(connection, host, {
    namespace,
    ...(activitiesAtOnce && { activitiesAtOnce }),
  });
  closers.push(() => worker.close());
  return worker;
}

/** What a killed process of this machine left half done is taken up at once; what Temporal lost is closed. */
async function afterCrash(client: Client, warehouse: Warehouse): Promise<void> {
  await releaseActivities({ client, taskQueue: TASK_QUEUE });
  await closeLostRuns(client, warehouse);
}
