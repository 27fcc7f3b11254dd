import type { Work } from '../work/work';

type Builder = Pick<Work, 'build'>;

interface State {
  running: Promise<void>;
  isAsked: boolean;
}

const states = new WeakMap<Builder, State>();

/**
 * Builds what reads events after somebody acted, without making him wait: one build at a time, and one more for all that came while it
 * ran. A build that fails is a run of its own, with its error, and the next one does its work too.
 */
export function publishSoon(work: Builder): void {
  const state = states.get(work);
  if (state) {
    state.isAsked = true;
    return;
  }
  const begun: State = { running: Promise.resolve(), isAsked: false };
  states.set(work, begun);
  begun.running = buildWhileAsked(work, begun);
}

/** Until every build that was asked for so far has ended. */
export const untilPublished = (work: Builder): Promise<void> =>
  states.get(work)?.running ?? Promise.resolve();

async function buildWhileAsked(work: Builder, state: State): Promise<void> {
  do {
    state.isAsked = false;
    await work.build({}).catch(() => undefined); // its run tells
  } while (state.isAsked);
  states.delete(work);
}
