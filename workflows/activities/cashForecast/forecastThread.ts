import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parentPort, Worker, workerData } from 'node:worker_threads';
import { type ComputedForecast, computeForecast, type ForecastJob } from './computeForecast';

const SELF = join(__dirname, 'forecastThread.js');
const IS_THREAD = 'millrace forecast';

/** Computes in a thread of its own, so that the process goes on answering; where the code is not compiled (tests), in this one. */
export function computeInThread(job: ForecastJob): Promise<ComputedForecast> {
  if (!existsSync(SELF)) return Promise.resolve(computeForecast(job));
  return new Promise((resolve, reject) => {
    const worker = new Worker(SELF, { workerData: { kind: IS_THREAD, job } });
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`the thread of the forecast ended with code ${code}`)));
  });
}

const given = workerData as { kind?: string; job: ForecastJob } | null;
if (parentPort && given?.kind === IS_THREAD) parentPort.postMessage(computeForecast(given.job));
