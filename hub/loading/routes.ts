import { type Response, Router } from 'express';
import { z } from 'zod';
import { MillraceError } from '../../connectors/kit';
import { personOf } from '../http/auth';
import { parsed, withoutUndefined } from '../http/body';
import { handled } from '../http/errors';
import type { LoadingWork } from './loadingWork';

const names = z.array(z.string()).min(1).optional();
const reconcileBody = z.strictObject({
  connection: z.string(),
  streams: names,
  isPreview: z.boolean().optional(),
  confirmDeletes: z.boolean().optional(),
});
const backfillBody = z.strictObject({
  connection: z.string(),
  streams: names,
  from: z.string(),
  to: z.string(),
  slice: z.enum(['day', 'month', 'year']).optional(),
});
const action = z.enum(['pause', 'resume', 'cancel']);

/** Deletes and backfills: what the commands `reconcile` and `backfill` ask of a running hub. */
export function loadingRoutes(work: LoadingWork) {
  const router = Router();
  router.post(
    '/reconcile',
    handled(async (request, response) => {
      onlyAdmin(response);
      response.json(await work.reconcile(withoutUndefined(parsed(reconcileBody, request.body))));
    }),
  );
  router.get(
    '/backfills',
    handled(async (_request, response) => {
      onlyAdmin(response);
      response.json(await work.backfills());
    }),
  );
  router.post(
    '/backfills',
    handled(async (request, response) => {
      onlyAdmin(response);
      response.json(await work.backfill(withoutUndefined(parsed(backfillBody, request.body))));
    }),
  );
  router.get(
    '/backfills/:id',
    handled(async (request, response) => {
      onlyAdmin(response);
      response.json(await work.backfillOf(request.params.id ?? ''));
    }),
  );
  router.post(
    '/backfills/:id/:action',
    handled(async (request, response) => {
      onlyAdmin(response);
      response.json(await work.steerBackfill(request.params.id ?? '', parsed(action, request.params.action)));
    }),
  );
  return router;
}

function onlyAdmin(response: Response): void {
  if (personOf(response).role !== 'admin')
    throw new MillraceError('not_allowed', { what: 'Only an administrator may do this' });
}
