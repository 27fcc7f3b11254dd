import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import type { CreateOptions } from '@cubejs-backend/server-core';
import type { DuckDBInstance } from '@duckdb/node-api';
import type { Application, Request } from 'express';
import { messageOf } from '../../connectors/kit';
import { projectFolder } from '../../warehouse';
import { mustBeGuarded } from './compiledModel';
import { ensureCubeNative } from './cubeNative';
import type { CubeRow } from './loadInProcess';
import { checkedContext } from './securityContext';

export interface CubeOptions {
  app: Application;
  /** The warehouse's; the host closes it, after close(). */
  instance: DuckDBInstance;
  apiSecret: string;
  /** Who asks over HTTP: their security context (scope, user_id, regions), or a throw, which is answered with 403. */
  authenticate(request: Request, authorization: string | undefined): Promise<unknown>;
  /** Another folder of cube.js and model/, for tests. */
  folder?: string;
}

export interface EmbeddedCube {
  engine: 'native' | 'javascript';
  /** Compiles the model, so that the first user does not wait and a broken or unguarded model fails the start. */
  warmUp(): Promise<void>;
  /** One query with the rights of a context, without HTTP. Errors: `bad_request`, `not_allowed`. */
  load(query: object, securityContext: unknown): Promise<CubeRow[]>;
  close(): Promise<void>;
}

/** Cube's types ask for an instance, its code for the class. */
type DialectFactory = NonNullable<CreateOptions['dialectFactory']>;

const QUERIES_AT_ONCE = 4; // faster than 2 on two cores, see docs/performance

/** Cube over the warehouse of this process: /cubejs-api/v1/{load,meta,…} on `app`, and load() for the hub itself. */
export async function startCube(options: CubeOptions): Promise<EmbeddedCube> {
  const folder = options.folder ?? join(projectFolder, 'cube');
  process.env.CUBEJS_DB_TYPE = 'duckdb'; // the dialect's name: a driver object carries none
  const engine = ensureCubeNative();
  silenceHints();
  const { FileRepository } =
    require('@cubejs-backend/server-core') as typeof import('@cubejs-backend/server-core');
  const { CubejsHandlerError } =
    require('@cubejs-backend/api-gateway') as typeof import('@cubejs-backend/api-gateway');
  // The deep path keeps the driver package's own DuckDB binary unloaded.
  const { DuckDBQuery } =
    require('@cubejs-backend/duckdb-driver/dist/src/DuckDBQuery.js') as typeof import('@cubejs-backend/duckdb-driver/dist/src/DuckDBQuery.js');
  const { DuckDbDriver } = require('./duckdbDriver') as typeof import('./duckdbDriver');
  const { EmbeddedCore } = require('./embeddedCore') as typeof import('./embeddedCore');
  const { loadInProcess } = require('./loadInProcess') as typeof import('./loadInProcess');
  const duckdb = new DuckDbDriver(options.instance);
  const core = new EmbeddedCore(duckdb, {
    ...(require(join(folder, 'cube.js')) as object),
    apiSecret: options.apiSecret,
    basePath: '/cubejs-api',
    devServer: false,
    telemetry: false,
    scheduledRefreshTimer: false,
    cacheAndQueueDriver: 'memory',
    driverFactory: () => duckdb,
    dialectFactory: (() => DuckDBQuery) as unknown as DialectFactory,
    repositoryFactory: () => new FileRepository(relative(process.cwd(), join(folder, 'model'))), // joined to the working folder
    orchestratorOptions: { queryCacheOptions: { queueOptions: { concurrency: QUERIES_AT_ONCE } } },
    logger: () => undefined, // its events carry SQL with values; what fails is in the answer
    async checkAuth(request: Request & { securityContext?: unknown }, authorization?: string) {
      try {
        request.securityContext = checkedContext(await options.authenticate(request, authorization));
      } catch (error) {
        throw new CubejsHandlerError(403, 'Forbidden', messageOf(error));
      }
    },
  });
  await core.initApp(options.app);
  return {
    engine,
    async warmUp() {
      const compiler = await core.getCompilerApi({ securityContext: { scope: 'all' }, requestId: 'warm-up' });
      const { cubeEvaluator } = await compiler.getCompilers();
      for (const name of cubeEvaluator.cubeNames()) mustBeGuarded(cubeEvaluator.cubeFromPath(name));
    },
    load: async (query, context) => loadInProcess(core.gateway(), query, checkedContext(context)),
    async close() {
      await core.releaseConnections();
      await duckdb.release();
    },
  };
}

/** Cube's hints on deployment would stand on standard output, where `--json` writes its one document. */
function silenceHints(): void {
  const requireFromCore = createRequire(require.resolve('@cubejs-backend/server-core'));
  const hints = requireFromCore('@cubejs-backend/shared/dist/src/cli') as {
    displayCLIWarning(text: string): void;
  };
  hints.displayCLIWarning = () => undefined;
}
