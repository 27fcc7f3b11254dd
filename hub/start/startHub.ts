import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import type { Duration } from '../../connectors/kit';
import { Tokens } from '../access/tokens';
import { personOf } from '../access/users';
import { api } from '../http/api';
import type { Auth } from '../http/auth';
import { serveCube } from '../http/serveCube';
import { startWeb } from '../http/server';
import { type Base, openBase, openRuntime, type Runtime } from '../runtime/openRuntime';
import { openSetup, readConfig, type Setup, type SetupOptions } from '../setup/setup';
import type { Text } from '../metrics';
import { removeHubNote, writeHubNote } from '../work/hubNote';
import { doingOver, readingOver } from '../work/localWork';
import { startWords } from '../words/start';
import { firstWork } from './firstWork';
import { Progress } from './progress';

export interface HubOptions extends SetupOptions {
  /** 0: any free port. */
  port: number;
  print(line: string): void;
}

export interface Hub {
  url: string;
  /** Opens the hub once, signed in as administrator. */
  link(): string;
  close(): Promise<void>;
}

/** The embedded hub (DESIGN section 3): web, Temporal with its worker, warehouse, Cube, in one process on loopback. */
export async function startHub(options: HubOptions): Promise<Hub> {
  const progress = new Progress(options.print);
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
    const web = await startWeb({ port: options.port, auth, health: () => progress.health() });
    closers.push(() => web.close());
    options.print(`  listening on ${web.url}`);
    const setup = openSetup(options);
    closers.unshift(setup.close);
    const base = await progress.step(
      startWords.warehouse,
      () => openBase(dataFolder, config.memoryLimit),
      describeServer,
    );
    let closeWarehouse = base.close;
    closers.push(() => closeWarehouse());
    personOfId = (id) => personOf(id, config, base.warehouse);
    const cube = await progress.step(startWords.cube, () => serveCube(web.app, base.warehouse, auth));
    closers.push(() => cube.close());
    const runtime = await openRuntime(base, { ...setup, onProgress: (stream) => progress.stream(stream) });
    closeWarehouse = runtime.close;
    const reading = readingOver(runtime.warehouse, config, () => Promise.resolve(cube));
    const work = { ...doingOver(runtime, setup), ...reading };
    web.serve((router) => router.use('/api', api({ auth, setup, work, warehouse: runtime.warehouse })));
    writeHubNote(dataFolder, { pid: process.pid, url: web.url, token: adminToken });
    closers.push(() => Promise.resolve(removeHubNote(dataFolder)));
    await firstWork(runtime, setup, progress);
    await progress.step(startWords.schedules, () => scheduleSyncs(runtime, setup));
    progress.status = 'ready';
    return { url: web.url, link: () => `${web.url}/login?token=${tokens.oneTimeToken()}`, close };
  } catch (error) {
    progress.status = 'failed';
    progress.message = error instanceof Error ? error.message : String(error);
    await close();
    throw error;
  }
}

async function scheduleSyncs(runtime: Runtime, { config }: Setup): Promise<void> {
  const syncs = Object.entries(config.connections).map(([connection, { every }]) => ({
    connection,
    every: every as Duration,
  }));
  await runtime.schedule(syncs);
}

function describeServer({ server }: Base): Text {
  if (!server) return startWords.temporalElsewhere;
  return server.isAdopted ? startWords.temporalAdopted : startWords.temporalStarted;
}
