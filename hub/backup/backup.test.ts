import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '../../test/support/hubProcess';
import { testDatabase } from '../../test/support/postgres';
import { makeFirstVersion, openAt, rowsOfFirstVersion } from '../../test/upgrade/firstVersion';
import { DuckDbWarehouse, type Warehouse } from '../../warehouse';
import { loadConfig } from '../config/loadConfig';
import { readConfig } from '../setup/setup';
import { writeHubNote } from '../work/hubNote';
import { scheduleBackups } from './backupSchedule';
import { makeBackup } from './makeBackup';
import { restoreData } from './restoreData';
import { upgradeData } from './upgrade';

const SECRET = 'app-secret-from-the-environment';
const PLAIN = 'secret-that-stands-in-the-config';
const CONFIG = `company: 甲公司
# the books
connections:
  erp: { connector: kingdee, config: { baseUrl: "https://erp.example.com/K3Cloud/", accountId: a, user: u, appId: i, appSecret: "\${BACKUP_SECRET}" } }
  old: { connector: kingdee, config: { baseUrl: "https://old.example.com/K3Cloud/", accountId: a, user: u, appId: i, appSecret: "${PLAIN}" } }
  shop: { connector: kingdee, config: { baseUrl: "https://shop.example.com/K3Cloud/", accountId: a, user: u, appId: i, appSecret: "file:shop.key" } }
`;

let folder: string;
let data: string;
let config: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'millrace-keeping-'));
  data = join(folder, 'data');
  mkdirSync(data);
  config = join(folder, 'millrace.yaml');
  process.env.BACKUP_SECRET = SECRET;
  writeFileSync(join(folder, 'shop.key'), 'secret-of-the-file\n');
  writeFileSync(config, CONFIG);
});
afterEach(() => {
  delete process.env.BACKUP_SECRET;
  rmSync(folder, { recursive: true, force: true });
});

const options = () => ({ data, config });

async function withWarehouse<T>(work: (warehouse: Warehouse) => Promise<T>): Promise<T> {
  const warehouse = await DuckDbWarehouse.open({ file: join(data, 'warehouse.duckdb') });
  try {
    return await work(warehouse);
  } finally {
    await warehouse.close();
  }
}

const textsIn = (root: string): string =>
  readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
    .join('\n');

describe('a backup', () => {
  test('holds the config with its comments and without any secret, and says what a restored hub needs', async () => {
    const made = await withWarehouse((warehouse) =>
      makeBackup(warehouse, options(), {}, { cause: 'manual' }),
    );
    expect(made.secrets).toEqual([
      'connections.old.config.appSecret: stands in the config as plain text and was left out',
      'environment variable BACKUP_SECRET',
      'file shop.key',
    ]);
    const copy = readFileSync(join(made.folder, 'data', 'millrace.yaml'), 'utf8');
    expect(copy).toContain('# the books');
    expect(copy).toContain('appSecret: "${BACKUP_SECRET}"');
    const all = textsIn(made.folder);
    for (const secret of [SECRET, PLAIN, 'secret-of-the-file']) expect(all).not.toContain(secret);
  });

  test('is told of in the warehouse, a failed one too; older ones go', async () => {
    await withWarehouse(async (warehouse) => {
      const first = await makeBackup(warehouse, options(), {}, { cause: 'manual' });
      const second = await makeBackup(warehouse, options(), { keep: 1 }, { cause: 'manual' });
      expect(second.removed).toEqual([first.folder]);
      expect(existsSync(first.folder)).toBe(false);
      await expect(
        makeBackup(warehouse, options(), { out: join(config, 'no-folder') }, { cause: 'manual' }),
      ).rejects.toMatchObject({ code: 'backup_failed' });
      const told = await warehouse.rows(
        "select kind, cause, status, folder, table_count > 0 as has_tables, json_text(error, 'code') as code from meta.backup order by started_at",
      );
      expect(told).toEqual([
        {
          kind: 'backup',
          cause: 'manual',
          status: 'done',
          folder: first.folder,
          has_tables: true,
          code: null,
        },
        {
          kind: 'backup',
          cause: 'manual',
          status: 'done',
          folder: second.folder,
          has_tables: true,
          code: null,
        },
        {
          kind: 'backup',
          cause: 'manual',
          status: 'failed',
          folder: join(config, 'no-folder'),
          has_tables: false,
          code: 'backup_failed',
        },
      ]);
    });
  });

  test('is made by the hub when the last one is older than the config wants, and only then', async () => {
    writeFileSync(config, `${CONFIG}backup: { every: 1 days, keep: 2, folder: ${join(folder, 'safe')} }\n`);
    const wanted = readConfig(options());
    await withWarehouse(async (warehouse) => {
      const lines: string[] = [];
      const count = async () => {
        const [row] = await warehouse.rows("select count(*) as n from meta.backup where cause = 'schedule'");
        return Number(row?.n);
      };
      const first = scheduleBackups(warehouse, options(), wanted, (line) => lines.push(line), 50);
      await until('the first backup', 30_000, async () => ((await count()) > 0 ? true : undefined));
      await first.close();
      expect(readdirSync(join(folder, 'safe'))).toHaveLength(1);
      expect(lines.join()).toContain('backup of ');
      const second = scheduleBackups(warehouse, options(), wanted, (line) => lines.push(line), 50);
      await new Promise((resolve) => setTimeout(resolve, 300)); // some looks
      await second.close();
      expect(await count()).toBe(1);
      await warehouse.run("update meta.backup set started_at = started_at - interval '25 hours'");
      const third = scheduleBackups(warehouse, options(), wanted, (line) => lines.push(line), 50);
      await until('the next backup', 30_000, async () => ((await count()) > 1 ? true : undefined));
      await third.close();
    });
  });
});

