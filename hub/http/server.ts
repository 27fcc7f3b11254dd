import { existsSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import express, { type Express, type RequestHandler, type Router } from 'express';
import { MillraceError } from '../../connectors/kit';
import { projectFolder } from '../../warehouse';
import { type Auth, login, onlyThisSite, securityHeaders } from './auth';
import { errorHandler } from './errors';

export interface WebOptions {
  port: number;
  /** Where it listens; default loopback. Only containers need another, and they publish the port on loopback. */
  host?: string;
  /** The address that people use, where a proxy stands before the hub. */
  publicUrl?: string;
  auth: Auth;
  health(): unknown;
  /** GET /metrics. */
  metrics?: RequestHandler;
  /** Where the built pages are. */
  pages?: string;
}

export interface Web {
  /** For what brings routes of its own (Cube). */
  app: Express;
  port: number;
  url: string;
  /** Mounts what needs the warehouse; until then the API answers that the hub is starting. */
  serve(mount: (router: Router) => void): void;
  close(): Promise<void>;
}

const API = ['/api', '/cubejs-api'];
const ASK_AGAIN_MS = 2_000;

/** The web server, on loopback unless told otherwise: health and pages from the beginning, so that a start can be watched; the API once it can answer. */
export async function startWeb({
  port,
  auth,
  health,
  metrics,
  host = '127.0.0.1',
  publicUrl,
  pages = join(projectFolder, 'dashboards', 'dist'),
}: WebOptions): Promise<Web> {
  const app = express();
  app.disable('x-powered-by');
  app.use(securityHeaders);
  if (metrics) app.get('/metrics', metrics); // a scraper calls the hub by another name: metrics guard themselves
  app.use(onlyThisSite(publicUrl));
  app.get('/healthz', (_request, response) => void response.json(health()));
  app.get('/login', login(auth, publicUrl));
  const late = express.Router();
  let isServing = false;
  app.use(API, (_request, _response, next) => {
    if (isServing) return next();
    next(
      new MillraceError('vendor_busy', {
        what: 'The hub is starting',
        todo: 'Watch GET /healthz',
        retryAfterMs: ASK_AGAIN_MS,
      }),
    );
  });
  app.use(late);
  app.use(pagesOf(pages));
  app.use(errorHandler);
  const server = await listen(createServer(app), port, host);
  const { port: bound } = server.address() as AddressInfo;
  return {
    app,
    port: bound,
    url: `http://${isEverywhere(host) ? '127.0.0.1' : host}:${bound}`,
    serve(mount) {
      mount(late);
      isServing = true;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The built pages; every address of the app is answered with its one document. */
function pagesOf(folder: string): Router {
  const router = express.Router();
  router.use('/assets', express.static(join(folder, 'assets'), { immutable: true, maxAge: '365d' }));
  router.use(express.static(folder, { index: false }));
  router.get('*', document(folder));
  return router;
}

function document(folder: string): RequestHandler {
  const file = join(folder, 'index.html');
  return (request, response, next) => {
    if (API.some((path) => request.path === path || request.path.startsWith(`${path}/`))) return next();
    if (!existsSync(file)) {
      return next(
        new MillraceError('not_found', {
          what: 'The pages are not built',
          todo: 'Build them with: npm run build',
        }),
      );
    }
    response.setHeader('cache-control', 'no-cache');
    response.sendFile(file);
  };
}

const isEverywhere = (host: string) => host === '0.0.0.0' || host === '::';

async function listen(server: Server, port: number, host: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const isTaken = cause.code === 'EADDRINUSE';
      reject(
        new MillraceError('config_invalid', {
          what: isTaken
            ? `Port ${port} is taken by another program`
            : `The hub cannot listen on port ${port}: ${cause.message}`,
          todo: 'Start with another one: npm start -- --port 4100',
          cause,
        }),
      );
    });
    server.listen(port, host, () => resolve(server));
  });
}
