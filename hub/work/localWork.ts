import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import express from 'express';
import { MillraceError } from '../../connectors/kit';
import { DuckDbWarehouse } from '../../warehouse';
import type { StreamProgress } from '../../workflows';
import { ADMIN, personOf, securityContext } from '../access/users';
import type { Config } from '../config/schema';
import { type EmbeddedCube, startCube } from '../cube';
import { openBase, openRuntime, type Runtime } from '../runtime/openRuntime';
import { buildNow, syncNow } from '../runtime/work';
import { openSetup, readConfig, type Setup, type SetupOptions } from '../setup/setup';
import { checkConnections } from './check';
import { freshness } from './freshness';
import { readOnlySql } from './readOnlySql';
import { listQuarantine, listRuns, showRun } from './records';
import type { Work } from './work';

type Reading = Pick<Work, 'query' | 'sql' | 'runs' | 'run' | 'quarantine'>;
type Doing = Pick<Work, 'check' | 'sync' | 'build' | 'status'>;

/** What only reads the warehouse. */
export function readingOver(
  warehouse: DuckDbWarehouse,
  config: Config,
  cube: () => Promise<EmbeddedCube>,
): Reading {
  return {
    async query(query, as = ADMIN.id) {
      const person = await personOf(as, config, warehouse);
      return (await cube()).load(query, securityContext(person));
    },
    sql: (sql) => readOnlySql(warehouse, sql),
    runs: () => listRuns(warehouse),
    run: (id) => showRun(warehouse, id),
    quarantine: () => listQuarantine(warehouse),
  };
}

/** What reaches sources and Temporal. */
export function doingOver({ warehouse, client, host }: Runtime, setup: Setup): Doing {
  return {
    check: (connection) => checkConnections(host, connection),
    sync: (input) => syncNow(client, { ...input, cause: 'manual' }),
    build: (input) => buildNow(client, { ...input, cause: 'manual' }),
    status: () => freshness(warehouse, setup),
  };
}

/** Opens in this process what a command needs, when no hub runs over the data folder: a query starts no Temporal server. */
export function openLocalWork(options: SetupOptions, onProgress: (progress: StreamProgress) => void): Work {
  const closers: (() => Promise<void>)[] = [];
  const reading = once(() => openReading(options, closers));
  const doing = once(() => openDoing(options, onProgress, closers));
  return {
    query: async (query, as) => (await reading()).query(query, as),
    sql: async (sql) => (await reading()).sql(sql),
    runs: async () => (await reading()).runs(),
    run: async (id) => (await reading()).run(id),
    quarantine: async () => (await reading()).quarantine(),
    check: async (connection) => (await doing()).check(connection),
    sync: async (input) => (await doing()).sync(input),
    build: async (input) => (await doing()).build(input),
    status: async () => (await doing()).status(),
    async close() {
      for (const closer of closers.splice(0).reverse()) await closer();
    },
  };
}

function once<T>(open: () => Promise<T>): () => Promise<T> {
  let opened: Promise<T> | undefined;
  return () => {
    opened ??= open();
    return opened;
  };
}

async function openReading(options: SetupOptions, closers: (() => Promise<void>)[]): Promise<Reading> {
  const file = join(options.data, 'warehouse.duckdb');
  if (!existsSync(file)) {
    throw new MillraceError('not_found', {
      what: 'There is no warehouse yet',
      where: `file ${file}`,
      todo: 'Fill one with: npm start, or npx millrace sync; or name its folder with --data',
    });
  }
  const warehouse = await DuckDbWarehouse.open({ file });
  closers.push(() => warehouse.close());
  const cube = once(async () => {
    const { instance } = warehouse;
    const authenticate = () => Promise.reject(new Error('this process serves nobody'));
    const started = await startCube({ app: express(), instance, apiSecret: randomUUID(), authenticate });
    closers.push(() => started.close());
    return started;
  });
  return readingOver(warehouse, readConfig(options), cube);
}

async function openDoing(
  options: SetupOptions,
  onProgress: (progress: StreamProgress) => void,
  closers: (() => Promise<void>)[],
): Promise<Doing> {
  const setup = openSetup(options);
  closers.push(() => setup.close());
  const base = await openBase(setup.dataFolder, setup.config.memoryLimit);
  const runtime = await openRuntime(base, { ...setup, onProgress }).catch(async (error: unknown) => {
    await base.close();
    throw error;
  });
  closers.push(() => runtime.close());
  return doingOver(runtime, setup);
}
