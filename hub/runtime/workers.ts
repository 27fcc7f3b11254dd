import type { Client } from '@temporalio/client';
import { MillraceError } from '../../connectors/kit';
import { TASK_QUEUE } from '../../workflows';
import type { Config } from '../config/schema';
import { pollersOf } from './pollers';
import { temporalAddress } from './temporalAddress';

interface Asking {
  client: Client;
}

/** Warehouse and Temporal are servers of their own: `millrace server` and `millrace worker` are processes beside them. */
export function isScaledOut({ warehouse }: Pick<Config, 'warehouse'>): boolean {
  return warehouse !== undefined && temporalAddress() !== undefined;
}

/** Errors: `config_invalid` without TEMPORAL_ADDRESS: an embedded server belongs to one process. */
export function mustHaveTemporal(command: string): void {
  if (temporalAddress() !== undefined) return;
  throw new MillraceError('config_invalid', {
    what: `millrace ${command} needs a Temporal server that all processes reach`,
    where: 'environment TEMPORAL_ADDRESS',
    todo: 'Set TEMPORAL_ADDRESS=host:7233, or run all in one process with: npx millrace start',
  });
}

/** Identities of the workers that ask for work; Temporal forgets one that died within minutes. */
export const pollingWorkers = ({ client }: Asking): Promise<string[]> =>
  pollersOf(client.connection, client.options.namespace);

/** Errors: `not_found` when work would wait for nobody. */
export async function mustHaveWorkers(asking: Asking): Promise<void> {
  if ((await pollingWorkers(asking)).length > 0) return;
  throw new MillraceError('not_found', {
    what: 'No worker asks Temporal for work',
    where: `task queue ${TASK_QUEUE}, namespace ${asking.client.options.namespace}`,
    todo: 'Start one with: npx millrace worker',
  });
}
