import type { Runtime } from '../runtime/openRuntime';
import { pollingWorkers } from '../runtime/workers';

const ASK_EVERY_MS = 2_000;
const TELL_EVERY_MS = 60_000;

/** Waits for the first `millrace worker`, as long as it takes: pages and API answer meanwhile, and say what is missing. */
export async function untilWorkers(
  runtime: Pick<Runtime, 'client'>,
  print: (line: string) => void,
): Promise<void> {
  for (let toldAt = 0; (await pollingWorkers(runtime)).length === 0; ) {
    if (Date.now() - toldAt > TELL_EVERY_MS) {
      toldAt = Date.now();
      print('  waiting for a worker: start one with npx millrace worker');
    }
    await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS));
  }
}
