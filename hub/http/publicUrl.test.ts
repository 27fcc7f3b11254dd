import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asked, pagesIn } from '../../test/hub/hubOver';
import { Tokens } from '../access/tokens';
import { startWeb, type Web } from './server';

/** A proxy with TLS stands before the hub: people type its name. */
describe('a hub with --public-url https://millrace.example.com', () => {
  let folder: string;
  let web: Web;
  let tokens: Tokens;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'millrace-public-'));
    tokens = new Tokens(folder);
    const personOf = () => Promise.reject(new Error('nobody asks'));
    const auth = { tokens, adminToken: 'a', personOf };
    const publicUrl = 'https://millrace.example.com';
    web = await startWeb({ port: 0, auth, health: () => ({}), pages: pagesIn(folder), publicUrl });
  });
  afterAll(async () => {
    await web.close();
    rmSync(folder, { recursive: true });
  });
  const status = async (headers: Record<string, string>) =>
    (await asked(web.port, '/healthz', { headers })).status;

  test.each`
    host                         | origin                            | expected
    ${'millrace.example.com'}    | ${undefined}                      | ${200}
    ${'millrace.example.com'}    | ${'https://millrace.example.com'} | ${200}
    ${'millrace.example.com'}    | ${'http://millrace.example.com'}  | ${403}
    ${'millrace.example.com'}    | ${'https://evil.example'}         | ${403}
    ${'evil.example'}            | ${undefined}                      | ${403}
    ${'millrace.example.com:99'} | ${undefined}                      | ${403}
    ${'127.0.0.1:4000'}          | ${undefined}                      | ${200}
    ${'127.0.0.1:4000'}          | ${'https://millrace.example.com'} | ${403}
  `('Host $host, Origin $origin: $expected', async ({ host, origin, expected }) => {
    expect(await status({ host, ...(origin && { origin }) })).toBe(expected);
  });

  test('its session cookie travels over TLS only', async () => {
    const { headers } = await asked(web.port, `/login?token=${tokens.oneTimeToken()}`);
    expect(headers['set-cookie']).toEqual([expect.stringMatching(/HttpOnly; SameSite=Strict;.*; Secure$/)]);
  });
});
