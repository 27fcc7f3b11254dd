import type { ApiGateway } from '@cubejs-backend/api-gateway';
import type { BaseDriver } from '@cubejs-backend/base-driver';
import { type CreateOptions, CubejsServerCore, type OrchestratorApi } from '@cubejs-backend/server-core';
import { PublishedCache } from './publishedCache';

/** Cube's server core inside the hub: its cache follows generations, and its gateway answers without HTTP too. */
export class EmbeddedCore extends CubejsServerCore {
  private readonly reader: BaseDriver;

  constructor(driver: BaseDriver, options: CreateOptions) {
    super(options);
    this.reader = driver;
  }

  gateway(): ApiGateway {
    return this.apiGateway();
  }

  protected override createOrchestratorApi(
    driverFactory: ConstructorParameters<typeof OrchestratorApi>[0],
    options: ConstructorParameters<typeof OrchestratorApi>[2],
  ): OrchestratorApi {
    return new PublishedCache(this.reader, driverFactory, this.logger, options);
  }
}
