import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { MillraceError } from '../../connectors/kit';
import { personOf, whoActs } from '../http/auth';
import { parsed, withoutUndefined } from '../http/body';
import { handled } from '../http/errors';
import type { ContractWork } from './contractWork';

const text = z.string().min(1).max(500);
const isSet = z.enum(['true', 'false']).transform((value) => value === 'true');
const place = { connection: text, stream: text };
const field = { ...place, field: text };

const listQuery = z.strictObject({
  connection: text.optional(),
  stream: text.optional(),
  reason: text.optional(),
  all: isSet.optional(),
});
const showQuery = z.strictObject({
  ...place,
  reason: text.optional(),
  all: isSet.optional(),
  limit: z.coerce.number().int().min(1).max(1_000).default(10),
});
const replayBody = z.strictObject({
  connection: text.optional(),
  stream: text.optional(),
  reason: text.optional(),
  build: z.boolean().optional(),
});
const discardBody = z.strictObject({
  ...place,
  reason: text.optional(),
  records: z.array(text).min(1).max(1_000).optional(),
  why: text,
  by: text.optional(),
  isConfirmed: z.boolean().default(false),
});
const acceptBody = z.strictObject({
  ...field,
  kind: text.optional(),
  column: text.optional(),
  by: text.optional(),
  isForced: z.boolean().default(false),
});
const rejectBody = z.strictObject({ ...field, by: text.optional() });

/** Routes for bad records and unknown fields. Raw records may hold personal data: administrators and engineers only. */
export function contractRoutes(work: ContractWork): Router {
  const router = Router();
  const get = (path: string, answer: (request: Request) => Promise<unknown>) =>
    router.get(path, forEngineers(answer));
  const post = (path: string, answer: (request: Request, response: Response) => Promise<unknown>) =>
    router.post(path, forEngineers(answer));

  get('/quarantine', ({ query }) => work.quarantine(withoutUndefined(parsed(listQuery, query))));
  get('/quarantine/records', ({ query }) => work.quarantined(withoutUndefined(parsed(showQuery, query))));
  post('/quarantine/preview-replay', ({ body }) =>
    work.previewReplay(withoutUndefined(parsed(replayBody, body))),
  );
  post('/quarantine/replay', ({ body }) => work.replay(withoutUndefined(parsed(replayBody, body))));
  post('/quarantine/discard', ({ body }, response) => {
    const input = parsed(discardBody, body);
    return work.discard({ ...withoutUndefined(input), by: whoActs(response, input.by) });
  });
  get('/columns', ({ query }) => {
    const { connection, all } = parsed(listQuery, query);
    return work.columns(withoutUndefined({ connection, all }));
  });
  get('/columns/one', ({ query }) => work.column(parsed(z.strictObject(field), query)));
  post('/columns/accept', ({ body }, response) => {
    const input = parsed(acceptBody, body);
    return work.acceptColumn({ ...withoutUndefined(input), by: whoActs(response, input.by) });
  });
  post('/columns/reject', async ({ body }, response) => {
    const input = parsed(rejectBody, body);
    await work.rejectColumn({ ...input, by: whoActs(response, input.by) });
    return {};
  });
  return router;
}

function forEngineers(answer: (request: Request, response: Response) => Promise<unknown>) {
  return handled(async (request, response) => {
    if (!['admin', 'engineer'].includes(personOf(response).role))
      throw new MillraceError('not_allowed', { what: 'Only an administrator or an engineer may do this' });
    response.json(await answer(request, response));
  });
}
