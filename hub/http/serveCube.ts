import { randomBytes } from 'node:crypto';
import type { Express } from 'express';
import type { Warehouse } from '../../warehouse';
import { securityContext } from '../access/users';
import { type EmbeddedCube, startCube } from '../cube';
import type { Auth } from './auth';

/** Cube's own routes on the hub's app. Who asks needs a token of GET /api/cube-token, and sees that person's rows. */
export async function serveCube(app: Express, warehouse: Warehouse, auth: Auth): Promise<EmbeddedCube> {
  const cube = await startCube({
    app,
    warehouse,
    apiSecret: randomBytes(32).toString('hex'),
    authenticate: async (_request, authorization) => {
      const id = auth.tokens.verify('cube', authorization?.replace(/^Bearer /, ''));
      if (id === undefined) throw new Error('the token is missing, wrong or too old');
      return securityContext(await auth.personOf(id));
    },
  });
  await cube.warmUp();
  return cube;
}
