import { randomUUID } from 'node:crypto';
import { join, resolve } from 'node:path';
import express from 'express';
import { describeModels, type ModelsDescription, type Warehouse } from '../../warehouse';
import { modelConnections, type StreamProgress } from '../../workflows';
import { ADMIN, personOf, securityContext } from '../access/users';
import { bankOver, laterBank } from '../bank/bankOver';
import { benchmarksOver, laterBenchmarks } from '../benchmarks/benchmarksOver';
import { keepingOver } from '../backup/keeping';
import { keepCompanySettings } from '../config/companySettings';
import { keepRiskSettings } from '../config/riskSettings';
import { keepFunnelSettings } from '../config/funnelSettings';
import { keepHealthSettings } from '../config/healthSettings';
import { keepPipelineSettings } from '../config/pipelineSettings';
import type { Config } from '../config/schema';
import { type EmbeddedCube, startCube } from '../cube';
import { customer360Over, laterCustomer360 } from '../customer360/customer360Over';
import { customersOver, laterCustomers } from '../customers/customersOver';
import { examineFolder } from '../doctor/doctor';
import { financeOver, laterFinance } from '../finance/financeOver';
import { healthOver, laterHealth } from '../health/healthOver';
import { laterLoading, loadingOver } from '../loading/loadingOver';
import { localMatches, matchesOver, matchingOver } from '../matching/matchesOver';
import { laterPipeline, pipelineOver } from '../pipeline/pipelineOver';
import { laterOutcomes, outcomesOver } from '../outcomes/outcomesOver';
import { openBase, openRuntime, type Runtime } from '../runtime/openRuntime';
import { mustHaveWarehouse, openWarehouse } from '../runtime/openWarehouse';
import { mustHaveWorkers, isScaledOut } from '../runtime/workers';
import { buildNow, freezeNow, replayNow, syncNow } from '../runtime/work';
import { laterRisk, riskOver, riskReading } from '../risk/riskOver';
import { openSetup, readConfig, type Setup, type SetupOptions } from '../setup/setup';
import { contractsOver, type ContractHost } from '../quarantine/contractsOver';
import { localContracts } from '../quarantine/localContracts';
import { laterStatements, statementsOver } from '../statements/statementsOver';
import { openSpoolFolder } from '../runtime/spoolFolder';
import { checkConnections } from './check';
import { freshness } from './freshness';
import { readOnlySql } from './readOnlySql';
import { listRuns, showRun } from './records';
import type { Work } from './work';

type Reading = Pick<Work, 'query' | 'sql' | 'runs' | 'run'>;
type Doing = Pick<
  Work,
  | 'bank'
  | 'benchmarks'
  | 'check'
  | 'sync'
  | 'build'
  | 'freeze'
  | 'models'
  | 'status'
  | 'contracts'
  | 'loading'
  | 'statements'
  | 'finance'
  | 'matching'
  | 'risk'
  | 'customers'
  | 'health'
  | 'customer360'
  | 'outcomes'
  | 'pipeline'
>;

/** What only reads the warehouse. */
export function readingOver(
  warehouse: Warehouse,
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
  };
}

/** What reaches sources and Temporal. */
export function doingOver({ warehouse, client, host }: Runtime, setup: Setup): Doing {
  return {
    check: (connection) => checkConnections(host, connection),
    sync: (input) => syncNow(client, { ...input, cause: 'manual' }),
    build: (input) => buildNow(client, { ...input, cause: 'manual' }),
    freeze: (input) => freezeNow(client, { ...input, cause: 'manual' }),
    models: () => documented(warehouse, setup),
    status: () => freshness(warehouse, setup),
    loading: loadingOver({ warehouse, client }),
    bank: bankOver(setup),
    benchmarks: benchmarksOver(warehouse, setup.config),
    statements: statementsOver(warehouse, setup.config),
    matching: matchingOver(warehouse, client),
    risk: riskOver({ warehouse, host, client }, setup.budgets),
    customers: customersOver(warehouse),
    health: healthOver(warehouse),
    customer360: customer360Over(warehouse, setup.config),
    outcomes: outcomesOver(warehouse),
    pipeline: pipelineOver(warehouse, setup.config),
    finance: financeOver(warehouse, setup.config),
    contracts: {
      ...contractsOver(host),
      replay: (input) => replayNow(client, { ...input, cause: 'manual' }),
    },
  };
}

