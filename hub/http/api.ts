import express, { Router } from 'express';
import { z } from 'zod';
import { MillraceError } from '../../connectors/kit';
import type { Warehouse } from '../../warehouse';
import { financeRoutes } from '../finance/routes';
import { definitions } from '../metrics';
import { bankRoutes } from '../bank/routes';
import { benchmarkRoutes } from '../benchmarks/routes';
import { customer360Routes } from '../customer360/routes';
import { customerRoutes } from '../customers/routes';
import { pipelineRoutes } from '../pipeline/routes';
import { recordOf } from '../records/record';
import { statementOf } from '../records/statement';
import { healthRoutes } from '../health/routes';
import { loadingRoutes } from '../loading/routes';
import { riskRoutes } from '../risk/routes';
import { matchRoutes } from '../matching/routes';
import { contractRoutes } from '../quarantine/routes';
import { outcomeRoutes } from '../outcomes/routes';
import type { Setup } from '../setup/setup';
import { statementRoutes } from '../statements/routes';
import type { Work } from '../work/work';
import { type Auth, personOf, signedIn } from './auth';
import { onlyAdmin, parsed, withoutUndefined } from './body';
import { handled } from './errors';

export interface ApiOptions {
  auth: Auth;
  setup: Setup;
  work: Omit<Work, 'close'>;
  warehouse: Warehouse;
}

const CUBE_TOKEN_SECONDS = 3600;
const range = z
  .object({ from: z.string().optional(), to: z.string().optional() })
  .transform(withoutUndefined)
  .optional();
const syncBody = z.strictObject({
  connection: z.string(),
  streams: z.array(z.string()).optional(),
  isFull: z.boolean().optional(),
  range,
  reconcile: z.boolean().optional(),
  confirmDeletes: z.boolean().optional(),
  build: z.boolean().optional(),
});
const backupBody = z.strictObject({ out: z.string().min(1).optional(), keep: z.int().min(1).optional() });
const buildBody = z.strictObject({ select: z.array(z.string()).optional(), isAll: z.boolean().optional() });

const freezeBody = z.strictObject({
  month: z
    .string()
    .regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'YYYY-MM')
    .optional(),
});

/** The hub's JSON API (docs/api.md). Nobody unknown gets past its first line; the routes of the command line want an administrator. */
export function api({ auth, setup, work, warehouse }: ApiOptions): Router {
  const router = Router();
  router.use(signedIn(auth), express.json({ limit: '1mb' }));

  router.get(
    '/me',
    handled(async (request, response) => {
      response.json({
        user: personOf(response),
        language: setup.config.language,
        company: setup.config.company,
        isDemo: setup.isDemo,
      });
    }),
  );
  router.get(
    '/freshness',
    handled(async (_request, response) => {
      response.json(await work.status());
    }),
  );
  router.get(
    '/cube-token',
    handled(async (request, response) => {
      const { id } = personOf(response);
      response.type('text').send(auth.tokens.sign('cube', id, CUBE_TOKEN_SECONDS));
    }),
  );
  router.get(
    '/definitions',
    handled(async (request, response) => {
      response.json(definitions);
    }),
  );
  router.get(
    '/record',
    handled(async (request, response) => {
      const { table, id } = parsed(z.object({ table: z.string(), id: z.string() }), request.query);
      response.json(await recordOf(warehouse, setup.connections, personOf(response), table, id));
    }),
  );
  router.get(
    '/statement/:id',
    handled(async (request, response) => {
      response.json(await statementOf(warehouse, personOf(response), request.params.id ?? ''));
    }),
  );
  router.get(
    '/runs',
    handled(async (request, response) => {
      onlyAdmin(personOf(response));
      response.json(await work.runs());
    }),
  );
  router.get(
    '/runs/:id',
    handled(async (request, response) => {
      onlyAdmin(personOf(response));
      response.json(await work.run(request.params.id ?? ''));
    }),
  );
  router.use(bankRoutes(work));
  router.use(benchmarkRoutes(work));
  router.use(contractRoutes(work.contracts));
  router.use(loadingRoutes(work.loading));
  router.use(statementRoutes(work));
  router.use(financeRoutes(work));
  router.use(matchRoutes(work));
  router.use(healthRoutes(work));
  router.use(riskRoutes(work));
  router.use(customer360Routes(work));
  router.use(outcomeRoutes(work));
  router.use(customerRoutes(work));
  router.use(pipelineRoutes(work));
  router.get(
    '/doctor',
    handled(async (_request, response) => {
      onlyAdmin(personOf(response));
      response.json(await work.doctor());
    }),
  );
  router.post(
    '/backup',
    handled(async (request, response) => {
      onlyAdmin(personOf(response));
      response.json(await work.backup(withoutUndefined(parsed(backupBody, request.body))));
    }),
  );
  router.post(
    '/check',
    handled(async (request, response) => {
      onlyAdmin(personOf(response));
      response.json(
        await work.check(
          parsed(z.strictObject({ connection: z.string().optional() }), request.body).connection,
        ),
      );
    }),
  );
  router.post(
    '/sync',
    handled(async (request, response) => {
      onlyAdmin(personOf(response));
      response.json(await work.sync(withoutUndefined(parsed(syncBody, request.body))));
    }),
  );
  router.post(
    '/build',
    handled(async (request, response) => {
      onlyAdmin(personOf(response));
      response.json(await work.build(withoutUndefined(parsed(buildBody, request.body))));
    }),
  );
  router.post(
    '/freeze',
    handled(async (request, response) => {
      onlyAdmin(personOf(response));
      response.json(await work.freeze(withoutUndefined(parsed(freezeBody, request.body))));
    }),
  );
  router.get(
    '/models',
    handled(async (_request, response) => {
      onlyAdmin(personOf(response));
      response.json(await work.models());
    }),
  );
  router.post(
    '/query',
    handled(async (request, response) => {
      onlyAdmin(personOf(response));
      const { query, as } = parsed(
        z.strictObject({
          query: z.union([z.record(z.string(), z.unknown()), z.array(z.unknown())]),
          as: z.string().optional(),
        }),
        request.body,
      );
      response.json(await work.query(query, as));
    }),
  );
  router.post(
    '/sql',
    handled(async (request, response) => {
      onlyAdmin(personOf(response));
      response.json(await work.sql(parsed(z.strictObject({ sql: z.string() }), request.body).sql));
    }),
  );
  router.use((request, _response, next) => {
    next(new MillraceError('not_found', { what: `There is no ${request.method} /api${request.path}` }));
  });
  return router;
}
