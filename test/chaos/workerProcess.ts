import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { projectFolder } from '../../warehouse';
import type { Place } from './killSwitch';
import type { ChaosWorkerOptions, FromWorker, ToWorker } from './worker';

/** A worker in a process of its own, run from the sources; it can be killed and started again. */
export class WorkerProcess {
  private child: ChildProcess | undefined;
  private output = '';
  private isRetired = false;
  private readonly options: ChaosWorkerOptions;

  constructor(options: ChaosWorkerOptions) {
    this.options = options;
  }

  /** Ends it in order and starts it again with the other contract, if it has not this one. */
  async widen(isWide: boolean): Promise<void> {
    if ((this.options.isWide ?? false) === isWide) return;
    await this.end();
    this.options.isWide = isWide;
    await this.start();
  }

  /** Resolves when it has asked for work. */
  async start(): Promise<void> {
    if (this.isRetired) throw new Error('the test is over');
    const child = fork(join(__dirname, 'worker.ts'), [JSON.stringify(this.options)], {
      execArgv: ['-r', join(projectFolder, 'scripts', 'fromSources.js')],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.child = child;
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk: Buffer) => void (this.output += chunk.toString()));
    await new Promise<void>((resolve, reject) => {
      child.on('message', ({ kind }: FromWorker) => kind === 'ready' && resolve());
      child.once('exit', (code, signal) =>
        reject(new Error(`the worker ended (${code ?? signal}) before it was ready:\n${this.output}`)),
      );
    });
  }

  get isAlive(): boolean {
    return this.child !== undefined && this.child.exitCode === null && this.child.signalCode === null;
  }

  arm(place: Place | undefined): void {
    if (this.isAlive) this.child?.send({ kind: 'arm', place: place ?? null } satisfies ToWorker);
  }

  /** Resolves when it has taken what it was told before, or is gone. */
  async answered(): Promise<void> {
    const { child } = this;
    if (!child || !this.isAlive) return;
    const answer = new Promise((resolve) => child.once('message', resolve));
    child.send({ kind: 'ask' } satisfies ToWorker);
    await Promise.race([answer, this.gone()]);
  }

  /** Resolves when the process is gone, however it went. */
  async gone(): Promise<void> {
    const { child } = this;
    if (child && this.isAlive) await new Promise((resolve) => child.once('exit', resolve));
  }

  async kill(): Promise<void> {
    this.child?.kill('SIGKILL');
    await this.gone();
  }

  /** Kills it for good: a test that timed out starts no more of them. */
  async retire(): Promise<void> {
    this.isRetired = true;
    await this.kill();
  }

  /** As a hub that is stopped: the warehouse is closed in order. */
  async end(): Promise<void> {
    if (!this.isAlive) return;
    this.child?.send({ kind: 'end' } satisfies ToWorker);
    await this.gone();
    if (this.child?.exitCode !== 0) throw new Error(`the worker did not end in order:\n${this.output}`);
  }
}
