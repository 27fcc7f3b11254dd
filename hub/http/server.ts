import { existsSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import express, { type Express } from 'express';
import { MillraceError } from '../../connectors/kit';
import { projectFolder } from '../../warehouse';
import { type Auth, login, onlyThisSite, securityHeaders } from './auth';
import { errorHandler } from './errors';

export interface WebOptions {
  port: number;
  auth: Auth;
  health(): unknown;
}

export interface Web {
  app: Express;
  port: number;
  url: string;
  /** Mounts what needs the warehouse; until then the API answers that the hub is starting. */
  serve(mount: (app: Express) => void): void;
  close(): Promise<void>;
}

const pagesFolder = join(projectFolder, 'dashboards', 'dist');

/** The web server on loopback: health first, so that a start can be watched; API and pages once they can answer. */
export async function startWeb({ port, auth, health }: WebOptions): Promise<Web> {
  const app = express();
  app.disable('x-powered-by');
  app.use(securityHeaders, onlyThisSite);
  app.get('/healthz', (_request, response) => void response.json(health()));
  app.get('/login', login(auth));
  const late = express.Router();
  let isServing = false;
  app.use((request, response, next) => {
    if (isServing) return void late(request, response, next);
    next(new MillraceError('vendor_busy', { what: 'The hub is starting', todo: 'Watch GET /healthz' }));
  });
  app.use(errorHandler);
  const server = await listen(createServer(app), port);
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    app,
    port: (server.address() as AddressInfo).port,
    url,
    serve(mount) {
      mount(late as unknown as Express);
      mountPages(late);
      late.use(errorHandler);
      isServing = true;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The built pages; every address of the app is answered with its one document. */
function mountPages(router: express.Router): void {
  if (!existsSync(join(pagesFolder, 'index.html'))) return;
  router.use('/assets', express.static(join(pagesFolder, 'assets'), { immutable: true, maxAge: '365d' }));
  router.use(express.static(pagesFolder, { index: false }));
  router.get('*', (request, response, next) => {
    if (request.path.startsWith('/api') || request.path.startsWith('/cubejs-api')) return next();
    response.setHeader('cache-control', 'no-cache');
    response.sendFile(join(pagesFolder, 'index.html'));
  });
}

async function listen(server: Server, port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const isTaken = cause.code === 'EADDRINUSE';
      reject(
        new MillraceError('config_invalid', {
          what: isTaken ? `Port ${port} is taken by another program` : `The hub cannot listen on port ${port}: ${cause.message}`,
          todo: 'Start with another one: npm start -- --port 4100',
          cause,
        }),
      );
    });
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}
