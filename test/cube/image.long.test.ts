import { createHmac } from 'node:crypto';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, relative } from 'node:path';
import type { CubejsServerCore, FileRepository } from '@cubejs-backend/server-core';
import express from 'express';
import { ensureCubeNative } from '../../hub/cube/cubeNative';
import { PostgresWarehouse, projectFolder } from '../../warehouse';
import { testDatabase } from '../support/postgres';
import { company } from './company';
import { type CubeUnderTest, cubeOver, east, everyone, seller } from './cubeOver';

const SECRET = 'the secret of the image';

/** A token as any program makes it: HS256, the payload is the security context. */
function token(payload: object, secret = SECRET, algorithm = 'HS256'): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const text = `${part({ alg: algorithm, typ: 'JWT' })}.${part(payload)}`;
  const signature = createHmac('sha256', secret).update(text).digest('base64url');
  return `${text}.${algorithm === 'none' ? '' : signature}`;
}

/**
 * cube/ as the official image loads it: cube.js and the environment of deploy/compose.yaml, the stock Postgres driver and the
 * stock check of tokens; nothing of hub/. Against the hub's own Cube over the same database (which parity.long.test.ts holds against DuckDB).
 */
describe('the cube folder in the official image, over Postgres', () => {
  const before = { ...process.env };
  let hub: CubeUnderTest;
  let core: CubejsServerCore;
  let server: Server;

  beforeAll(async () => {
    const url = new URL(await testDatabase());
    hub = await cubeOver(company, () => PostgresWarehouse.open({ url: url.href }));
    Object.assign(process.env, {
      NODE_ENV: 'production',
      CUBEJS_DB_TYPE: 'postgres',
      CUBEJS_DB_HOST: url.hostname,
      CUBEJS_DB_PORT: url.port,
      CUBEJS_DB_NAME: url.pathname.slice(1),
      CUBEJS_DB_USER: url.username,
      CUBEJS_DB_PASS: decodeURIComponent(url.password),
      CUBEJS_API_SECRET: SECRET,
      CUBEJS_CACHE_AND_QUEUE_DRIVER: 'memory', // the image: Cube Store
      CUBEJS_TELEMETRY: 'false',
    });
    ensureCubeNative();
    const cube = require('@cubejs-backend/server-core') as {
      CubejsServerCore: typeof CubejsServerCore;
      FileRepository: typeof FileRepository;
    };
    const folder = join(projectFolder, 'cube');
    core = new cube.CubejsServerCore({
      ...(require(join(folder, 'cube.js')) as object),
      repositoryFactory: () => new cube.FileRepository(relative(process.cwd(), join(folder, 'model'))),
      scheduledRefreshTimer: false,
      logger: () => undefined,
    });
    const app = express();
    await core.initApp(app);
    server = await new Promise<Server>((resolve) => {
      const listening: Server = app.listen(0, '127.0.0.1', () => resolve(listening));
    });
  }, 180_000);
  afterAll(async () => {
    await new Promise((resolve) => server?.close(resolve));
    await core?.releaseConnections();
    await hub?.close();
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
    Object.assign(process.env, before);
  }, 60_000);

  const ask = async (query: object, authorization?: string) => {
    const { port } = server.address() as AddressInfo;
    const response = await fetch(`http://127.0.0.1:${port}/cubejs-api/v1/load`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(authorization && { authorization }) },
      body: JSON.stringify({ query }),
    });
    return { status: response.status, body: (await response.json()) as { data?: object[]; error?: string } };
  };
  const sorted = (rows: readonly object[] = []) => rows.map((row) => JSON.stringify(row)).sort();

  test.each([
    ['everybody', everyone],
    ['a region', east],
    ['a seller', seller],
  ])('%s gets the same money, row for row', async (_who, user) => {
    for (const view of ['receivables', 'collections', 'open_receivables']) {
      const [found] = (await hub.views()).filter(({ name }) => name === view);
      const measures = (found?.measures ?? [])
        .filter(({ meta }) => meta?.unit === 'CNY')
        .map(({ name }) => name);
      const dimensions = (found?.dimensions ?? [])
        .map(({ name }) => name)
        .filter((name) => /customer_id|_date$/.test(name));
      expect([view, measures.length > 0]).toEqual([view, true]);
      const query = { measures, dimensions };
      const { status, body } = await ask(query, token(user));
      expect([status, body.error]).toEqual([200, undefined]);
      expect(sorted(body.data)).toEqual(sorted((await hub.ask(query, user)).rows));
    }
  });

  const one = { measures: ['receivables.net'] };
  test.each`
    what                        | authorization                              | status
    ${'no token'}               | ${undefined}                               | ${403}
    ${'a token of another key'} | ${token(everyone, 'guessed')}              | ${403}
    ${'a token without a key'}  | ${token(everyone, SECRET, 'none')}         | ${403}
    ${'a region without names'} | ${token({ scope: 'region', regions: [] })} | ${400}
  `('$what is refused', async ({ authorization, status }) => {
    const answer = await ask(one, authorization);
    expect([answer.status, answer.body.data]).toEqual([status, undefined]);
  });

  test('a token without a scope sees no row: access_policy has no group for it', async () => {
    const { status, body } = await ask(one, token({ user_id: 'E1' }));
    expect([status, body.data]).toEqual([200, [{ 'receivables.net': null }]]);
  });

  test('a member outside of the published views is refused', async () => {
    const { status, body } = await ask({ measures: ['receivable_balances.net'] }, token(everyone));
    expect([status === 200, body.data]).toEqual([false, undefined]);
  });
});
