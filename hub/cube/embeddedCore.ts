import type { ApiGateway } from '@cubejs-backend/api-gateway';
import { type CreateOptions, CubejsServerCore, type OrchestratorApi } from '@cubejs-backend/server-core';
import type { DuckDbDriver } from './duckdbDriver';
import { PublishedCache } from './publishedCache';

/** Cube's server core inside the hub: its cache follows generations, and its gateway answers without HTTP too. */
export class EmbeddedCore extends CubejsServerCore {
  private readonly duckdb: DuckDbDriver;

  constructor(duckdb: DuckDbDriver, options: CreateOptions) {
    super(options);
    this.duckdb = duckdb;
  }

  gateway(): ApiGateway {
    return this.apiGateway();
  }

  protected override createOrchestratorApi(
    driverFactory: ConstructorParameters<typeof OrchestratorApi>[0],
    options: ConstructorParameters<typeof OrchestratorApi>[2],
  ): OrchestratorApi {
    return new PublishedCache(this.duckdb, driverFactory, this.logger, options);
  }
}
