import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KingdeeSandbox } from '../connectors/kingdee/sandbox';
import { restoreData } from '../hub/backup/restoreData';
import { readHubNote } from '../hub/work/hubNote';
import { remoteWork } from '../hub/work/remoteWork';
import type { Work } from '../hub/work/work';
import {
  backupWarehouse,
  DuckDbWarehouse,
  type Manifest,
  PostgresWarehouse,
  readManifest,
  type Warehouse,
} from '../warehouse';
import {
  demoDataFolder,
  type HubProcess,
  millrace,
  startHubProcess,
  until,
  untilReady,
} from './support/hubProcess';
import { testDatabase } from './support/postgres';

/** Hash and rows of each raw table as the last run that loaded it tells. */
const HASHES = `select connection, stream, max_by(table_rows, ended_at) as table_rows, max_by(table_hash, ended_at) as table_hash
  from meta.run_stream where status = 'done' group by connection, stream order by connection, stream`;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'millrace-backup-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a hub that is backed up in the middle of a sync', () => {
  const kingdee = new KingdeeSandbox();
  const hubs: HubProcess[] = [];
  let config: string;
  beforeAll(async () => {
    await kingdee.start();
    const { accountId, user, appId, appSecret } = kingdee.account;
    process.env.BACKUP_TEST_SECRET = appSecret;
    config = join(folder, 'millrace.yaml');
    writeFileSync(
      config,
      `company: 甲公司 # a comment stays
connections:
  erp:
    connector: kingdee
    every: 1 days
    config: { baseUrl: "${kingdee.baseUrl}/K3Cloud/", accountId: "${accountId}", user: "${user}", appId: "${appId}", appSecret: "\${BACKUP_TEST_SECRET}" }
`,
    );
  });
  afterAll(async () => {
    for (const hub of hubs) await hub.stop();
    await kingdee.stop();
  });

  /** Customers changed on this day of January 2026. */
  function change(from: number, to: number, day: number): void {
    const at = `2026-01-${String(day).padStart(2, '0')}T10:00:00`;
    kingdee.seed(
      'BD_Customer',
      Array.from({ length: to - from }, (_, index) => ({
        FCUSTID: from + index,
        FNumber: `C${from + index}`,
        FName: `客户 ${from + index} v${day}`,
        FCreateDate: at,
        FModifyDate: at,
        FDocumentStatus: 'C',
        FForbidStatus: 'A',
      })),
    );
  }

  async function hubOver(data: string, file: string): Promise<Work> {
    const hub = await startHubProcess(data, { config: file });
    hubs.push(hub);
    await untilReady(hub);
    const note = readHubNote(data);
    if (!note) throw new Error('the hub wrote no note');
    return remoteWork(note);
  }

  test('is restored into a new folder, goes on from the cursors, and ends with the same rows as the original', async () => {
    const data = join(folder, 'data');
    change(1, 1_000, 2); // long before the cursor: only a sync from the beginning reads them again
    change(1_000, 3_000, 5);
    const original = await hubOver(data, config);

    change(2_000, 9_000, 12);
    kingdee.inject('throttled', { after: 2, times: 4 }); // holds the sync for seconds
    const syncing = original.sync({ connection: 'erp' });
    await until('a sync that runs', 30_000, async () => {
      const [row] = await original.sql("select count(*) as n from meta.run where status = 'running'");
      return Number(row?.n) > 0 || undefined;
    });
    const made = await original.backup({ out: join(folder, 'backups'), keep: 3 });
    expect((await syncing).streams.every(({ error }) => error === undefined || error === null)).toBe(true);
    change(8_000, 12_000, 19);
    await original.sync({ connection: 'erp' });

    expect(namesIn(made.folder).filter((name) => !/\.(parquet|json|yaml)$/.test(name))).toEqual([]);
    expect(made.secrets).toEqual(['environment variable BACKUP_TEST_SECRET']);
    const restored = join(folder, 'restored');
    const { tables, config: restoredConfig } = await restoreData({ backup: made.folder, data: restored });
    expect(tables.filter(({ isEqual }) => !isEqual)).toEqual([]);
    expect(existsSync(join(restored, 'temporal'))).toBe(false);

    const copy = await hubOver(restored, restoredConfig ?? '');
    const [ended] = await copy.sql(
      "select count(*) as n from meta.run where status = 'failed' and cast(error as varchar) like '%running when the backup was made%'",
    );
    expect(Number(ended?.n)).toBeGreaterThan(0); // the backup was made while it ran
    const { streams } = await copy.sync({ connection: 'erp' });
    const customers = streams.find(({ stream }) => stream === 'customers');
    expect(customers?.read).toBeGreaterThan(0);
    expect(customers?.read).toBeLessThanOrEqual(11_000); // from the stored cursor, not from the beginning
    expect(await copy.sql(HASHES)).toEqual(await original.sql(HASHES));
    expect((await original.doctor()).filter(({ level }) => level === 'bad')).toEqual([]);
    expect((await copy.doctor()).filter(({ level }) => level === 'bad')).toEqual([]);
  }, 300_000);
});

describe('the demo company from DuckDB to Postgres and back', () => {
  const opened: Warehouse[] = [];
  afterAll(async () => {
    for (const warehouse of opened) await warehouse.close();
  });

  test('every table has the same rows, and the restored hub starts and answers', async () => {
    const data = await demoDataFolder('backup-demo');
    const first = await backupOf(await DuckDbWarehouse.open({ file: join(data, 'warehouse.duckdb') }), 'one');
    const url = await testDatabase();
    await restoreData({ backup: first.folder, data: join(folder, 'beside-postgres'), into: url });
    const second = await backupOf(await PostgresWarehouse.open({ url }), 'two');
    const back = join(folder, 'back');
    await restoreData({ backup: second.folder, data: back });

    expect(prints(second.manifest)).toEqual(prints(first.manifest));
    expect(Object.keys(prints(first.manifest)).length).toBeGreaterThan(100);
    const [count] = await millrace<{ n: string }[]>(back, 'sql', 'select count(*) as n from core.customer');
    expect(Number(count?.n)).toBeGreaterThan(1_000);
  }, 600_000);

  async function backupOf(warehouse: Warehouse, name: string) {
    opened.push(warehouse);
    const { folder: made } = await backupWarehouse(warehouse, {
      folder: join(folder, name),
      place: 'test',
      version: '0.1.0',
      cause: 'manual',
    });
    for (const one of opened.splice(0)) await one.close();
    return { folder: made, manifest: readManifest(made) };
  }
});

/** Rows and hash by table; what a restore itself writes is left out. */
function prints({ tables }: Manifest): Record<string, string> {
  const own = new Set(['meta.backup', 'meta.generation']);
  return Object.fromEntries(
    tables
      .map(({ schema, name, rows, rowHash }) => [`${schema}.${name}`, `${rows} ${rowHash}`] as const)
      .filter(([name]) => !own.has(name)),
  );
}

const namesIn = (root: string): string[] =>
  readdirSync(root, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? namesIn(join(root, entry.name)) : [entry.name],
  );
