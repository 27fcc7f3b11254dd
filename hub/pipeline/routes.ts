import { Router } from 'express';
import { z } from 'zod';
import { publishSoon } from '../events/publishSoon';
import { whoActs } from '../http/auth';
import { parsed, withoutUndefined } from '../http/body';
import { handled } from '../http/errors';
import type { Work } from '../work/work';

const text = z.string().min(1).max(500);
const by = text.optional();
const isSet = z.enum(['true', 'false']).transform((value) => value === 'true');

const stallsQuery = z.strictObject({
  region: text.optional(),
  owner: text.optional(),
  customer: text.optional(),
  businessLine: text.optional(),
  all: isSet.optional(),
  by,
});
const snoozeBody = z.strictObject({
  id: text.optional(),
  stall: text,
  until: z.iso.date(),
  reason: text,
  by,
});
const wakeBody = z.strictObject({ stall: text, by });

/** Routes of stalls (METRICS FUN-10): everybody sees and puts off those of his own rows. */
export function pipelineRoutes(work: Pick<Work, 'pipeline' | 'build'>): Router {
  const router = Router();
  router.get(
    '/stalls',
    handled(async ({ query }, response) => {
      const { by: told, ...filter } = parsed(stallsQuery, query);
      response.json(await work.pipeline.stalls(withoutUndefined(filter), whoActs(response, told)));
    }),
  );
  router.post(
    '/stalls/snooze',
    handled(async ({ body }, response) => {
      const { by: told, ...input } = parsed(snoozeBody, body);
      const snoozed = await work.pipeline.snooze(withoutUndefined(input), whoActs(response, told));
      publishSoon(work);
      response.json(snoozed);
    }),
  );
  router.post(
    '/stalls/wake',
    handled(async ({ body }, response) => {
      const { by: told, stall } = parsed(wakeBody, body);
      await work.pipeline.wake(stall, whoActs(response, told));
      publishSoon(work);
      response.json({});
    }),
  );
  return router;
}
