import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { OWN_COMPANY } from './company/people';
import { type DemoFacts, type DemoHost, type DemoOptions, hostDemo } from './host';
import type { FromWorker } from './worker';

/** The demo company's own name. */
export const DEMO_COMPANY: string = OWN_COMPANY.name;

export type { FinanceTruths } from './company/finance';

export interface RunningDemo extends DemoFacts {
  stop(): Promise<void>;
}

const WORKER = join(__dirname, 'worker.js');
const STOP_WITHIN_MS = 5_000;
/** Most of what the company is made of lives for ever: a larger young generation copies it less often. */
const LIMITS = { maxYoungGenerationSizeMb: 64, maxOldGenerationSizeMb: 1_024 };

/**
 * The demo company behind its vendors' servers, in a thread of its own so that the hub's loop stays free. Where the code
 * is not compiled (tests), in this thread.
 */
export async function startDemo(options: DemoOptions): Promise<RunningDemo> {
  const host = existsSync(WORKER) ? await inThread(options) : await hostDemo(options);
  return { ...host.facts, stop: host.stop };
}

async function inThread(options: DemoOptions): Promise<DemoHost> {
  const worker = new Worker(WORKER, { workerData: options, resourceLimits: LIMITS });
  const facts = await new Promise<DemoFacts>((resolve, reject) => {
    worker.once('error', reject);
    worker.once('exit', (code) =>
      reject(new Error(`the demo's thread ended with code ${code} before it was ready`)),
    );
    worker.once('message', (message: FromWorker) => {
      if (message.kind === 'ready') resolve(message.facts);
      else
        reject(
          new Error(
            `the demo could not start: ${message.kind === 'failed' ? message.message : message.kind}`,
          ),
        );
    });
  });
  worker.removeAllListeners('exit');
  worker.removeAllListeners('error');
  worker.on('error', (error) => process.emitWarning(`the demo's thread failed: ${error.message}`));
  worker.unref();
  return { facts, stop: () => stop(worker) };
}

async function stop(worker: Worker): Promise<void> {
  const stopped = new Promise<void>((resolve) => {
    worker.once('message', () => resolve());
    worker.once('exit', () => resolve());
    setTimeout(resolve, STOP_WITHIN_MS).unref();
  });
  worker.postMessage('stop');
  await stopped;
  await worker.terminate();
}