/** Opens in this process what a command needs, when no hub runs over the data folder: a query starts no Temporal server. */
export function openLocalWork(options: SetupOptions, onProgress: (progress: StreamProgress) => void): Work {
  const closers: (() => Promise<void>)[] = [];
  const warehouse = once(() => openForReading(options, closers));
  const reading = once(async () => openReading(await warehouse(), options, closers));
  const doing = once(() => openDoing(options, onProgress, closers));
  return {
    query: async (query, as) => (await reading()).query(query, as),
    sql: async (sql) => (await reading()).sql(sql),
    runs: async () => (await reading()).runs(),
    run: async (id) => (await reading()).run(id),
    bank: laterBank(() => {
      const setup = openSetup(options); // for the connections' folders; no source is opened
      closers.push(() => setup.close());
      return bankOver(setup);
    }),
    benchmarks: laterBenchmarks(async () => benchmarksOver(await warehouse(), readConfig(options))),
    contracts: localContracts(
      async () => contractsOver(await contractHost(await warehouse(), options, closers)),
      async () => (await doing()).contracts,
    ),
    matching: localMatches(
      async () => matchesOver(await warehouse()),
      async () => (await doing()).matching,
    ),
    pipeline: laterPipeline(async () => pipelineOver(await warehouse(), readConfig(options))),
    customers: laterCustomers(async () => customersOver(await warehouse())),
    health: laterHealth(async () => healthOver(await warehouse())),
    customer360: laterCustomer360(async () => customer360Over(await warehouse(), readConfig(options))),
    outcomes: laterOutcomes(async () => outcomesOver(await warehouse())),
    risk: laterRisk(
      async () => riskReading(await warehouse()),
      async () => (await doing()).risk,
    ),
    finance: laterFinance(async () => financeOver(await warehouse(), readConfig(options))),
    statements: laterStatements(async () => statementsOver(await warehouse(), readConfig(options))),
    backup: async (input) => keepingOver(await warehouse(), options, readConfig(options)).backup(input),
    doctor: () => examineFolder(options),
    loading: laterLoading(async () => (await doing()).loading, warehouse),
    check: async (connection) => (await doing()).check(connection),
    sync: async (input) => (await doing()).sync(input),
    build: async (input) => (await doing()).build(input),
    freeze: async (input) => (await doing()).freeze(input),
    models: async () => {
      const setup = openSetup(options); // for the connections' contracts; no source is opened
      closers.push(() => setup.close());
      return documented(await warehouse(), setup);
    },
    status: async () => (await doing()).status(),
    async close() {
      for (const closer of closers.splice(0).reverse()) await closer();
    },
  };
}

/** With the contracts as they stand now, accepted columns included. */
const documented = async (warehouse: Warehouse, { connections }: Setup): Promise<ModelsDescription> =>
  describeModels(warehouse, await modelConnections({ warehouse, options: { connections } }));

function once<T>(open: () => Promise<T>): () => Promise<T> {
  let opened: Promise<T> | undefined;
  return () => {
    opened ??= open();
    return opened;
  };
}

/** A person who waits at a terminal waits this long for a database. */
const PATIENCE_MS = 15_000;

async function openForReading(options: SetupOptions, closers: (() => Promise<void>)[]): Promise<Warehouse> {
  const config = readConfig(options);
  const dataFolder = resolve(options.data);
  mustHaveWarehouse(config, dataFolder);
  const warehouse = await openWarehouse({ config, dataFolder, tell: console.error, limitMs: PATIENCE_MS });
  closers.push(() => warehouse.close());
  return warehouse;
}

/** Contracts come from the connectors: neither a source nor Temporal is started. */
async function contractHost(
  warehouse: Warehouse,
  options: SetupOptions,
  closers: (() => Promise<void>)[],
): Promise<ContractHost> {
  const setup = openSetup(options);
  closers.push(() => setup.close());
  const { connections, dataFolder } = setup;
  const spool = await openSpoolFolder(join(dataFolder, 'spool'));
  closers.push(() => spool.remove());
  return { warehouse, options: { connections, spoolFolder: spool.folder } };
}

function openReading(warehouse: Warehouse, options: SetupOptions, closers: (() => Promise<void>)[]): Reading {
  const cube = once(async () => {
    const authenticate = () => Promise.reject(new Error('this process serves nobody'));
    const started = await startCube({ app: express(), warehouse, apiSecret: randomUUID(), authenticate });
    closers.push(() => started.close());
    return started;
  });
  return readingOver(warehouse, readConfig(options), cube);
}

/** Where workers run elsewhere this process only asks: as a worker it would take their streams and drop them when it ends. */
async function openDoing(
  options: SetupOptions,
  onProgress: (progress: StreamProgress) => void,
  closers: (() => Promise<void>)[],
): Promise<Doing> {
  const setup = openSetup(options);
  closers.push(() => setup.close());
  const tell = (line: string) => console.error(line);
  const { config, dataFolder } = setup;
  const base = await openBase({ config, dataFolder, tell });
  await keepCompanySettings(base.warehouse, config);
  await keepRiskSettings(base.warehouse, config);
  await keepFunnelSettings(base.warehouse, config);
  await keepHealthSettings(base.warehouse, config);
  await keepPipelineSettings(base.warehouse, config);
  const withWorker = !isScaledOut(config);
  const runtime = await openRuntime(base, { ...setup, onProgress, tell, withWorker }).catch(
    async (error: unknown) => {
      await base.close();
      throw error;
    },
  );
  closers.push(() => runtime.close());
  if (!withWorker) await mustHaveWorkers(runtime);
  return doingOver(runtime, setup);
}