describe('a restore', () => {
  test('puts warehouse and config into a new folder, and refuses one that holds something', async () => {
    await makeFirstVersion('duckdb', join(data, 'warehouse.duckdb'));
    const { made, rows } = await withWarehouse(async (warehouse) => ({
      rows: await rowsOfFirstVersion(warehouse),
      made: await makeBackup(warehouse, options(), {}, { cause: 'manual' }),
    }));
    await expect(restoreData({ backup: made.folder, data })).rejects.toMatchObject({
      code: 'not_allowed',
      where: `folder ${data}`,
      todo: expect.stringContaining('--data'),
    });
    const target = join(folder, 'new', 'data');
    mkdirSync(target, { recursive: true });
    writeFileSync(join(target, 'warehouse.duckdb.restoring'), 'of a restore that was killed');
    const restored = await restoreData({ backup: made.folder, data: target });
    expect(readdirSync(target).sort()).toEqual(['millrace.yaml', 'warehouse.duckdb']);
    expect(restored.config).toBe(join(target, 'millrace.yaml'));
    writeFileSync(join(target, 'shop.key'), 'secret-of-the-file\n'); // named beside the config
    expect(loadConfig(join(target, 'millrace.yaml')).connections).toHaveLength(3);
    const warehouse = await openAt('duckdb', join(target, 'warehouse.duckdb'));
    const again = await rowsOfFirstVersion(warehouse);
    // The next build is a full one: the hash of the models is the only thing that a restore changes.
    for (const row of [...(again['meta.generation'] ?? []), ...(rows['meta.generation'] ?? [])])
      delete row.models_hash;
    expect(again).toEqual(rows);
    expect(await warehouse.rows("select kind, folder from meta.backup where kind = 'restore'")).toEqual([
      { kind: 'restore', folder: made.folder },
    ]);
    await warehouse.close();
  });

  test('into Postgres wants an empty database', async () => {
    const { folder: backup } = await withWarehouse((warehouse) =>
      makeBackup(warehouse, options(), {}, { cause: 'manual' }),
    );
    const url = await testDatabase();
    await restoreData({ backup, into: url });
    await expect(restoreData({ backup, into: url })).rejects.toMatchObject({
      code: 'not_allowed',
      todo: expect.stringContaining('--into'),
    });
    await expect(restoreData({ backup, into: 'postgres://u:${NO_SUCH_VARIABLE}@h/d' })).rejects.toMatchObject(
      {
        code: 'config_invalid',
      },
    );
  });

  test('of a newer version is refused and leaves nothing', async () => {
    const { folder: backup } = await withWarehouse((warehouse) =>
      makeBackup(warehouse, options(), {}, { cause: 'manual' }),
    );
    const file = join(backup, 'manifest.json');
    const manifest = JSON.parse(readFileSync(file, 'utf8')) as { migrations: object[]; format: number };
    writeFileSync(
      file,
      JSON.stringify({
        ...manifest,
        migrations: [...manifest.migrations, { name: '990_later.sql', hash: 'x' }],
      }),
    );
    const target = join(folder, 'new');
    await expect(restoreData({ backup, data: target })).rejects.toMatchObject({
      code: 'warehouse_unusable',
      where: expect.stringContaining('990_later.sql'),
    });
    expect(readdirSync(target)).toEqual([]);
    writeFileSync(file, JSON.stringify({ ...manifest, format: 2 }));
    await expect(restoreData({ backup, data: target })).rejects.toMatchObject({
      code: 'backup_damaged',
      what: 'The backup was made by a newer version of Millrace',
    });
  });
});

describe('an upgrade', () => {
  test('makes a backup of the old version first, applies, counts; the backup restores with the newer version', async () => {
    await makeFirstVersion('duckdb', join(data, 'warehouse.duckdb'));
    const { applied, backup, changed } = await upgradeData(options());
    expect(applied).toContain('006_backup.sql');
    expect(applied).not.toContain('001_meta.sql');
    expect(changed).toEqual([]);
    const manifest = JSON.parse(readFileSync(join(backup ?? '', 'manifest.json'), 'utf8')) as {
      migrations: { name: string }[];
      cause: string;
    };
    expect(manifest.migrations.map(({ name }) => name)).toEqual(['001_meta.sql', '002_ops.sql']);
    expect(manifest.cause).toBe('upgrade');
    expect(await upgradeData(options())).toEqual({ applied: [], backup: undefined, changed: [] });
    const target = join(folder, 'new');
    await restoreData({ backup: backup ?? '', data: target });
    const [old, upgraded] = await Promise.all(
      [target, data].map(async (place) => {
        const warehouse = await openAt('duckdb', join(place, 'warehouse.duckdb'));
        const rows = await rowsOfFirstVersion(warehouse);
        await warehouse.close();
        return rows['raw.erp__orders'];
      }),
    );
    expect(old).toEqual(upgraded);
    expect(old).toHaveLength(2);
  });

  test('is refused while a hub runs over the folder', async () => {
    writeHubNote(data, { pid: process.pid, url: 'http://127.0.0.1:1', token: 't' });
    await expect(upgradeData(options())).rejects.toMatchObject({
      code: 'not_allowed',
      todo: expect.stringContaining('stop the hub'),
    });
  });
});
