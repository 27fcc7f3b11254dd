import { isRunning } from '../../warehouse';
import { type DevServer, startDevServer } from '../../workflows';
import type { Victim } from './side';

/** A Temporal server of its own, which can be killed and started again over the same file, at the same address. */
export class TemporalServer implements Victim {
  private server: DevServer | undefined;
  private readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  get address(): string {
    if (!this.server) throw new Error('the Temporal server is not started');
    return this.server.address;
  }

  async start(): Promise<void> {
    const port = this.server && Number(this.server.address.split(':')[1]);
    this.server = await startDevServer({ folder: this.folder, ...(port && { port }) });
  }

  async kill(): Promise<void> {
    const pid = this.server?.pid;
    if (!pid) return;
    process.kill(pid, 'SIGKILL');
    while (isRunning(pid)) await new Promise((resolve) => setTimeout(resolve, 20));
  }

  async close(): Promise<void> {
    await this.server?.close();
  }
}
