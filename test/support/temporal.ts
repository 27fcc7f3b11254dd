import { randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker';
import { createWorker, type Host } from '../../workflows';

function fromSetup(name: string): string {
  const value = process.env[name];
  if (!value)
    throw new Error(
      `${name} is not set: run the tests with jest, whose globalSetup starts the Temporal server`,
    );
  return value;
}

export interface TestWorker {
  client: Client;
  taskQueue: string;
  close(): Promise<void>;
}

let isQuiet = false;

/** A worker over the shared Temporal server, on a task queue of its own. */
export async function startTestWorker(host: Host): Promise<TestWorker> {
  if (!isQuiet) {
    Runtime.install({ logger: new DefaultLogger('ERROR'), shutdownSignals: [] });
    isQuiet = true;
  }
  const address = fromSetup('MILLRACE_TEST_TEMPORAL');
  const connection = await Connection.connect({ address });
  const native = await NativeConnection.connect({ address });
  const taskQueue = `test-${randomUUID()}`;
  const worker = await createWorker({
    connection: native,
    host,
    codePath: fromSetup('MILLRACE_TEST_BUNDLE'),
    taskQueue,
  });
  const running = worker.run();
  return {
    client: new Client({ connection }),
    taskQueue,
    async close() {
      worker.shutdown();
      await running;
      await native.close();
      await connection.close();
    },
  };
}
