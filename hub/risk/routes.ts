import { Router } from 'express';
import { z } from 'zod';
import { personOf } from '../http/auth';
import { onlyAdmin, parsed, withoutUndefined } from '../http/body';
import { handled } from '../http/errors';
import type { Work } from '../work/work';

const text = z.string().min(1).max(200);
const day = z.iso.date('write a day as YYYY-MM-DD');
const planQuery = z.strictObject({ connection: text.optional() });
const runBody = z.strictObject({ connection: text.optional(), maxCalls: z.int().min(1).optional() });
const eventsQuery = z.strictObject({
  change: z.enum(['new', 'known', 'lifted']).optional(),
  kind: text.optional(),
  customer: text.optional(),
  since: day.optional(),
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
});
const costQuery = z.strictObject({
  month: z
    .string()
    .regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'YYYY-MM')
    .optional(),
});

/** Routes of credit bureaus. Everybody sees events of his own customers; what costs money is an administrator's. */
export function riskRoutes({ risk }: Pick<Work, 'risk'>): Router {
  const router = Router();
  router.get(
    '/risk/plan',
    handled(async ({ query }, response) => {
      onlyAdmin(personOf(response));
      response.json(await risk.plan(parsed(planQuery, query).connection));
    }),
  );
  router.post(
    '/risk/run',
    handled(async ({ body }, response) => {
      onlyAdmin(personOf(response));
      response.json(await risk.run(withoutUndefined(parsed(runBody, body))));
    }),
  );
  router.get(
    '/risk/events',
    handled(async ({ query }, response) => {
      response.json(await risk.events(withoutUndefined(parsed(eventsQuery, query)), personOf(response)));
    }),
  );
  router.get(
    '/risk/cost',
    handled(async ({ query }, response) => {
      onlyAdmin(personOf(response));
      response.json(await risk.cost(withoutUndefined(parsed(costQuery, query))));
    }),
  );
  return router;
}
