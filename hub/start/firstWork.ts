import type { SyncResult } from '../../workflows';
import type { Runtime } from '../runtime/openRuntime';
import { buildNow, freezeNow, matchNow, syncNow } from '../runtime/work';
import type { Setup } from '../setup/setup';
import type { Text } from '../metrics';
import { startWords } from '../words/start';
import type { Progress } from './progress';

/**
 * What has to be there before a page can show figures: every connection synced once, models built, due months frozen.
 * Goes on where a killed start stopped: what is done is not done again, what runs in Temporal is waited for.
 * Bureaus come last and after a build, since the warehouse tells them whom to ask about (A3).
 */
export async function firstWork(runtime: Runtime, setup: Setup, progress: Progress): Promise<void> {
  const done = await syncedConnections(runtime);
  const missing = setup.connections.map(({ name }) => name).filter((name) => !done.has(name));
  const isPaid = (name: string) => setup.budgets.has(name);
  const free = missing.filter((name) => !isPaid(name));
  const paid = missing.filter(isPaid);
  if (free.length > 0) await syncAll(runtime, progress, free);
  if (paid.length > 0) {
    await progress.step(startWords.build, () => buildNow(runtime.client, { cause: 'first start' }), built);
    await syncAll(runtime, progress, paid);
  }
  await progress.step(startWords.build, () => buildNow(runtime.client, { cause: 'first start' }), built);
  await progress.step(
    startWords.freeze,
    () => freezeNow(runtime.client, { cause: 'first start' }),
    ({ months }) => startWords.months(months),
  );
  // What came and nobody has booked: suggestions are there from the first day. A run that fails tells so itself.
  await matchNow(runtime.client, { cause: 'first start' }).catch(() => undefined);
}

const built = ({
  generation,
  models,
  tests,
}: {
  generation?: number;
  models: number;
  tests: number;
}): Text => (generation === undefined ? startWords.upToDate : startWords.built(generation, models, tests));

/** A source that fails is told and left to its schedule; the others go on, and the pages name it as late. */
async function syncAll(runtime: Runtime, progress: Progress, names: string[]): Promise<void> {
  const syncs = names.map((connection) =>
    syncNow(runtime.client, { connection, cause: 'first start', build: false }),
  );
  const results = await progress.step(startWords.sync(names), () => Promise.allSettled(syncs), summary);
  for (const result of results) {
    if (result.status === 'rejected') progress.tell(result.reason);
  }
}

function summary(results: PromiseSettledResult<SyncResult>[]): Text {
  const done = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const streams = done.flatMap((result) => result.streams);
  const rows = streams.reduce((sum, stream) => sum + stream.read, 0);
  return startWords.synced(rows, streams.length, {
    failed: results.length - done.length,
    all: results.length,
  });
}

async function syncedConnections(runtime: Runtime): Promise<Set<string>> {
  const rows = await runtime.warehouse.rows(
    "select distinct connection from meta.run where kind = 'sync' and status = 'done'",
  );
  return new Set(rows.map((row) => String(row.connection)));
}
