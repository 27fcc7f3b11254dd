import { Router } from 'express';
import { z } from 'zod';
import { ADMIN } from '../access/users';
import { publishSoon } from '../events/publishSoon';
import { personOf } from '../http/auth';
import { parsed, withoutUndefined } from '../http/body';
import { handled } from '../http/errors';
import type { Work } from '../work/work';

const text = z.string().min(1).max(500);
const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'write a month as YYYY-MM');

const showQuery = z.strictObject({ customer: text, month: month.optional() });
const restatedQuery = z.strictObject({ month: month.optional() });
const listQuery = z.strictObject({
  state: z.enum(['open', 'over', 'closed', 'all']).optional(),
  customer: text.optional(),
  limit: z.coerce.number().int().min(1).max(1_000).default(200),
});
const closeBody = z.strictObject({ suggestion: text, why: text, by: text.optional() });

/** Routes of customer health and of what the hub suggests. Everybody sees his own customers. */
export function healthRoutes(work: Pick<Work, 'health' | 'build'>): Router {
  const router = Router();
  const { health } = work;
  router.get(
    '/health/customer',
    handled(async ({ query }, response) => {
      response.json(await health.show(withoutUndefined(parsed(showQuery, query)), personOf(response)));
    }),
  );
  router.get(
    '/health/restated',
    handled(async ({ query }, response) => {
      response.json(await health.restated(parsed(restatedQuery, query).month, personOf(response)));
    }),
  );
  router.get(
    '/suggestions',
    handled(async ({ query }, response) => {
      response.json(await health.suggestions(withoutUndefined(parsed(listQuery, query)), personOf(response)));
    }),
  );
  router.post(
    '/suggestions/close',
    handled(async ({ body }, response) => {
      const { suggestion, why, by } = parsed(closeBody, body);
      const person = personOf(response);
      // the command line acts as the administrator and tells who sits at it
      const who = person.id === ADMIN.id && by !== undefined ? by : person.id;
      const closed = await health.close({ suggestion, why, by: who }, person);
      publishSoon(work);
      response.json(closed);
    }),
  );
  return router;
}
