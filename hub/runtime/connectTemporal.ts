import { Client, Connection } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { prepareNamespace } from '../../workflows';
import { pollersOf } from './pollers';
import type { TemporalAddress } from './temporalAddress';
import { untilThere } from './untilThere';

/** Long enough for a cluster that is just being set up. */
const LIMIT_MS = 5 * 60_000;
const CANNOT_PASS = /unauthenticated|permission ?denied|certificate|invalid.*(api key|token)/i;

export interface TemporalClient {
  client: Client;
  close(): Promise<void>;
}

/** A client of the server, with our namespace in it; waits for a server that is still starting. Errors: `network`. */
export async function connectClient(
  at: TemporalAddress,
  tell: (line: string) => void,
): Promise<TemporalClient> {
  const { namespace, ...options } = at;
  const connection = await untilThere(waitFor(at, tell), async () => {
    const opened = await Connection.connect({ ...options, connectTimeout: '5 seconds' });
    try {
      await prepareNamespace(opened, namespace);
      await pollersOf(opened, namespace); // a namespace that was just made is unknown to parts of the server for seconds
      return opened;
    } catch (error) {
      await opened.close();
      throw error;
    }
  });
  return { client: new Client({ connection, namespace }), close: () => connection.close() };
}

/** The connection that a worker polls over. */
export function connectWorker(at: TemporalAddress, tell: (line: string) => void): Promise<NativeConnection> {
  const { namespace: _, ...options } = at;
  return untilThere(waitFor(at, tell), () => NativeConnection.connect(options));
}

function waitFor({ address, namespace }: TemporalAddress, tell: (line: string) => void) {
  return {
    what: `Temporal at ${address}, namespace ${namespace}`,
    limitMs: LIMIT_MS,
    tell,
    todo: 'Start the Temporal server, or correct TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE and TEMPORAL_TLS',
    isPassing: (error: unknown) => !CANNOT_PASS.test(String(error)),
  };
}
