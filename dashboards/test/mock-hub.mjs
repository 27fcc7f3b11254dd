// A hub that answers from fixtures: `node test/mock-hub.mjs [--port N]` serves dist/, with --dev the sources through Vite.
// Its state (ok, late, empty, error, loading, login, starting) is chosen per browser with the cookie `mock`.
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { definitions, freshness, me } from './fixtures/answers.mjs';
import { load } from './fixtures/cube.mjs';
import { record, statement } from './fixtures/records.mjs';

const dist = new URL('../dist', import.meta.url).pathname;
const types = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.svg': 'image/svg+xml',
};
// The hub's own policy: a page that needs more would break there.
const policy =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

export async function startMockHub({ port = 0, isDev = false } = {}) {
  const vite = isDev ? await (await import('vite')).createServer({ server: { middlewareMode: true } }) : null;
  const server = createServer(
    (request, response) =>
      void answer(request, response, vite).catch((error) => refuse(response, 500, 'internal', error.message)),
  );
  await new Promise((done) => server.listen(port, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    close: () => (server.closeAllConnections(), new Promise((done) => server.close(done))),
  };
}

async function answer(request, response, vite) {
  const url = new URL(request.url, 'http://mock');
  const state = /mock=(\w+)/.exec(request.headers.cookie ?? '')?.[1] ?? 'ok';
  const json = (body) => response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
  if (url.pathname === '/healthz') {
    return json({
      status: state === 'starting' ? 'starting' : 'ready',
      steps: [
        {
          name: { zh: '读取金蝶云星空', en: 'Read Kingdee' },
          state: 'done',
          seconds: 21,
          detail: { zh: '35,120 张应收单', en: '35,120 invoices' },
        },
        { name: { zh: '读取银行流水', en: 'Read bank files' }, state: 'running', seconds: 4, detail: null },
        { name: { zh: '生成模型', en: 'Build models' }, state: 'waiting', seconds: null, detail: null },
      ],
    });
  }
  if (/^\/(api|cubejs-api)\//.test(url.pathname)) {
    if (state === 'login')
      return refuse(
        response,
        401,
        'login_refused',
        'You are not signed in',
        'Open the link that npm start printed',
      );
    if (state === 'starting')
      return refuse(response, 503, 'vendor_busy', 'The hub is starting', 'Watch GET /healthz');
    return api(request, response, url, state, json);
  }
  if (vite) return page(vite, request, response, url);
  const file = join(dist, url.pathname);
  const found = extname(file) && existsSync(file) ? file : join(dist, 'index.html');
  response
    .setHeader('content-security-policy', policy)
    .setHeader('content-type', types[extname(found)] ?? 'application/octet-stream')
    .end(readFileSync(found));
}

async function api(request, response, url, state, json) {
  const { pathname, searchParams } = url;
  if (pathname === '/api/me') return json(me);
  if (pathname === '/api/freshness') return json(freshness(state));
  if (pathname === '/api/definitions') return json(definitions);
  if (pathname === '/api/cube-token') return response.end('token');
  if (pathname.startsWith('/api/statement/')) {
    const found = statement(decodeURIComponent(pathname.slice('/api/statement/'.length)));
    return found
      ? json(found)
      : refuse(response, 404, 'not_found', 'This statement is not there, or outside of your customers');
  }
  if (pathname === '/api/record') {
    const found = record(searchParams.get('table'), searchParams.get('id'));
    return found
      ? json(found)
      : refuse(
          response,
          404,
          'not_found',
          'This record is not there, or outside of your customers',
          'Ask an administrator for the right to see it',
        );
  }
  if (pathname === '/cubejs-api/v1/load') return cube(request, response, state, json);
  return refuse(response, 404, 'not_found', `There is no ${request.method} ${pathname}`);
}

async function cube(request, response, state, json) {
  const body = await new Promise((done) => {
    let text = '';
    request.on('data', (chunk) => (text += chunk)).on('end', () => done(text));
  });
  const { query } = JSON.parse(body);
  const isChoice = query.dimensions?.includes('customer_health.owner_id') && !query.filters.length; // the filter bar has its choices in every state
  if (state === 'loading' && !isChoice) return; // never answers
  if (state === 'error' && !isChoice) {
    response.statusCode = 500;
    return json({ error: 'Query was interrupted after 10 s', requestId: '7f3a2c1e-span-1' });
  }
  let data;
  try {
    data = load(query);
  } catch (error) {
    response.statusCode = 400;
    return json({ type: 'UserError', error: error.message });
  }
  if (state === 'empty' && !isChoice && query.dimensions.length) data = [];
  if (state === 'empty' && !query.dimensions.length)
    data = data.map((row) => Object.fromEntries(Object.keys(row).map((key) => [key, null])));
  const annotation = { measures: {}, dimensions: {}, segments: {}, timeDimensions: {} };
  json({
    queryType: 'regularQuery',
    pivotQuery: query,
    results: [{ query, data, annotation, lastRefreshTime: '2026-04-15T00:05:12.000Z' }],
  });
}

function refuse(response, status, code, what, todo = '') {
  response.statusCode = status;
  response
    .setHeader('content-type', 'application/json')
    .end(JSON.stringify({ error: { code, what, where: '', todo, requestId: 'b1946ac9-0001' } }));
}

async function page(vite, request, response, url) {
  if (!extname(url.pathname) && !url.pathname.startsWith('/@')) {
    const html = readFileSync(new URL('../index.html', import.meta.url), 'utf8');
    return response
      .setHeader('content-type', types['.html'])
      .end(await vite.transformIndexHtml(url.pathname, html));
  }
  vite.middlewares(request, response);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const at = process.argv.indexOf('--port');
  const hub = await startMockHub({
    port: at > 0 ? Number(process.argv[at + 1]) : 5180,
    isDev: process.argv.includes('--dev'),
  });
  console.log(`${hub.url}/collections`);
}
