import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { MillraceError } from '../../connectors/kit';
import { openBase, openRuntime, type Runtime } from '../runtime/openRuntime';
import { openSetup, type SetupOptions } from '../setup/setup';

export interface WorkerProcessOptions extends SetupOptions {
  /** Of /healthz; 0: any free port. */
  port: number;
  /** Where /healthz listens; default loopback. */
  host?: string;
  /** Streams, builds and freezes at once. */
  atOnce?: number;
  print(line: string): void;
}

export interface WorkerProcess {
  url: string;
  /** Rejects when the worker dies by itself; the process then has no purpose and ends. */
  ended: Promise<void>;
  /** Takes no new work, lets activities of a few seconds finish, cancels the others: another worker goes on with them. */
  close(): Promise<void>;
}

/** `millrace worker`: syncs, builds and freezes, over the Temporal server and the warehouse that all processes share. */
export async function startWorker(options: WorkerProcessOptions): Promise<WorkerProcess> {
  const { print, atOnce } = options;
  let runtime: Runtime | undefined;
  const health = await startHealth(options, () => healthOf(runtime));
  print(`  listening on ${health.url}/healthz`);
  try {
    const setup = openSetup(options);
    const { config } = setup;
    const base = await openBase({ config, dataFolder: resolve(options.data), tell: print });
    const activities = atOnce === undefined ? {} : { activitiesAtOnce: atOnce };
    const opened = await openRuntime(base, { ...setup, ...activities, tell: print }).catch(
      async (error: unknown) => {
        await base.close();
        throw error;
      },
    );
    runtime = opened;
    const { address, namespace } = base.temporal;
    print(`✓ working for Temporal at ${address}, namespace ${namespace}`);
    return {
      url: health.url,
      ended: opened.worker?.ended ?? Promise.resolve(),
      async close() {
        await opened.close();
        await health.close();
      },
    };
  } catch (error) {
    await health.close();
    throw error;
  }
}

interface WorkerHealth {
  /** ready: asks for work; stopping: finishes what it has. */
  status: 'starting' | 'ready' | 'stopping' | 'failed';
  inFlight: number;
}

function healthOf(runtime: Runtime | undefined): WorkerHealth {
  const status = runtime?.worker?.status();
  if (!status) return { status: 'starting', inFlight: 0 };
  const { state, inFlight } = status;
  if (state === 'RUNNING' || state === 'INITIALIZED') return { status: 'ready', inFlight };
  return { status: state === 'FAILED' ? 'failed' : 'stopping', inFlight };
}

/** GET /healthz alone; 503 once the worker has failed, so that a container is started anew. */
async function startHealth(
  { port, host = '127.0.0.1' }: WorkerProcessOptions,
  health: () => WorkerHealth,
): Promise<{ url: string; close(): Promise<void> }> {
  const server: Server = createServer((request, response) => {
    if (request.url !== '/healthz') return void response.writeHead(404).end();
    const told = health();
    response.writeHead(told.status === 'failed' ? 503 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(told));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) =>
      reject(
        new MillraceError('config_invalid', {
          what: `The worker cannot listen on ${host}:${port} for its health: ${cause.message}`,
          todo: 'Name another port with --port, or 0 for any free one',
          cause,
        }),
      ),
    );
    server.listen(port, host, resolve);
  });
  const { port: bound } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${bound}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
