import express, { Router } from 'express';
import { z } from 'zod';
import { publishSoon } from '../events/publishSoon';
import { whoActs } from '../http/auth';
import { parsed, withoutUndefined } from '../http/body';
import { handled } from '../http/errors';
import type { Work } from '../work/work';

const text = z.string().min(1).max(500);
const stateBody = z.strictObject({
  id: text.optional(),
  customer: text.optional(),
  document: text.optional(),
  order: text.optional(),
  slot: text.optional(),
  amount: text,
  expectedDate: text,
  certainty: z.enum(['expected', 'promised', 'confirmed']),
  method: text.optional(),
  evidence: z.string().max(2_000).optional(),
  onBehalfOf: text.optional(),
  isWithdrawn: z.boolean().optional(),
  by: text.optional(),
});
const isSet = z.enum(['true', 'false']).transform((value) => value === 'true');
const listQuery = z.strictObject({
  asOf: text.optional(),
  customer: text.optional(),
  person: text.optional(),
  conflicts: isSet.optional(),
  by: text.optional(),
});
const importQuery = z.strictObject({ name: text, apply: isSet.default(false), by: text.optional() });
const undoBody = z.strictObject({ batch: text, by: text.optional() });

/** Routes for what people say about cash to come (B1). */
export function statementRoutes(work: Pick<Work, 'statements' | 'build'>): Router {
  const router = Router();
  router.post(
    '/statements',
    handled(async (request, response) => {
      const { by, ...input } = parsed(stateBody, request.body);
      const stated = await work.statements.state(withoutUndefined(input), whoActs(response, by));
      publishSoon(work);
      response.status(201).json(stated);
    }),
  );
  router.get(
    '/statements',
    handled(async (request, response) => {
      const { by, ...filter } = parsed(listQuery, request.query);
      response.json(await work.statements.statements(withoutUndefined(filter), whoActs(response, by)));
    }),
  );
  router.post(
    '/statements/import',
    express.raw({ type: () => true, limit: '10mb' }),
    handled(async (request, response) => {
      const { by, name, apply } = parsed(importQuery, request.query);
      const content = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      const report = await work.statements.importStatements({ name, content, apply }, whoActs(response, by));
      if (report.added > 0) publishSoon(work);
      response.json(report);
    }),
  );
  router.post(
    '/statements/undo-import',
    handled(async (request, response) => {
      const { by, batch } = parsed(undoBody, request.body);
      const withdrawn = await work.statements.undoImport(batch, whoActs(response, by));
      if (withdrawn > 0) publishSoon(work);
      response.json({ withdrawn });
    }),
  );
  return router;
}
