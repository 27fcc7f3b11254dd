import { Router } from 'express';
import { z } from 'zod';
import { personOf } from '../http/auth';
import { parsed, withoutUndefined } from '../http/body';
import { handled } from '../http/errors';
import type { Work } from '../work/work';

const text = z.string().min(1).max(200);
const limit = z.coerce.number().int().min(1).max(200);
const findQuery = z.strictObject({
  text: z.string().max(200).default(''),
  limit: limit.default(50),
  offset: z.coerce.number().int().min(0).default(0),
});
const activityQuery = z.strictObject({ before: text.optional(), limit: limit.default(50) });
const reviewBody = z.strictObject({ note: z.string().max(500).optional() });

/** Routes of customer 360. Everybody sees customers of his own scope; any other is answered as one that does not exist. */
export function customer360Routes({ customer360 }: Pick<Work, 'customer360'>): Router {
  const router = Router();
  router.get(
    '/customer360',
    handled(async ({ query }, response) => {
      response.json(await customer360.find(parsed(findQuery, query), personOf(response)));
    }),
  );
  router.get(
    '/customer360/:id',
    handled(async ({ params }, response) => {
      response.json(await customer360.page(parsed(text, params.id), personOf(response)));
    }),
  );
  router.get(
    '/customer360/:id/activities',
    handled(async ({ params, query }, response) => {
      const page = withoutUndefined(parsed(activityQuery, query));
      response.json(await customer360.activities(parsed(text, params.id), page, personOf(response)));
    }),
  );
  router.post(
    '/customer360/:id/review',
    handled(async ({ params, body }, response) => {
      const { note } = parsed(reviewBody, body);
      await customer360.review(parsed(text, params.id), note, personOf(response));
      response.json({});
    }),
  );
  return router;
}
