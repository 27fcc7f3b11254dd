import { Router } from 'express';
import { z } from 'zod';
import { MillraceError } from '../../connectors/kit';
import { publishSoon } from '../events/publishSoon';
import { personOf, whoActs } from '../http/auth';
import { parsed, withoutUndefined } from '../http/body';
import { handled } from '../http/errors';
import type { Work } from '../work/work';
import { MEASURES } from './outcomeWork';

const text = z.string().min(1).max(200);
const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'YYYY-MM');
const hoursBody = z.strictObject({
  month,
  person: text,
  hours: z.string().regex(/^\d{1,4}(\.\d{1,2})?$/, 'write hours as text, for example "12.5"'),
  what: text,
  by: text.optional(),
});
const baselineBody = z.strictObject({
  measure: z.enum(MEASURES),
  from: month,
  to: month,
  value: z
    .string()
    .regex(/^\d{1,12}(\.\d{1,6})?$/, 'write a number as text, for example "2.0"')
    .optional(),
  by: text.optional(),
});
const listQuery = z.strictObject({ measure: z.enum(MEASURES).optional() });

/** Routes of the outcome measures. They are of the whole company: who sees all sees them; administrators fix baselines. */
export function outcomeRoutes(work: Pick<Work, 'outcomes' | 'build'>): Router {
  const router = Router();
  const { outcomes } = work;
  router.get(
    '/outcomes',
    handled(async ({ query }, response) => {
      if (personOf(response).scope !== 'all') throw refused('Outcomes are of the whole company');
      response.json(await outcomes.list(parsed(listQuery, query).measure));
    }),
  );
  router.post(
    '/outcomes/hours',
    handled(async ({ body }, response) => {
      const input = parsed(hoursBody, body);
      const person = personOf(response);
      const isOwn = person.id === input.person;
      if (!isOwn && person.role !== 'admin') throw refused('You report your own hours');
      await outcomes.report({ ...input, by: whoActs(response, input.by) });
      publishSoon(work);
      response.json({});
    }),
  );
  router.post(
    '/outcomes/baseline',
    handled(async ({ body }, response) => {
      if (personOf(response).role !== 'admin') throw refused('Only an administrator sets a baseline');
      const input = withoutUndefined(parsed(baselineBody, body));
      const months = await outcomes.setBaseline({ ...input, by: whoActs(response, input.by) });
      publishSoon(work);
      response.json(months);
    }),
  );
  return router;
}

const refused = (what: string) => new MillraceError('not_allowed', { what });
