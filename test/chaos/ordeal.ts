import type { Row } from '../../warehouse';
import { type Fingerprint, fingerprint } from './fingerprint';
import { broken, CHANGES } from './invariants';
import { killIn } from './kills';
import { open } from './openWarehouse';
import type { Random } from './random';
import type { Side } from './side';
import { life } from './steps';

export interface OrdealRequest {
  killed: Side;
  unkilled: Side;
  random: Random;
  kills: number;
  /** Kills in one step at most: an activity gives up after its attempts, as it would for a person who waits. */
  killsAStep?: number;
  /** Whom to kill; default the workers. */
  victims?: readonly string[];
}

export interface Found {
  tables: Fingerprint;
  /** Changes by stream over all runs. */
  changes: Row[];
  /** What does not hold and must; empty. */
  broken: string[];
}

/** Both sides live the same life, one of them under kills; gives what each of them holds afterwards. */
export async function ordeal(request: OrdealRequest): Promise<{ killed: Found; unkilled: Found }> {
  const { killed, unkilled, random, kills, killsAStep = 3, victims } = request;
  killed.vendor.pageMs = 4;
  await Promise.all([killed.start(), unkilled.start()]);
  let calm: Promise<void> = Promise.resolve();
  for (const step of life()) {
    const due = Math.min(kills, killed.kills.length + killsAStep);
    await killed.run(step, () =>
      killed.kills.length < due ? killIn(random, step.works, victims) : undefined,
    );
    calm = calm.then(() => unkilled.run(step));
    calm.catch(() => undefined); // awaited below
    if (killed.kills.length >= kills) break;
  }
  await calm;
  await Promise.all([killed.end(), unkilled.end()]);
  return { killed: await lookAt(killed.warehouse), unkilled: await lookAt(unkilled.warehouse) };
}

/** What a warehouse holds and what is wrong in it. Nobody else may have it open. */
export async function lookAt(address: string): Promise<Found> {
  const warehouse = await open(address);
  try {
    return {
      tables: await fingerprint(warehouse),
      changes: await warehouse.rows(CHANGES),
      broken: await broken(warehouse),
    };
  } finally {
    await warehouse.close();
  }
}

/** "sync, rows merged: 3" and so on, most first. */
export function tally(kills: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const kill of kills) counts.set(kill, (counts.get(kill) ?? 0) + 1);
  return [...counts]
    .sort(([, one], [, other]) => other - one)
    .map(([kill, count]) => `  ${String(count).padStart(3)}  ${kill}`)
    .join('\n');
}
