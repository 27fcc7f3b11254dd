import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { MillraceError } from '../../connectors/kit';
import { publishSoon } from '../events/publishSoon';
import { personOf, whoActs } from '../http/auth';
import { parsed, withoutUndefined } from '../http/body';
import { handled } from '../http/errors';
import type { Work } from '../work/work';
import type { SplitPart } from './matchWork';

const text = z.string().min(1).max(500);
const amount = z
  .string()
  .regex(/^\d{1,15}(\.\d{1,2})?$/, 'write an amount in CNY as text, for example "1234.50"');
const by = text.optional();

const listQuery = z.strictObject({
  state: z.enum(['open', 'matched', 'differs']).optional(),
  matchClass: z.enum(['suggested_strong', 'suggested_check', 'none']).optional(),
  customer: text.optional(),
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
});
const confirmBody = z.strictObject({
  lines: z.array(text).min(1).max(1_000).optional(),
  allStrong: z.boolean().optional(),
  matches: z.array(text).min(1).max(1_000).optional(),
  by,
});
const declineBody = z.strictObject({
  line: text,
  rank: z.int().min(1).max(20).default(1),
  customer: z.boolean().default(false),
  why: text,
  by,
});
const splitBody = z.strictObject({
  line: text,
  payer: text.optional(),
  parts: z
    .array(
      z.strictObject({
        document: text.optional(),
        amount,
        kept: z
          .strictObject({ kind: z.enum(['bank_fee', 'discount', 'deduction', 'rounding']), amount })
          .optional(),
      }),
    )
    .min(1)
    .max(100),
  why: text.optional(),
  by,
});
const undoBody = z.strictObject({ match: text, why: text, by });

/** Routes of cash application. Everybody sees lines of his own customers; finance and administrators decide. */
export function matchRoutes(work: Pick<Work, 'matching' | 'build'>): Router {
  const router = Router();
  const { matching } = work;
  const post = (path: string, act: (request: Request, response: Response) => Promise<unknown>) =>
    router.post(
      path,
      handled(async (request, response) => {
        if (!['admin', 'finance'].includes(personOf(response).role))
          throw new MillraceError('not_allowed', { what: 'Only finance or an administrator may do this' });
        response.json(await act(request, response));
      }),
    );
  router.get(
    '/match',
    handled(async ({ query }, response) => {
      response.json(await matching.list(withoutUndefined(parsed(listQuery, query)), personOf(response)));
    }),
  );
  router.get(
    '/match/line',
    handled(async ({ query }, response) => {
      response.json(
        await matching.show(parsed(z.strictObject({ line: text }), query).line, personOf(response)),
      );
    }),
  );
  post('/match/run', () => matching.run());
  post('/match/confirm', async ({ body }, response) => {
    const input = withoutUndefined(parsed(confirmBody, body));
    const decided = await matching.confirm({ ...input, by: whoActs(response, input.by) });
    publishSoon(work);
    return decided;
  });
  post('/match/decline', async ({ body }, response) => {
    const input = parsed(declineBody, body);
    await matching.decline({ ...input, by: whoActs(response, input.by) });
    publishSoon(work);
    return {};
  });
  post('/match/split', async ({ body }, response) => {
    const { parts, ...input } = withoutUndefined(parsed(splitBody, body));
    const exact = parts.map((part): SplitPart => withoutUndefined(part));
    const decided = await matching.split({ ...input, parts: exact, by: whoActs(response, input.by) });
    publishSoon(work);
    return decided;
  });
  post('/match/undo', async ({ body }, response) => {
    const input = parsed(undoBody, body);
    await matching.undo({ ...input, by: whoActs(response, input.by) });
    publishSoon(work);
    return {};
  });
  return router;
}
