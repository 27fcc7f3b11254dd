import { Router } from 'express';
import { z } from 'zod';
import { publishSoon } from '../events/publishSoon';
import { whoActs } from '../http/auth';
import { parsed, withoutUndefined } from '../http/body';
import { handled } from '../http/errors';
import type { Work } from '../work/work';

const text = z.string().trim().min(1).max(300);
const of = { stage: text, line: text.optional(), by: text.optional() };

/** What a person types of a benchmark; the command line asks the same. */
export const percentText = z
  .string()
  .trim()
  .regex(/^(100(\.0{1,4})?|\d{1,2}(\.\d{1,4})?)$/, 'write per cent as text, for example "35" or "17.5"');
const setBody = z.strictObject({
  ...of,
  percent: percentText,
  source: text,
  date: z.iso.date('write a day as YYYY-MM-DD'),
});

/** Everybody sees benchmarks; managers and administrators set them. */
export function benchmarkRoutes(work: Pick<Work, 'benchmarks' | 'build'>): Router {
  const router = Router();
  const { benchmarks } = work;
  router.get(
    '/benchmarks',
    handled(async (_request, response) => {
      response.json(await benchmarks.list());
    }),
  );
  router.post(
    '/benchmarks',
    handled(async ({ body }, response) => {
      const { by, ...input } = withoutUndefined(parsed(setBody, body));
      await benchmarks.set(input, whoActs(response, by));
      publishSoon(work);
      response.json({});
    }),
  );
  router.post(
    '/benchmarks/remove',
    handled(async ({ body }, response) => {
      const { by, ...input } = withoutUndefined(parsed(z.strictObject(of), body));
      await benchmarks.remove(input, whoActs(response, by));
      publishSoon(work);
      response.json({});
    }),
  );
  return router;
}
