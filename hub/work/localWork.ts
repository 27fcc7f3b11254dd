import { randomUUID } from 'node:crypto';
import express from 'express';
import { ADMIN, personOf, securityContext } from '../access/users';
import { type EmbeddedCube, startCube } from '../cube/startCube';
import { openRuntime, type Runtime } from '../runtime/openRuntime';
import { buildNow, syncNow } from '../runtime/work';
import type { Setup } from '../setup/setup';
import type { StreamProgress } from '../../workflows';
import { checkConnections } from './check';
import { freshness } from './freshness';
import { readOnlySql } from './readOnlySql';
import { listQuarantine, listRuns, showRun } from './records';
import type { Work } from './work';

/** The same work over a runtime that is open in this process; the hub serves it, a lone command uses it directly. */
export function workOver(runtime: Runtime, setup: Setup, cube: () => Promise<EmbeddedCube>): Omit<Work, 'close'> {
  const { warehouse, client, host } = runtime;
  return {
    check: (connection) => checkConnections(host, connection),
    sync: (input) => syncNow(client, { ...input, cause: 'manual' }),
    build: (input) => buildNow(client, { ...input, cause: 'manual' }),
    async query(query, as = ADMIN.id) {
      const person = await personOf(as, setup.config, warehouse);
      return (await cube()).load(query, securityContext(person));
    },
    sql: (sql) => readOnlySql(warehouse, sql),
    runs: () => listRuns(warehouse),
    run: (id) => showRun(warehouse, id),
    status: () => freshness(warehouse, setup),
    quarantine: () => listQuarantine(warehouse),
  };
}

/** Opens what a command needs in this process, when no hub runs over the data folder. */
export async function openLocalWork(setup: Setup, onProgress?: (progress: StreamProgress) => void): Promise<Work> {
  const { dataFolder, connections, folder, budgets, asOfDate } = setup;
  const { memoryLimit } = setup.config;
  const runtime = await openRuntime({ dataFolder, connections, folder, budgets, asOfDate, memoryLimit, ...(onProgress && { onProgress }) });
  let cube: Promise<EmbeddedCube> | undefined;
  const openCube = (): Promise<EmbeddedCube> => {
    const { instance } = runtime.warehouse;
    const authenticate = () => Promise.reject(new Error('this process serves nobody'));
    cube ??= startCube({ app: express(), instance, apiSecret: randomUUID(), authenticate });
    return cube;
  };
  return {
    ...workOver(runtime, setup, openCube),
    async close() {
      await (await cube)?.close();
      await runtime.close();
      await setup.close();
    },
  };
}
