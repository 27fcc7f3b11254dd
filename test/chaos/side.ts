import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from '@temporalio/client';
import type { Kill } from './kills';
import { type Run, startRun } from './run';
import type { Step } from './steps';
import { ChaosVendor } from './vendor';
import { WorkerProcess } from './workerProcess';

/** A server that can be killed and started again over the same files. */
export interface Victim {
  kill(): Promise<void>;
  start(): Promise<void>;
}

export interface SideOptions {
  folder: string;
  /** The address of a Postgres database; default a DuckDB file in `folder`. */
  warehouse?: string;
  workers?: number;
  client: Client;
  temporal: string;
  bundle: string;
  /** Servers that kills may name beside the workers. */
  victims?: Record<string, Victim>;
}

/** How long a place may take to be reached before the kill comes all the same. */
const PATIENCE_MS = 15_000;
/** What a run that lost its worker, its server or its database too often ends with; the next run goes on. */
const LOST = ['interrupted', 'timeout', 'warehouse_lost', 'network'];

/** One warehouse with its workers and its vendor: one side is killed, the other is not. */
export class Side {
  /** What was killed where, in order. */
  readonly kills: string[] = [];
  readonly warehouse: string;
  readonly taskQueue = `chaos-${randomUUID()}`;
  readonly vendor = new ChaosVendor();
  private readonly workers: WorkerProcess[] = [];
  private readonly options: SideOptions;

  constructor(options: SideOptions) {
    this.options = options;
    this.warehouse = options.warehouse ?? join(options.folder, 'warehouse.duckdb');
  }

  async start(): Promise<void> {
    const { folder, temporal, bundle, workers = 1 } = this.options;
    mkdirSync(folder, { recursive: true });
    const vendorUrl = await this.vendor.start();
    const { warehouse, taskQueue } = this;
    for (let number = 1; number <= workers; number++) {
      const spoolFolder = join(folder, `spool-${number}`);
      this.workers.push(
        new WorkerProcess({ warehouse, spoolFolder, taskQueue, temporal, bundle, vendorUrl }),
      );
    }
    for (const worker of this.workers) await worker.start();
  }

  /** Ends the workers in order; throws when one cannot. */
  async end(): Promise<void> {
    for (const worker of this.workers) await worker.end();
  }

  async close(): Promise<void> {
    for (const worker of this.workers) await worker.retire();
    await this.vendor.stop();
  }

  /** Runs a step to its end. `nextKill` is asked for one kill after the other; a run that they ended is run again. */
  async run(step: Step, nextKill: () => Kill | undefined = () => undefined): Promise<void> {
    this.vendor.round = step.round;
    for (const worker of this.workers) await worker.widen(step.isWide ?? false);
    for (;;) {
      const run = await startRun(this.options.client, this.taskQueue, step);
      for (let kill = nextKill(); kill && (await this.strike(kill, run)); ) kill = nextKill();
      const problem = await run.ended;
      if (!problem) return;
      if (!LOST.includes(problem.code)) throw new Error(`${step.workflow}: ${JSON.stringify(problem)}`);
    }
  }

  /** Kills one victim in the middle of the run and starts it again; false when the run ended before. */
  private async strike(kill: Kill, run: Run): Promise<boolean> {
    const worker = this.workers[kill.worker % this.workers.length];
    if (!worker) throw new Error('there is no worker');
    const server = kill.victim === 'worker' ? undefined : this.options.victims?.[kill.victim];
    const struck = server
      ? await this.strikeServer(kill, run, server)
      : await this.strikeWorker(kill, run, worker);
    this.vendor.watch(undefined);
    if (struck === undefined) return false;
    this.kills.push(`${kill.victim}: ${struck}`);
    return true;
  }

  private async strikeServer(kill: Kill, run: Run, server: Victim): Promise<string | undefined> {
    await this.moment(kill, run);
    if (run.isOver) return undefined;
    await server.kill();
    await server.start();
    return kill.label;
  }

  private async strikeWorker(kill: Kill, run: Run, worker: WorkerProcess): Promise<string | undefined> {
    const gone = worker.gone();
    if (kill.kind === 'place') worker.arm(kill.place);
    await Promise.race([gone, this.moment(kill, run)]);
    const isLate = kill.kind === 'place' && worker.isAlive;
    if (run.isOver && worker.isAlive) {
      worker.arm(undefined);
      await worker.answered(); // it may have struck in this very moment: then it counts
      if (worker.isAlive) return undefined;
    }
    await worker.kill();
    await worker.start();
    return isLate ? `${kill.label}, not reached: later` : kill.label;
  }

  /** Resolves when it is time to kill, or when the run is over. */
  private async moment(kill: Kill, run: Run): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const time = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, kill.kind === 'time' ? kill.ms : PATIENCE_MS);
    });
    const page = new Promise<void>((resolve) => {
      if (kill.kind === 'page') this.vendor.watch((pages) => pages === kill.page && resolve());
    });
    await Promise.race([time, page, run.ended.catch(() => undefined)]);
    clearTimeout(timer);
  }
}
