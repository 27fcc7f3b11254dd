import { randomBytes } from 'node:crypto';
import type { Duration } from '../../connectors/kit';
import { Tokens } from '../access/tokens';
import { personOf, securityContext } from '../access/users';
import { type EmbeddedCube, startCube } from '../cube';
import { api } from '../http/api';
import type { Auth } from '../http/auth';
import { startWeb, type Web } from '../http/server';
import { openRuntime, type Runtime } from '../runtime/openRuntime';
import { openSetup, type Setup, type SetupOptions } from '../setup/setup';
import { removeHubNote, writeHubNote } from '../work/hubNote';
import { doingOver, readingOver } from '../work/localWork';
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
    const setup = await progress.step('data and config', () => openSetup(options), ({ config }) => config.company);
    closers.push(setup.close);
    const tokens = new Tokens(setup.dataFolder);
    const later: { runtime?: Runtime } = {};
    const auth: Auth = {
      tokens,
      adminToken: randomBytes(24).toString('base64url'),
      personOf: (id) => {
        if (!later.runtime) throw new Error('the warehouse is not open yet');
        return personOf(id, setup.config, later.runtime.warehouse);
      },
    };
    const web = await startWeb({ port: options.port, auth, health: () => progress.health() });
    closers.push(() => web.close());
    options.print(`  listening on ${web.url}`);
    const runtime = await progress.step('warehouse and Temporal', () => openRuntimeOf(setup, progress), ({ server }) => describeServer(server));
    later.runtime = runtime;
    closers.push(() => runtime.close());
    writeHubNote(setup.dataFolder, { pid: process.pid, url: web.url, token: auth.adminToken });
    closers.push(() => Promise.resolve(removeHubNote(setup.dataFolder)));
    const cube = await progress.step('semantic layer', () => serve(web, runtime, setup, auth));
    closers.push(() => cube.close());
    await firstWork(runtime, setup, progress);
    await progress.step('schedules', () => scheduleSyncs(runtime, setup));
    progress.status = 'ready';
    return { url: web.url, link: () => `${web.url}/login?token=${tokens.oneTimeToken()}`, close };
  } catch (error) {
    progress.status = 'failed';
    progress.message = error instanceof Error ? error.message : String(error);
    await close();
    throw error;
  }
}

function openRuntimeOf(setup: Setup, progress: Progress): Promise<Runtime> {
  const { dataFolder, connections, folder, budgets, asOfDate, config } = setup;
  return openRuntime({
    dataFolder,
    connections,
    folder,
    budgets,
    asOfDate,
    memoryLimit: config.memoryLimit,
    onProgress: (stream) => {
      if (progress.status === 'starting') progress.stream(stream);
    },
  });
}

/** Cube first, since it hooks into the app; then the hub's API and the pages. */
async function serve(web: Web, runtime: Runtime, setup: Setup, auth: Auth): Promise<EmbeddedCube> {
  const { instance } = runtime.warehouse;
  const cube = await startCube({
    app: web.app,
    instance,
    apiSecret: randomBytes(32).toString('hex'),
    authenticate: async (_request, authorization) => {
      const id = auth.tokens.verify('cube', authorization?.replace(/^Bearer /, ''));
      if (id === undefined) throw new Error('the token is missing, wrong or too old');
      return securityContext(await auth.personOf(id));
    },
  });
  await cube.warmUp();
  const work = { ...doingOver(runtime, setup), ...readingOver(runtime.warehouse, setup.config, () => Promise.resolve(cube)) };
  web.serve((app) => app.use('/api', api({ auth, setup, work, warehouse: runtime.warehouse })));
  return cube;
}

async function scheduleSyncs(runtime: Runtime, { config }: Setup): Promise<void> {
  const syncs = Object.entries(config.connections).map(([connection, { every }]) => ({ connection, every: every as Duration }));
  await runtime.schedule(syncs);
}

function describeServer(server: Runtime['server']): string {
  if (!server) return 'Temporal at TEMPORAL_ADDRESS';
  return server.isAdopted ? 'Temporal of the hub before, taken over' : 'Temporal started';
}
