import { type Request, Router } from 'express';
import { z } from 'zod';
import type { Person } from '../access/users';
import { publishSoon } from '../events/publishSoon';
import { personOf, whoActs } from '../http/auth';
import { parsed, withoutUndefined } from '../http/body';
import { handled } from '../http/errors';
import type { Work } from '../work/work';
import { type Decided, QUEUE_KINDS } from './customerWork';
import { isDecider } from './rights';

const text = z.string().min(1).max(500);
const isSet = z.enum(['true', 'false']).transform((value) => value === 'true');
const limit = z.coerce.number().int().min(1).max(1_000).default(100);
/** Who acts, why, and what the sender calls it. */
const act = {
  by: text.optional(),
  reason: z.string().max(2_000).optional(),
  id: text.optional(),
  preview: z.boolean().optional(),
};

const listQuery = z.strictObject({ search: text.optional(), several: isSet.optional(), limit });
const showQuery = z.strictObject({ ref: text });
const queueQuery = z.strictObject({ kind: z.enum(QUEUE_KINDS).optional(), limit });
const mergeBody = z.strictObject({ refs: z.array(text).min(2).max(100), ...act });
const splitBody = z.strictObject({ records: z.array(text).min(1).max(100), ...act });
const apartBody = z.strictObject({ pair: z.tuple([text, text]), ...act });
const undoBody = z.strictObject({ decision: text, ...act });

/** Routes of who is one customer (A11). Everybody sees his own customers; rights.ts says who decides. */
export function customerRoutes(work: Pick<Work, 'customers' | 'build'>): Router {
  const router = Router();
  const { customers } = work;
  const get = (path: string, answer: (request: Request, person: Person) => Promise<unknown>) =>
    router.get(
      `/customers${path}`,
      handled(async (request, response) => void response.json(await answer(request, personOf(response)))),
    );
  const post = <Body extends { by?: string | undefined }>(
    path: string,
    schema: z.ZodType<Body>,
    decide: (input: Body & { by: string }, person: Person) => Promise<Decided>,
  ) =>
    router.post(
      `/customers${path}`,
      handled(async ({ body }, response) => {
        const person = personOf(response);
        const input = parsed(schema, body);
        const decided = await decide({ ...input, by: whoActs(response, input.by) }, person);
        if (!decided.preview) publishSoon(work);
        response.json(decided);
      }),
    );
  get('', ({ query }, person) => customers.list(withoutUndefined(parsed(listQuery, query)), person));
  get('/one', ({ query }, person) => customers.show(parsed(showQuery, query).ref, person));
  get('/queue', async ({ query }, person) => ({
    ...(await customers.queue(withoutUndefined(parsed(queueQuery, query)), person)),
    mayDecide: isDecider(person),
  }));
  get('/decisions', ({ query }, person) =>
    customers.decisions(parsed(z.strictObject({ limit }), query).limit, person),
  );
  post('/merge', mergeBody, (input, person) => customers.merge(withoutUndefined(input), person));
  post('/split', splitBody, (input, person) => customers.split(withoutUndefined(input), person));
  post('/keep-apart', apartBody, (input, person) => customers.keepApart(withoutUndefined(input), person));
  post('/undo', undoBody, (input, person) => customers.undo(withoutUndefined(input), person));
  return router;
}
