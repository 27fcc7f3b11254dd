import type { BaseDriver } from '@cubejs-backend/base-driver';
import { OrchestratorApi } from '@cubejs-backend/server-core';
import { waitInSlices } from './shortWaits';

type DriverFactory = ConstructorParameters<typeof OrchestratorApi>[0];
type Options = ConstructorParameters<typeof OrchestratorApi>[2];
type Query = Parameters<OrchestratorApi['executeQuery']>[0];

/**
 * Cube's cache by generation: a result is kept until the next one is published, and never shown after it. Cube's own
 * refresh keys would answer the first question after a build from the old generation, and let a question that is still
 * running answer a new one.
 */
export class PublishedCache extends OrchestratorApi {
  private readonly generations: BaseDriver;
  private readonly isReady: Promise<void>;
  private current: string | undefined;

  constructor(generations: BaseDriver, driverFactory: DriverFactory, logger: unknown, options: Options) {
    super(driverFactory, logger, options);
    this.generations = generations;
    const queue = this.getQueryOrchestrator().getQueryCache().getQueue();
    this.isReady = queue.then((made) => waitInSlices(made.getQueueDriver()));
  }

  override async executeQuery(query: Query): Promise<unknown> {
    await this.isReady;
    const generation = await this.published();
    return super.executeQuery({ ...query, invalidate: generation, cacheKeyQueries: { queries: [] } });
  }

  private async published(): Promise<string> {
    const [row] = await this.generations.query<{ generation: string | null }>(
      'select max(generation) as generation from meta.generation',
    );
    const generation = row?.generation ?? 'none';
    if (this.current !== undefined && this.current !== generation) await this.forget();
    this.current = generation;
    return generation;
  }

  /** The memory cache never drops what nobody asks for again. */
  private async forget(): Promise<void> {
    const cache = this.getQueryOrchestrator().getQueryCache().getCacheDriver();
    for (const key of await cache.keysStartingWith('')) await cache.remove(key);
  }
}
