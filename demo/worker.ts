import { parentPort, workerData } from 'node:worker_threads';
import { type DemoFacts, type DemoOptions, hostDemo } from './host';

/** What the demo's thread says to the thread that started it. */
export type FromWorker =
  | { kind: 'ready'; facts: DemoFacts }
  | { kind: 'failed'; message: string }
  | { kind: 'stopped' };

const port = parentPort;
if (!port) throw new Error('demo/worker runs as a worker thread');
const say = (message: FromWorker): void => port.postMessage(message);

hostDemo(workerData as DemoOptions).then(
  (host) => {
    port.once('message', () => {
      void host.stop().then(() => {
        say({ kind: 'stopped' });
        port.close();
      });
    });
    say({ kind: 'ready', facts: host.facts });
  },
  (error: unknown) =>
    say({ kind: 'failed', message: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
);
