import { buildModels } from '../../warehouse';
import type { BuildInput, BuildOutcome } from '../messages';
import { modelConnections } from './contracts';
import { freezeMonths } from './freeze';
import { withHeartbeats } from './heartbeats';
import type { Host } from './host';
import { suggestReplacements } from './suggestReplacements';
import { toFailure } from './toFailure';

export function buildActivities(host: Host) {
  const { warehouse, options } = host;
  return {
    /** Builds, tests and publishes what changed since the last generation, or what `isAll` and `select` ask for. */
    async buildGeneration(request: { runId: string } & Omit<BuildInput, 'cause'>): Promise<BuildOutcome> {
      const { runId } = request;
      try {
        const connections = await modelConnections(host);
        const asOfDate = options.asOfDate();
        const result = await withHeartbeats(
          () => runId,
          () => buildModels(warehouse, { ...request, connections, asOfDate }),
        );
        const { generation, models, tests, seconds } = result;
        return {
          runId,
          models: models.length,
          tests,
          seconds,
          ...(generation !== undefined && { generation }),
        };
      } catch (error) {
        throw toFailure(error);
      }
    },

    /** Raises what two red months in a row suggest (HEA-7), once; gives how many suggestions are new. */
    async suggestReplacementPlans(): Promise<number> {
      try {
        return await suggestReplacements(warehouse);
      } catch (error) {
        throw toFailure(error);
      }
    },

    /** Freezes the months that are due, or one by name; gives those that got a version. */
    async freezeDueMonths({ runId, month }: { runId: string; month?: string }): Promise<string[]> {
      try {
        return await withHeartbeats(
          () => runId,
          () => freezeMonths(warehouse, { runId, asOfDate: options.asOfDate(), ...(month && { month }) }),
        );
      } catch (error) {
        throw toFailure(error);
      }
    },
  };
}
