import { backfillActivities } from './backfill';
import { buildActivities } from './build';
import type { Host } from './host';
import { reconcileActivities } from './reconcile';
import { replayActivities } from './replay';
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
    ...replayActivities(host),
  };
}

export type Activities = ReturnType<typeof createActivities>;
