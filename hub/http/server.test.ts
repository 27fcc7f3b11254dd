import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asked, pagesIn } from '../../test/hub/hubOver';
import { Tokens } from '../access/tokens';
import { Progress } from '../start/progress';
import { startWeb, type Web } from './server';

describe('the web server', () => {
  let folder: string;
  let web: Web;
  const progress = new Progress(() => undefined);
  const ask = (path: string) => asked(web.port, path);
  const start = (pages: string) => {
    const personOf = () => Promise.reject(new Error('the warehouse is not open yet'));
    const auth = { tokens: new Tokens(folder), adminToken: 'a', personOf };
    return startWeb({ port: 0, auth, health: () => progress.health(), pages });
  };
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'millrace-web-'));
    web = await start(pagesIn(folder));
  });
  afterAll(async () => {
    await web.close();
    rmSync(folder, { recursive: true });
  });

  test('while it starts, health tells the steps in both languages', async () => {
    const running = progress.step({ zh: '计算模型', en: 'build models' }, () => new Promise(() => undefined));
    void running;
    expect((await ask('/healthz')).body).toEqual({
      status: 'starting',
      message: null,
      steps: [
        { name: { zh: '计算模型', en: 'build models' }, state: 'running', seconds: null, detail: null },
      ],
    });
  });

  test.each(['/', '/collections?month=2026-06', '/health'])(
    'while it starts, %s is the page',
    async (path) => {
      const { status, headers, text } = await ask(path);
      expect([status, text]).toEqual([200, '<!doctype html><title>Millrace</title>']);
      expect(headers).toMatchObject({
        'cache-control': 'no-cache',
        'content-security-policy': expect.stringContaining("default-src 'self'") as string,
        'x-content-type-options': 'nosniff',
      });
    },
  );

  test('an asset may be kept, its name has its hash', async () => {
    const { status, headers } = await ask('/assets/index-1.js');
    expect([status, headers['cache-control']]).toEqual([200, 'public, max-age=31536000, immutable']);
  });

  test.each(['/api/me', '/api/freshness', '/API/me', '/cubejs-api/v1/load'])(
    'while it starts, %s says to come again',
    async (path) => {
      const { status, headers, body } = await ask(path);
      expect([status, headers['retry-after']]).toEqual([503, '2']);
      expect(body).toMatchObject({ error: { code: 'vendor_busy', what: 'The hub is starting' } });
    },
  );

  test('while it starts, a link signs nobody in', async () => {
    const { status, headers } = await ask('/login?token=guessed');
    expect([status, headers['set-cookie']]).toEqual([401, undefined]);
  });

  test('then it serves what was mounted, the pages still behind it', async () => {
    web.serve((router) => router.get('/api/me', (_request, response) => void response.json({ is: 'there' })));
    expect((await ask('/api/me')).body).toEqual({ is: 'there' });
    expect((await ask('/funnel')).text).toContain('<title>Millrace</title>');
    expect((await ask('/api/nothing')).status).toBe(404);
  });

  test('without built pages it says how to build them', async () => {
    const bare = await start(join(folder, 'nowhere'));
    const { status, body } = await asked(bare.port, '/');
    await bare.close();
    expect([status, body]).toMatchObject([
      404,
      { error: { code: 'not_found', todo: 'Build them with: npm run build' } },
    ]);
  });

  test('a port that is taken is told, with what to do', async () => {
    const personOf = () => Promise.reject(new Error('nobody'));
    const auth = { tokens: new Tokens(folder), adminToken: 'a', personOf };
    await expect(startWeb({ port: web.port, auth, health: () => ({}) })).rejects.toMatchObject({
      code: 'config_invalid',
      what: `Port ${web.port} is taken by another program`,
    });
  });
});
