import { buildActivities } from './build';
import type { Host } from './host';
import { runActivities } from './runs';
import { syncActivities } from './sync';

/** Everything that touches the world. Workflows see only the type. */
export function createActivities(host: Host) {
  return { ...runActivities(host), ...syncActivities(host), ...buildActivities(host) };
}

export type Activities = ReturnType<typeof createActivities>;
