import express, { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { publishSoon } from '../events/publishSoon';
import { personOf, whoActs } from '../http/auth';
import { parsed, withoutUndefined } from '../http/body';
import { handled } from '../http/errors';
import type { Work } from '../work/work';
import { accountFile } from './accountFile';
import { DISPUTE_OUTCOMES, DISPUTE_REASONS } from './financeWork';

const text = z.string().min(1).max(500);
const note = z.string().max(2_000);
const isSet = z.enum(['true', 'false']).transform((value) => value === 'true');
const by = text.optional();

const scope = { region: text.optional(), owner: text.optional() };
const morningQuery = z.strictObject({ ...scope, by });
const todoBody = z.strictObject({
  taskKey: text,
  action: z.enum(['done', 'asked', 'snoozed', 'reopened']),
  until: text.optional(),
  reason: text.optional(),
  by,
});
const disputesQuery = z.strictObject({ ...scope, all: isSet.optional(), customer: text.optional(), by });
const openBody = z.strictObject({
  id: text.optional(),
  item: text.optional(),
  document: text.optional(),
  amount: text.optional(),
  reason: z.enum(DISPUTE_REASONS),
  since: z.iso.date().optional(),
  note: note.optional(),
  by,
});
const closeBody = z.strictObject({
  disputeId: text,
  outcome: z.enum(DISPUTE_OUTCOMES),
  note: note.optional(),
  deduction: text.optional(),
  by,
});
const period = { from: text, to: text };
const accountQuery = z.strictObject({
  customer: text,
  ...period,
  format: z.enum(['json', 'pdf', 'xlsx']).default('json'),
  language: z.enum(['zh', 'en']).default('zh'),
  /** The command line makes the file itself, and says which. */
  for: z.enum(['pdf', 'xlsx']).optional(),
  by,
});
const customersQuery = z.strictObject({ ...period, by });
const importQuery = z.strictObject({ name: text, apply: isSet.default(false), by });
const controlQuery = z.strictObject({ month: text.optional(), entity: text.optional(), by });

/** Routes of finance (B7, B9, A12): morning list, disputes, statement of account, control totals. */
export function financeRoutes(work: Pick<Work, 'finance' | 'build'>): Router {
  const router = Router();
  const { finance } = work;
  const get = (path: string, answer: (request: Request, response: Response) => Promise<unknown>) =>
    router.get(
      `/finance/${path}`,
      handled(async (request, response) => void response.json(await answer(request, response))),
    );
  const post = (path: string, answer: (request: Request, response: Response) => Promise<unknown>) =>
    router.post(
      `/finance/${path}`,
      handled(async (request, response) => {
        const result = await answer(request, response);
        publishSoon(work);
        response.json(result ?? {});
      }),
    );

  get('morning-list', ({ query }, response) => {
    const { by: told, ...filter } = parsed(morningQuery, query);
    return finance.morningList(withoutUndefined(filter), whoActs(response, told));
  });
  router.post(
    '/finance/todo',
    handled(async (request, response) => {
      const { by: told, ...input } = parsed(todoBody, request.body);
      await finance.act(withoutUndefined(input), whoActs(response, told));
      response.json({}); // no build: the list reads acts as they come, and a build would make the next one wait
    }),
  );
  get('disputes', ({ query }, response) => {
    const { by: told, ...filter } = parsed(disputesQuery, query);
    return finance.disputes(withoutUndefined(filter), whoActs(response, told));
  });
  post('disputes', ({ body }, response) => {
    const { by: told, ...input } = parsed(openBody, body);
    return finance.openDispute(withoutUndefined(input), whoActs(response, told));
  });
  post('disputes/close', ({ body }, response) => {
    const { by: told, ...input } = parsed(closeBody, body);
    return finance.closeDispute(withoutUndefined(input), whoActs(response, told));
  });
  get('account-customers', ({ query }, response) => {
    const { by: told, ...days } = parsed(customersQuery, query);
    return finance.accountCustomers(days, whoActs(response, told));
  });
  get('control', ({ query }, response) => {
    const { by: told, ...filter } = parsed(controlQuery, query);
    return finance.control(withoutUndefined(filter), whoActs(response, told));
  });
  router.get(
    '/finance/statement-of-account',
    handled(async (request, response) => {
      const { by: told, format, language, for: made, ...wanted } = parsed(accountQuery, request.query);
      const file = format === 'json' ? made : format;
      const account = await finance.statementOfAccount(
        { ...wanted, ...(file !== undefined && { format: file }) },
        whoActs(response, told),
      );
      if (format === 'json') {
        response.json(account);
        return;
      }
      const { name, type, bytes } = await accountFile(account, format, language, personOf(response).name);
      response.setHeader('content-type', type);
      response.setHeader(
        'content-disposition',
        `attachment; filename="statement.${format}"; filename*=UTF-8''${encodeURIComponent(name)}`,
      );
      response.end(bytes);
    }),
  );
  router.post(
    '/finance/control',
    express.raw({ type: () => true, limit: '20mb' }),
    handled(async (request, response) => {
      const { by: told, name, apply } = parsed(importQuery, request.query);
      const content = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      const report = await finance.importControl({ name, content, apply }, whoActs(response, told));
      if (report.added > 0) publishSoon(work);
      response.json(report);
    }),
  );
  return router;
}
