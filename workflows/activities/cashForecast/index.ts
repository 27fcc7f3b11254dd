import { withHeartbeats } from '../heartbeats';
import type { Host } from '../host';
import { toFailure } from '../toFailure';
import { dueForecasts, forecastOrigin } from './forecastDays';

export function forecastActivities(host: Host) {
  const { warehouse, options } = host;
  return {
    /** Days that have no forecast yet, the newest first: the as-of day, again when data came since, and the month ends before it. */
    async dueForecasts(): Promise<string[]> {
      try {
        return await dueForecasts(warehouse, options.asOfDate());
      } catch (error) {
        throw toFailure(error);
      }
    },

    /** One day's forecast, from what was known then; gives the open items. A retry computes the same. */
    async forecastOrigin({ runId, origin }: { runId: string; origin: string }): Promise<number> {
      try {
        return await withHeartbeats(
          () => runId,
          () => forecastOrigin(warehouse, { runId, origin, asOf: options.asOfDate() }),
        );
      } catch (error) {
        throw toFailure(error);
      }
    },
  };
}
