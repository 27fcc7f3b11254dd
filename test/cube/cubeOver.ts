import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { z } from 'zod';
import { type EmbeddedCube, startCube } from '../../hub/cube';
import { buildModels, DuckDbWarehouse, PostgresWarehouse, type Warehouse } from '../../warehouse';
import { forecastOrigin } from '../../workflows/activities/cashForecast/forecastDays';
import { freezeMonths } from '../../workflows/activities/freeze';
import { type BuiltCase, type Case, given, type OpenEngine } from '../models/given';
import { testDatabase } from '../support/postgres';

/** Both engines: Cube must answer alike over each. */
export const engines: { engine: string; open: OpenEngine }[] = [
  { engine: 'DuckDB', open: () => DuckDbWarehouse.open({ file: ':memory:' }) },
  { engine: 'Postgres', open: async () => PostgresWarehouse.open({ url: await testDatabase() }) },
];

export const everyone = { scope: 'all' };
export const east = { scope: 'region', regions: ['华东'] };
export const seller = { scope: 'own', user_id: 'E1' };

const memberSchema = z.looseObject({
  name: z.string(),
  type: z.string(),
  description: z.string().optional(),
  meta: z
    .looseObject({ unit: z.string(), definition: z.string(), goodUp: z.boolean().nullable() })
    .optional(),
});
const viewSchema = z.looseObject({
  name: z.string(),
  type: z.string(),
  description: z.string().optional(),
  measures: z.array(memberSchema),
  dimensions: z.array(memberSchema),
});
const metaSchema = z.looseObject({ cubes: z.array(viewSchema) });
const answerSchema = z.looseObject({
  data: z.array(z.record(z.string(), z.unknown())).optional(),
  error: z.string().optional(),
});

type View = z.infer<typeof viewSchema>;
type Rows = Record<string, unknown>[];

export interface ServedCube {
  cube: EmbeddedCube;
  /** Over HTTP, with the security context as the token. */
  call(path: string, user: object | null, body?: object): Promise<{ status: number; body: unknown }>;
  ask(
    query: object,
    user?: object | null,
  ): Promise<{ status: number; rows: Rows; error: string | undefined }>;
  /** The one value of a query of one measure. */
  value(query: object, user?: object): Promise<unknown>;
  views(): Promise<View[]>;
  close(): Promise<void>;
}

export interface CubeUnderTest extends BuiltCase, ServedCube {
  /** Plain SQL over DuckDB with the same records, whichever engine Cube reads: the other method of each figure. */
  rows: BuiltCase['rows'];
  /** Publishes another generation from the staging records as they are now. */
  build(): Promise<void>;
  close(): Promise<void>;
}

/** Cube over the warehouse of a case, two months of health and forecasts frozen, behind a real HTTP server. */
export async function cubeOver(once: Case, open?: OpenEngine): Promise<CubeUnderTest> {
  const built = await builtAndFrozen(once, open);
  const { warehouse } = built;
  const isDuckDb = warehouse.dialect.engine === 'duckdb';
  const oracle = isDuckDb ? built : await builtAndFrozen(once);
  const served = await servedCube(warehouse);
  return {
    ...built,
    ...served,
    rows: oracle.rows,
    build: () => buildAgain(warehouse, once),
    async close() {
      await served.close();
      await built.close();
      if (!isDuckDb) await oracle.close();
    },
  };
}

/** Cube over built models behind a real HTTP server. */
export async function servedCube(warehouse: Warehouse): Promise<ServedCube> {
  const app = express();
  const cube = await startCube({
    app,
    warehouse,
    apiSecret: 'test',
    authenticate: async (_request, authorization) => JSON.parse(authorization ?? 'null'),
  });
  await cube.warmUp();
  const server = await new Promise<Server>((resolve) => {
    const listening: Server = app.listen(0, '127.0.0.1', () => resolve(listening));
  });
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/cubejs-api`;
  const call: ServedCube['call'] = async (path, user, body) => {
    const response = await fetch(base + path, {
      method: body ? 'POST' : 'GET',
      headers: { 'content-type': 'application/json', ...(user && { authorization: asciiJson(user) }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: await response.json() };
  };
  const ask: ServedCube['ask'] = async (query, user = everyone) => {
    const { status, body } = await call('/v1/load', user, { query });
    const { data, error } = answerSchema.parse(body);
    return { status, rows: data ?? [], error };
  };
  return {
    cube,
    call,
    ask,
    async value(query, user) {
      const { rows, error } = await ask(query, user);
      if (rows.length !== 1) throw new Error(error ?? `${rows.length} rows`);
      return Object.values(rows[0] ?? {})[0];
    },
    views: async () => metaSchema.parse((await call('/v1/meta', everyone)).body).cubes,
    async close() {
      await new Promise((resolve) => server.close(resolve));
      await cube.close();
    },
  };
}

async function builtAndFrozen(once: Case, open?: OpenEngine): Promise<BuiltCase> {
  const built = await given(once, open);
  for (const month of ['2025-05', '2025-06'])
    await freezeMonths(built.warehouse, { runId: month, asOfDate: once.today, month });
  for (const origin of ['2025-05-31', '2025-06-30', once.today])
    await forecastOrigin(built.warehouse, { runId: 'forecast', origin, asOf: once.today });
  await buildAgain(built.warehouse, once);
  return built;
}

/** Another generation from the staging records as they are. */
async function buildAgain(warehouse: Warehouse, { today }: Case): Promise<void> {
  await buildModels(warehouse, {
    runId: 'again',
    connections: [],
    asOfDate: today,
    keepStaging: true,
    isAll: true,
  });
}

/** A header takes no Chinese. */
const asciiJson = (value: object): string =>
  JSON.stringify(value).replace(
    /[^\x20-\x7e]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
