import type { BuildOutcome } from '../../workflows';
import { publishSoon, untilPublished } from './publishSoon';

test('one build at a time, and one more for all that came meanwhile', async () => {
  const open: (() => void)[] = [];
  let running = 0;
  let most = 0;
  let builds = 0;
  const work = {
    build: async (): Promise<BuildOutcome> => {
      builds += 1;
      running += 1;
      most = Math.max(most, running);
      await new Promise<void>((resolve) => open.push(resolve));
      running -= 1;
      if (builds === 1) throw new Error('a model failed');
      return { runId: `b${builds}`, models: 0, tests: 0, seconds: 0 };
    },
  };
  for (let at = 0; at < 5; at += 1) publishSoon(work);
  open.shift()?.();
  await new Promise((resolve) => setImmediate(resolve));
  expect(builds).toBe(2);
  open.shift()?.();
  await untilPublished(work);
  expect([builds, most]).toEqual([2, 1]);
  publishSoon(work);
  open.shift()?.();
  await untilPublished(work);
  expect(builds).toBe(3);
});
