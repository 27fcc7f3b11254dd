import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MillraceError } from '../../connectors/kit';
import { loadConfig } from './loadConfig';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'millrace-config-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function load(text: string) {
  const file = join(folder, 'millrace.yaml');
  writeFileSync(file, text);
  return loadConfig(file);
}

function mistakes(text: string): string {
  try {
    load(text);
  } catch (error) {
    if (error instanceof MillraceError) return error.describe();
  }
  throw new Error('the config was accepted');
}

const KINGDEE = `company: A
connections:
  erp:
    connector: kingdee
    every: 15 minutes
    config:
      baseUrl: http://127.0.0.1:1
      accountId: acc
      user: reader
      appId: app
      appSecret: \${TEST_KINGDEE_SECRET}
`;

describe('reading millrace.yaml', () => {
  test('secrets come from the environment, and the connector checks its settings', async () => {
    process.env.TEST_KINGDEE_SECRET = 'from-the-environment';
    const { connections } = load(KINGDEE);
    expect(connections).toHaveLength(1);
    expect(await connections[0]?.settings()).toMatchObject({ appSecret: 'from-the-environment' });
  });

  test('a secret may stand in a file beside the config', async () => {
    writeFileSync(join(folder, 'key.txt'), 'from-a-file\n');
    const { connections } = load(KINGDEE.replace('${TEST_KINGDEE_SECRET}', 'file:key.txt'));
    expect(await connections[0]?.settings()).toMatchObject({ appSecret: 'from-a-file' });
  });

  test('what becomes of unknown fields is said for a connection and for its streams', () => {
    process.env.TEST_KINGDEE_SECRET = 'x';
    const policies = '    drift: quarantine\n    driftOf: { receivables: freeze }\n    config:';
    expect(load(KINGDEE.replace('    config:', policies)).connections[0]).toMatchObject({
      drift: 'quarantine',
      driftOf: { receivables: 'freeze' },
    });
    expect(mistakes(KINGDEE.replace('    config:', policies.replace('receivables', 'nothing')))).toMatch(
      /connections\.erp\.driftOf\.nothing: no stream "nothing"; write some of .*receivables/,
    );
    expect(mistakes(KINGDEE.replace('    config:', policies.replace('quarantine', 'ignore')))).toMatch(
      /connections\.erp\.drift/,
    );
    delete process.env.TEST_KINGDEE_SECRET;
  });

  test('a variable that is not set is named with its line and path, never with a value', () => {
    delete process.env.TEST_KINGDEE_SECRET;
    expect(mistakes(KINGDEE)).toMatch(
      /millrace\.yaml:11 +connections\.erp\.config\.appSecret: the environment variable TEST_KINGDEE_SECRET is not set/,
    );
  });

  test('every mistake is told at once, each with its line and what to write', () => {
    const text = mistakes(
      'company: A\nconnections:\n  Erp-1:\n    connector: kingdee\n  crm:\n    connector: fxiaoke\n    every: often\n    colour: red\n',
    );
    expect(text).toMatch(/:3 +connections\.Erp-1: .*small letters/);
    expect(text).toMatch(/:7 +connections\.crm\.every: write a number and minutes/);
    expect(text).toMatch(/:8 +connections\.crm\.colour: unknown; take it out/);
    expect(text).toMatch(/3 mistakes/);
  });

  test('an unknown connector is answered with those that are there', () => {
    expect(mistakes('company: A\nconnections:\n  erp:\n    connector: kingdeee\n')).toMatch(
      /:4 +connections\.erp\.connector: there is no connector "kingdeee"; write one of .*kingdee/,
    );
  });

  test('no YAML: the line where it breaks', () => {
    expect(mistakes('company: A\nconnections: [\n')).toMatch(/is no YAML[\s\S]*millrace\.yaml:\d+:\d+/);
  });

  test('no file: how to get one', () => {
    expect(() => loadConfig(join(folder, 'nothing.yaml'))).toThrow(/cannot be read/);
  });
});
