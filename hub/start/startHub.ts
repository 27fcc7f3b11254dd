import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import type { Duration } from '../../connectors/kit';
import { keepCompanySettings } from '../config/companySettings';
import { keepRiskSettings } from '../config/riskSettings';
import { keepFunnelSettings } from '../config/funnelSettings';
import { keepHealthSettings } from '../config/healthSettings';
import { keepPipelineSettings } from '../config/pipelineSettings';
import { Tokens } from '../access/tokens';
import { personOf } from '../access/users';
import { scheduleBackups } from '../backup/backupSchedule';
import { keepingOver } from '../backup/keeping';
import { api } from '../http/api';
import type { Auth } from '../http/auth';
import { metricsOver } from '../http/metricsRoute';
import { serveCube } from '../http/serveCube';
import { startWeb } from '../http/server';
import type { SyncSchedule } from '../../workflows';
import type { Text } from '../metrics';
import { type Base, openBase, openRuntime, type Runtime } from '../runtime/openRuntime';
import { beginForecast } from '../runtime/work';
import { openSetup, readConfig, type Setup, type SetupOptions } from '../setup/setup';
import { startWords } from '../words/start';
import { removeHubNote, writeHubNote } from '../work/hubNote';
import { doingOver, readingOver } from '../work/localWork';
import { enterDemo } from './enterDemo';
import { firstWork } from './firstWork';
import { Progress } from './progress';
import { untilWorkers } from './untilWorkers';

export interface HubOptions extends SetupOptions {
  /** 0: any free port. */
  port: number;
  /** Where it listens; default loopback. */
  host?: string;
  /** The address that people use, where a proxy stands before the hub. */
  publicUrl?: string;
  /** False: `millrace worker` processes do the work. */
  withWorker?: boolean;
  print(line: string): void;
}

export interface Hub {
  url: string;
  /** Opens the hub once, signed in as administrator. */
  link(): string;
  close(): Promise<void>;
}

/**
 * The hub (DESIGN section 3): web, Cube, schedules over the warehouse, and in one process with them, unless other processes
 * work, Temporal and its worker.
 */
export async function startHub(options: HubOptions): Promise<Hub> {
  const { print, withWorker = true } = options;
  const progress = new Progress(print);
  const closers: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  try {
    const dataFolder = resolve(options.data);
    const config = readConfig(options);
    const tokens = new Tokens(dataFolder);
    const adminToken = randomBytes(24).toString('base64url');
    let personOfId: Auth['personOf'] = () => Promise.reject(new Error('the warehouse is not open yet'));
    const auth: Auth = { tokens, adminToken, personOf: (id) => personOfId(id) };
    const metrics = metricsOver(print);
    const web = await startWeb({
      ...options,
      auth,
      health: () => progress.health(),
      metrics: metrics.handler,
    });
    closers.push(() => web.close());
    print(`  listening on ${web.url}`);
    const setup = openSetup(options);
    closers.unshift(setup.close);
    const base = await progress.step(
      startWords.warehouse,
      () => openBase({ config, dataFolder, tell: print }),
      describeServer,
    );
    let closeWarehouse = base.close;
    closers.push(() => closeWarehouse());
    await keepCompanySettings(base.warehouse, config);
    await keepRiskSettings(base.warehouse, config);
    await keepFunnelSettings(base.warehouse, config);
    await keepHealthSettings(base.warehouse, config);
    await keepPipelineSettings(base.warehouse, config);
    personOfId = (id) => personOf(id, config, base.warehouse);
    const cube = await progress.step(startWords.cube, () => serveCube(web.app, base.warehouse, auth));
    closers.push(() => cube.close());
    const onProgress = progress.stream.bind(progress);
    const runtime = await openRuntime(base, { ...setup, onProgress, tell: print, withWorker });
    closeWarehouse = runtime.close;
    const reading = readingOver(runtime.warehouse, config, () => Promise.resolve(cube));
    const keeping = keepingOver(runtime.warehouse, options, setup.config);
    const work = { ...doingOver(runtime, setup), ...reading, ...keeping };
    web.serve((router) => router.use('/api', api({ auth, setup, work, warehouse: runtime.warehouse })));
    metrics.serve(runtime.warehouse, setup);
    writeHubNote(dataFolder, { pid: process.pid, url: web.url, token: adminToken });
    closers.push(() => Promise.resolve(removeHubNote(dataFolder)));
    if (!withWorker) await progress.step(startWords.workers, () => untilWorkers(runtime, print));
    await enterDemo(runtime.warehouse, setup);
    await firstWork(runtime, setup, progress);
    await progress.step(startWords.schedules, () => scheduleSyncs(runtime, setup));
    const backups = scheduleBackups(runtime.warehouse, options, config, print);
    closers.push(() => backups.close());
    progress.status = 'ready';
    await beginForecast(runtime.client);
    const address = options.publicUrl?.replace(/\/$/, '') ?? web.url;
    return { url: web.url, link: () => `${address}/login?token=${tokens.oneTimeToken()}`, close };
  } catch (error) {
    progress.status = 'failed';
    progress.message = error instanceof Error ? error.message : String(error);
    await close();
    throw error;
  }
}

async function scheduleSyncs(runtime: Runtime, { config, budgets }: Setup): Promise<void> {
  const syncs = Object.entries(config.connections).map(([connection, { every, reconcile }]) => ({
    connection,
    every: every as Duration,
    isPaid: budgets.has(connection),
    reconcile: reconcile as NonNullable<SyncSchedule['reconcile']>,
  }));
  await runtime.schedule(syncs);
}

function describeServer({ server }: Base): Text {
  if (!server) return startWords.temporalElsewhere;
  return server.isAdopted ? startWords.temporalAdopted : startWords.temporalStarted;
}
