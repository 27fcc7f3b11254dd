import { backfillActivities } from './backfill';
import { buildActivities } from './build';
import { forecastActivities } from './cashForecast';
import type { Host } from './host';
import { matchActivities } from './match';
import { reconcileActivities } from './reconcile';
import { replayActivities } from './replay';
import { riskActivities } from './risk';
import { runActivities } from './runs';
import { syncActivities } from './sync';

/** Everything that touches the world. Workflows see only the type. */
export function createActivities(host: Host) {
  return {
    ...runActivities(host),
    ...syncActivities(host),
    ...reconcileActivities(host),
    ...backfillActivities(host),
    ...buildActivities(host),
    ...forecastActivities(host),
    ...replayActivities(host),
    ...matchActivities(host),
    ...riskActivities(host),
  };
}

export type Activities = ReturnType<typeof createActivities>;
