import { isRunning } from '../../warehouse';
import { type DevServer, startDevServer } from './devServer';

const LOOK_EVERY_MS = 500;

export interface KeepOptions {
  folder: string;
  /** Told when the server was gone and is started again. */
  tell?(line: string): void;
}

/**
 * The embedded server, started again at the same address whenever its process is gone (killed, out of memory): over the same
 * file it knows all that it had acknowledged, clients and workers connect again by themselves, and syncs go on.
 */
export async function keepDevServer({ folder, tell }: KeepOptions): Promise<DevServer> {
  let server = await startDevServer({ folder });
  const { address, isFresh, isAdopted } = server;
  const port = Number(address.slice(address.lastIndexOf(':') + 1));
  let restarting: Promise<void> | undefined;
  const timer = setInterval(() => {
    if (restarting || isRunning(server.pid)) return;
    tell?.('  the Temporal server ended; it is started again');
    restarting = startDevServer({ folder, port }).then(
      (again) => {
        server = again;
        restarting = undefined;
      },
      () => {
        restarting = undefined; // looked at again in a moment
      },
    );
  }, LOOK_EVERY_MS);
  timer.unref();
  return {
    address,
    isFresh,
    isAdopted,
    get pid() {
      return server.pid;
    },
    async close() {
      clearInterval(timer);
      await restarting;
      await server.close();
    },
  };
}
