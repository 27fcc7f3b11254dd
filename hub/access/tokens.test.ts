import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Tokens } from './tokens';

describe('tokens', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'millrace-tokens-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test('a token holds for its person and its use only, also after a restart, and no longer than it says', () => {
    const token = new Tokens(folder).sign('session', 'S01', 60);
    const later = new Tokens(folder);
    expect(later.verify('session', token)).toBe('S01');
    expect(later.verify('cube', token)).toBeUndefined();
    expect(later.verify('session', later.sign('session', 'S01', -1))).toBeUndefined();
  });

  test('a changed token, one of another hub, and none are refused', () => {
    const tokens = new Tokens(folder);
    const [body = '', signature = ''] = tokens.sign('session', 'S01', 60).split('.');
    const forged = Buffer.from(
      JSON.stringify({ use: 'session', person: 'admin', until: Date.now() + 9e9 }),
    ).toString('base64url');
    expect(tokens.verify('session', `${forged}.${signature}`)).toBeUndefined();
    expect(tokens.verify('session', `${body}.`)).toBeUndefined();
    expect(tokens.verify('session', undefined)).toBeUndefined();
  });

  test('a link works once', () => {
    const tokens = new Tokens(folder);
    const once = tokens.oneTimeToken();
    expect([tokens.useOnce(once), tokens.useOnce(once), tokens.useOnce('')]).toEqual([true, false, false]);
  });

  test('the key is readable by its owner alone', () => {
    new Tokens(folder);
    expect(statSync(join(folder, 'hub.key')).mode & 0o077).toBe(0);
  });
});
