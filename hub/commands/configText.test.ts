import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../config/loadConfig';
import { connectors } from '../connectors';
import { init } from './init';

describe('the config that millrace init writes', () => {
  let file: string;
  beforeEach(() => {
    file = join(mkdtempSync(join(tmpdir(), 'millrace-init-')), 'millrace.yaml');
    init(file);
  });
  afterEach(() => rmSync(join(file, '..'), { recursive: true }));

  test('is a good config as it stands, without connections', () => {
    expect(loadConfig(file).connections).toEqual([]);
  });

  test('has every connector with every setting; secrets are environment variables', () => {
    const text = readFileSync(file, 'utf8');
    for (const { name, spec } of connectors.values()) {
      expect(text).toContain(`#     connector: ${name}`);
      for (const setting of Object.keys(spec.shape)) expect(text).toContain(`#       ${setting}: `);
    }
    expect(text).toContain('appSecret: ${KINGDEE_APP_SECRET}');
  });

  test('a source whose "# " was taken away and whose settings were filled in is read', () => {
    process.env.KINGDEE_APP_SECRET = 'from-the-environment';
    const lines = readFileSync(file, 'utf8').split('\n');
    const from = lines.findIndex((line) => line.startsWith('#   kingdee:'));
    const to = lines.findIndex((line, index) => index > from && line === '');
    const filled = lines.map((line, index) =>
      index < from || index >= to
        ? line
        : line.replace('# ', '').replace('…', 'https://erp.example.com/K3Cloud/'),
    );
    writeFileSync(file, filled.join('\n'));
    expect(loadConfig(file).connections.map(({ name }) => name)).toEqual(['kingdee']);
  });

  test('is never written over one that is there', () => {
    expect(() => init(file)).toThrow(/A config is there already/);
  });
});
