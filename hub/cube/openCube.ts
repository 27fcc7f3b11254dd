import { join, relative } from 'node:path';
import { CubejsHandlerError } from '@cubejs-backend/api-gateway';
import { type CreateOptions, FileRepository } from '@cubejs-backend/server-core';
import type { Application, Request } from 'express';
import { messageOf } from '../../connectors/kit';
import { projectFolder, type Warehouse } from '../../warehouse';
import { mustBeGuarded } from './compiledModel';
import { EmbeddedCore } from './embeddedCore';
import { type CubeRow, loadInProcess } from './loadInProcess';
import { checkedContext } from './securityContext';
import { type WarehouseDriver, warehouseDriver } from './warehouseDriver';

export interface CubeOptions {
  app: Application;
  /** The host closes it, after close(). */
  warehouse: Warehouse;
  apiSecret: string;
  /** Who asks over HTTP: their security context (scope, user_id, regions), or a throw, which is answered with 403. */
  authenticate(request: Request, authorization: string | undefined): Promise<unknown>;
  /** Another folder of cube.js and model/, for tests. */
  folder?: string;
}

export interface EmbeddedCube {
  /** Compiles the model, so that the first user does not wait and a broken or unguarded model fails the start. */
  warmUp(): Promise<void>;
  /** One query with the rights of a context, without HTTP. Errors: `bad_request`, `not_allowed`. */
  load(query: object, securityContext: unknown): Promise<CubeRow[]>;
  close(): Promise<void>;
}

const QUERIES_AT_ONCE = 4; // for reads faster than 2 on two cores

/** Everything that requires Cube's core; startCube() prepares the process for it. */
export async function openCube(options: CubeOptions): Promise<EmbeddedCube> {
  const folder = options.folder ?? join(projectFolder, 'cube');
  const over = warehouseDriver(options.warehouse, QUERIES_AT_ONCE);
  const core = new EmbeddedCore(over.driver, coreOptions(options, folder, over));
  await core.initApp(options.app);
  return {
    async warmUp() {
      const compiler = await core.getCompilerApi({ securityContext: { scope: 'all' }, requestId: 'warm-up' });
      const { cubeEvaluator } = await compiler.getCompilers();
      for (const name of cubeEvaluator.cubeNames()) mustBeGuarded(cubeEvaluator.cubeFromPath(name));
    },
    load: async (query, context) => loadInProcess(core.gateway(), query, checkedContext(context)),
    async close() {
      await core.releaseConnections();
      await over.driver.release();
    },
  };
}

function coreOptions(
  { apiSecret, authenticate }: CubeOptions,
  folder: string,
  { driver, dialectFactory }: WarehouseDriver,
): CreateOptions {
  return {
    ...(require(join(folder, 'cube.js')) as CreateOptions),
    apiSecret,
    basePath: '/cubejs-api',
    devServer: false,
    telemetry: false,
    scheduledRefreshTimer: false,
    cacheAndQueueDriver: 'memory',
    driverFactory: () => driver,
    ...(dialectFactory && { dialectFactory }),
    repositoryFactory: () => new FileRepository(relative(process.cwd(), join(folder, 'model'))), // it joins the working folder
    orchestratorOptions: { queryCacheOptions: { queueOptions: { concurrency: QUERIES_AT_ONCE } } },
    logger: () => undefined, // its events carry SQL with values; what failed stands in the answer
    async checkAuth(request: Request & { securityContext?: unknown }, authorization?: string) {
      try {
        request.securityContext = checkedContext(await authenticate(request, authorization));
      } catch (error) {
        throw new CubejsHandlerError(403, 'Forbidden', messageOf(error));
      }
    },
  };
}
