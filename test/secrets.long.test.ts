import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import axios from 'axios';
import { FxiaokeSandbox } from '../connectors/fxiaoke/sandbox';
import { KingdeeSandbox } from '../connectors/kingdee/sandbox';
import { type HubProcess, millrace, millraceFails, startHubProcess, untilReady } from './support/hubProcess';

/** Secrets of the config, as values of the environment. Each is looked for as it is, URL-encoded and in base64. */
const SECRETS = {
  FX_APP_SECRET: 'fx-app-secret/+ü-4711',
  FX_PERMANENT: 'fx-permanent-code-4712',
  WRONG_SECRET: 'a-wrong-secret-nobody-may-see-4713',
};

let folder: string;
let data: string;
let hub: HubProcess;
const kingdee = new KingdeeSandbox();
const fxiaoke = new FxiaokeSandbox({
  appSecret: SECRETS.FX_APP_SECRET,
  permanentCode: SECRETS.FX_PERMANENT,
  callsPer20Seconds: 100_000,
});
const secrets = () => [...Object.values(SECRETS), kingdee.account.appSecret];
const formsOf = (secret: string) => [
  secret,
  encodeURIComponent(secret),
  Buffer.from(secret).toString('base64').replace(/=+$/, ''),
];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'millrace-secrets-'));
  data = join(folder, 'data');
  mkdirSync(data);
  await Promise.all([kingdee.start(), fxiaoke.start()]);
  const { accountId, user, appId, appSecret } = kingdee.account;
  kingdee.seed('BD_Customer', [
    {
      FCUSTID: 1,
      FNumber: 'C1',
      FName: '客户一',
      FModifyDate: '2026-01-05T10:00:00',
      FCreateDate: '2026-01-05T10:00:00',
      FDocumentStatus: 'C',
      FForbidStatus: 'A',
    },
  ]);
  const kingdeeConfig = (secret: string) =>
    `{ baseUrl: "${kingdee.baseUrl}/K3Cloud/", accountId: "${accountId}", user: "${user}", appId: "${appId}", appSecret: "\${${secret}}" }`;
  writeFileSync(
    join(folder, 'millrace.yaml'),
    `company: 甲公司
connections:
  erp: { connector: kingdee, config: ${kingdeeConfig('KD_SECRET')} }
  crm: { connector: fxiaoke, config: { baseUrl: "${fxiaoke.baseUrl}", appId: FSAID_1321000, appSecret: "\${FX_APP_SECRET}", permanentCode: "\${FX_PERMANENT}", userId: "1000" } }
`,
  );
  writeFileSync(
    join(folder, 'wrong.yaml'),
    `company: 甲公司
connections:
  erp: { connector: kingdee, config: ${kingdeeConfig('WRONG_SECRET')} }
`,
  );
  Object.assign(process.env, SECRETS, { KD_SECRET: appSecret });
  hub = await startHubProcess(data, { config: join(folder, 'millrace.yaml') });
  await untilReady(hub);
}, 300_000);
afterAll(async () => {
  await hub.stop();
  await Promise.all([kingdee.stop(), fxiaoke.stop()]);
  rmSync(folder, { recursive: true, force: true });
});

function expectNoSecret(where: string, text: string | Buffer): void {
  const found = secrets().filter((secret) => formsOf(secret).some((form) => text.includes(form)));
  expect([where, found]).toEqual([where, []]);
}

function filesBelow(path: string): string[] {
  return statSync(path).isDirectory()
    ? readdirSync(path).flatMap((name) => filesBelow(join(path, name)))
    : [path];
}

/** Tables of one query: an argument of a command has a length. */
const AT_ONCE = 40;

/** H3: secrets never appear in logs, errors, workflow history, exports or the browser. */
describe('a secret of the config', () => {
  test('is needed: with a wrong one the login is refused, in an error that does not show it', async () => {
    const { code, stderr } = await millraceFails(
      join(folder, 'data2'),
      '--config',
      join(folder, 'wrong.yaml'),
      'sync',
      'erp',
    );
    expect(code).toBe(1);
    expect(stderr).toMatch(/login_refused/);
    expectNoSecret('the error', stderr);
  });

  test('stands in no table of the warehouse, searched as text', async () => {
    const tables = await millrace<{ name: string }[]>(
      data,
      'sql',
      "select table_schema || '.' || table_name as name from information_schema.tables where table_schema not in ('information_schema', 'pg_catalog')",
    );
    expect(tables.length).toBeGreaterThan(50);
    const forms = secrets()
      .flatMap(formsOf)
      .map((form) => `contains(cast(row_ as varchar), '${form}')`)
      .join(' or ');
    const counts = tables.map(
      ({ name }) =>
        `select '${name}' as name, count(*) as n from ${name.replace(/^(\w+)\.(.*)$/, '$1."$2"')} as row_ where ${forms}`,
    );
    for (let at = 0; at < counts.length; at += AT_ONCE) {
      const some = counts.slice(at, at + AT_ONCE).join(' union all ');
      expect(await millrace(data, 'sql', `select name from (${some}) where n > 0`)).toEqual([]);
    }
    const [seen] = await millrace<{ n: string }[]>(
      data,
      'sql',
      "select count(*) as n from core.customer as row_ where contains(cast(row_ as varchar), '客户一')",
    );
    expect(seen?.n).toBe('1'); // the search finds what is there
  });

  test('is not what the hub answers or serves', async () => {
    const client = axios.create({
      baseURL: hub.url,
      proxy: false,
      validateStatus: () => true,
      responseType: 'text',
    });
    const cookie =
      String((await client.get(hub.link().replace(hub.url, ''))).headers['set-cookie']).split(';')[0] ?? '';
    for (const path of [
      '/',
      '/healthz',
      '/api/me',
      '/api/freshness',
      '/api/runs',
      '/api/definitions',
      '/cubejs-api/v1/meta',
      '/api/nothing',
    ]) {
      const answer = await client.get<string>(path, { headers: { cookie } });
      expectNoSecret(path, answer.data);
    }
    expectNoSecret('its output', hub.output());
  });

  test('stands in no file of the data folders: warehouse, workflow history, logs', async () => {
    await hub.stop();
    const files = [...filesBelow(data), ...filesBelow(join(folder, 'data2'))];
    expect(files.some((file) => /temporal-[\d.]+\.db$/.test(file))).toBe(true);
    for (const file of files) expectNoSecret(file.replace(folder, ''), readFileSync(file));
  });
});
