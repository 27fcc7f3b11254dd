import { chmodSync, mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testDatabase } from '../../test/support/postgres';
import { DuckDbWarehouse, PostgresWarehouse, type Warehouse } from '../../warehouse';
import { configSchema } from '../config/schema';
import { examine, examineFolder, examinePlace } from './doctor';
import type { Finding, Patient, Place } from './finding';

const NOW = new Date('2026-06-15T04:00:00Z');
const CONFIG = configSchema.parse({
  company: '甲公司',
  connections: { erp: { connector: 'kingdee', every: '15 minutes' } },
});

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'millrace-doctor-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Short: `warn What`, of one check. */
const said = (findings: readonly Finding[], check: string) =>
  findings.filter((finding) => finding.check === check).map(({ level, what }) => `${level} ${what}`);

describe.each([['duckdb'], ['postgres']])('a doctor over %s', (engine) => {
  let warehouse: Warehouse;
  beforeEach(async () => {
    warehouse =
      engine === 'duckdb'
        ? await DuckDbWarehouse.open({ file: join(folder, 'warehouse.duckdb') })
        : await PostgresWarehouse.open({ url: await testDatabase() });
  });
  afterEach(() => warehouse.close());

  function patient(more: Partial<Patient> = {}): Patient {
    const options = { data: folder };
    return {
      options,
      dataFolder: folder,
      config: CONFIG,
      configFile: undefined,
      now: NOW,
      hasHub: false,
      warehouse,
      ...more,
    };
  }
  async function run(...statements: string[]): Promise<void> {
    for (const sql of statements) await warehouse.run(sql);
  }
  const backup = (id: string, at: string, status: string, where = folder) =>
    run(
      `insert into meta.backup values ('${id}', 'backup', 'manual', '${where}', timestamp '${at}', timestamp '${at}', '${status}', 1, 1, 2000000, 1, cast('{"what":"The disk is full"}' as json))`,
    );
  const sync = (id: string, at: string, status: string) =>
    run(
      `insert into meta.run values ('${id}', 'sync', 'erp', 'schedule', timestamp '${at}', timestamp '${at}', '${status}', null)`,
    );

  test('what is well says so, and names nothing to do', async () => {
    await backup('b1', '2026-06-14 04:00:00', 'done');
    await sync('r1', '2026-06-15 03:50:00', 'done');
    const findings = await examine(patient());
    expect(findings.filter(({ level }) => level !== 'ok')).toEqual([]);
    expect(findings.filter(({ todo }) => todo !== null)).toEqual([]);
    expect(new Set(findings.map(({ check }) => check)).size).toBeGreaterThanOrEqual(11);
    expect(said(findings, 'backup')).toEqual(['ok The last backup is 24 hours old and has 2 MB']);
  });

  test('backups: never, too old, failed, gone; by the schedule of the config', async () => {
    expect(said(await examine(patient()), 'backup')).toEqual(['warn There has never been a backup']);
    await backup('b1', '2026-06-10 04:00:00', 'done');
    expect(said(await examine(patient()), 'backup')).toEqual([
      'ok The last backup is 5 days old and has 2 MB',
    ]);
    const scheduled = configSchema.parse({ ...CONFIG, backup: { every: '1 days' } });
    expect(said(await examine(patient({ config: scheduled })), 'backup')).toEqual([
      'warn The last backup is 5 days old',
    ]);
    await backup('b2', '2026-06-11 04:00:00', 'failed');
    const [failed] = (await examine(patient())).filter(({ check }) => check === 'backup');
    expect(failed).toMatchObject({ level: 'bad', where: `The disk is full, folder ${folder}` });
    await backup('b3', '2026-06-12 04:00:00', 'done', join(folder, 'gone'));
    expect(said(await examine(patient()), 'backup')).toEqual([
      'warn The last backup is not where it was made',
    ]);
  });

  test('sources: never synced, late, failed since', async () => {
    expect(said(await examine(patient()), 'sources')).toEqual(['warn A source has never been synced']);
    await sync('r1', '2026-06-15 03:00:00', 'done');
    expect(said(await examine(patient()), 'sources')).toEqual([
      'warn The last good sync is 60 minutes old, every 15 minutes is wanted',
    ]);
    await sync('r2', '2026-06-15 03:55:00', 'done');
    await sync('r3', '2026-06-15 03:56:00', 'failed');
    expect(said(await examine(patient()), 'sources')).toEqual([
      'bad The last good sync is 5 minutes old, every 15 minutes is wanted; the last one failed',
    ]);
  });

  test('a clock that was set back is seen by what the warehouse remembers', async () => {
    await sync('r1', '2026-06-15 09:00:00', 'done');
    expect(said(await examine(patient()), 'clock')[0]).toMatch(
      /^bad The clock stands 5 hours before the begin of the newest run/,
    );
  });

  test('a bank file that is late names account and days', async () => {
    await run(
      `create table core.calendar as select date '2026-06-12' as day, true as is_workday union all select date '2026-06-13', false union all select date '2026-06-15', true`,
      `create table staging.bank_coverage as select 'bank' as connection, '32050188000001234' as account, date '2026-06-10' as covered_to, false as is_deleted
       union all select 'bank', '32050188000009999', date '2026-06-12', false`,
      `insert into meta.generation values (1, 'b', date '2026-06-15', timestamp '2026-06-15 01:00:00', timestamp '2026-06-15 01:00:00', 'x', 1)`,
    );
    const found = (await examine(patient())).filter(({ check }) => check === 'bank_files');
    expect(found).toMatchObject([
      {
        level: 'warn',
        what: 'Bank lines end on 2026-06-10; the last workday was 2026-06-12',
        where: 'connection bank, account ending in 1234',
      },
    ]);
  });

  test('the holiday calendar: this year missing is bad, the next one is wanted from November on', async () => {
    await run('create table seeds.holiday as select 2026 as year');
    expect(said(await examine(patient()), 'calendar')).toEqual([
      'ok The holiday calendar reaches to the end of 2026',
    ]);
    const november = patient({ now: new Date('2026-10-31T16:00:00Z') }); // November in Shanghai
    expect(said(await examine(november), 'calendar')[0]).toMatch(/^warn The holidays of 2027 are missing/);
    const next = patient({ now: new Date('2026-12-31T16:00:00Z') });
    expect(said(await examine(next), 'calendar')[0]).toMatch(/^bad The holiday calendar ends with 2026/);
  });

  test('an edited migration, a record that is there twice, a failed build, money in quarantine', async () => {
    await run(
      "update meta.migration set text_hash = 'another' where name = '002_ops.sql'",
      "create table raw.erp__orders as select 'a' as _source_id, 'h' as _row_hash union all select 'a', 'h' union all select 'b', 'i'",
      `insert into meta.run values ('r9', 'build', null, 'manual', timestamp '2026-06-15 03:00:00', timestamp '2026-06-15 03:00:01', 'failed', cast('{"what":"A model could not be built"}' as json))`,
      `insert into quarantine.record (connection, stream, record_hash, reasons, amount_cny, raw, first_seen_at, last_seen_at, sync_id)
       values ('erp', 'orders', 'h', 'amount: no number', 123.45, '{}', timestamp '2026-06-12 04:00:00', timestamp '2026-06-12 04:00:00', 's')`,
    );
    const findings = await examine(patient());
    expect(findings.find(({ check }) => check === 'migrations')).toMatchObject({
      level: 'bad',
      where: 'warehouse/migrations/002_ops.sql',
    });
    expect(findings.find(({ check }) => check === 'raw_tables')).toMatchObject({
      level: 'bad',
      what: '1 records are there twice',
      where: 'table raw.erp__orders',
    });
    expect(said(findings, 'builds')).toEqual(['bad The last build failed: A model could not be built']);
    expect(said(findings, 'quarantine')).toEqual([
      'warn 1 records of 1 streams wait in quarantine with 123.45 CNY; the oldest for 3 days',
    ]);
  });

  test('the clock of a source is compared by its Date header', async () => {
    const server = await serverWithDate(new Date(Date.now() + 20 * 60_000));
    const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const config = configSchema.parse({
      company: '甲公司',
      connections: { erp: { connector: 'kingdee', config: { baseUrl: `${baseUrl}/K3Cloud/` } } },
    });
    const clock = said(await examine(patient({ config })), 'clock').join('\n');
    server.close();
    expect(clock).toMatch(
      new RegExp(`bad The clock of this machine is (19|20) minutes behind that of ${baseUrl}`),
    );
    if (engine === 'postgres')
      expect(clock).toContain('ok The clock agrees with that of the Postgres server');
  });
});

describe('a doctor over a folder', () => {
  const ofFolder = (more: Partial<Place> = {}) =>
    examinePlace({
      options: { data: folder },
      dataFolder: folder,
      config: CONFIG,
      configFile: undefined,
      now: NOW,
      hasHub: false,
      ...more,
    });

  test('no room, a folder that is not there, an open config, too much memory', async () => {
    const file = join(folder, 'warehouse.duckdb');
    writeFileSync(file, '');
    truncateSync(file, 8e12); // it takes no room, but says so
    const config = join(folder, 'millrace.yaml');
    writeFileSync(join(folder, 'key.txt'), 'secret');
    writeFileSync(config, 'password: file:key.txt\n');
    chmodSync(config, 0o644);
    chmodSync(join(folder, 'key.txt'), 0o640);
    const findings = await ofFolder({
      configFile: config,
      config: { ...CONFIG, memoryLimit: '90000GB' },
    });
    expect(said(findings, 'disk')[0]).toMatch(/^warn There is no room for a backup and a rebuild/);
    expect(findings.filter(({ check }) => check === 'secrets').map(({ where }) => where)).toEqual([
      `file ${config}`,
      `file ${join(folder, 'key.txt')}`,
    ]);
    expect(said(findings, 'memory')[0]).toMatch(/^warn DuckDB may use 90000GB/);
    expect(said(await ofFolder({ dataFolder: join(folder, 'nothing') }), 'data_folder')).toEqual([
      'bad There is no data folder',
    ]);
  });

  test('a Temporal server without its hub, one that does not answer, and what killed processes left', async () => {
    mkdirSync(join(folder, 'temporal'));
    writeFileSync(
      join(folder, 'temporal', 'temporal.json'),
      JSON.stringify({ pid: process.pid, address: '127.0.0.1:7233' }),
    );
    mkdirSync(join(folder, 'backups', 'millrace-backup-20260101T000000Z.partial-host.1'), {
      recursive: true,
    });
    mkdirSync(join(folder, 'spool', 'host~1~x'), { recursive: true });
    const findings = await ofFolder();
    expect(said(findings, 'temporal')[0]).toMatch(/^warn A Temporal server runs without its hub/);
    expect(said(findings, 'leftovers')).toEqual([
      'warn 1 backups that were broken off',
      'warn 1 spool files of killed syncs',
    ]);
    expect(said(await ofFolder({ hasHub: true }), 'temporal')[0]).toMatch(/^ok/);
    const before = process.env.TEMPORAL_ADDRESS;
    process.env.TEMPORAL_ADDRESS = '127.0.0.1:1';
    try {
      expect(said(await ofFolder(), 'temporal')[0]).toMatch(/^bad The Temporal server does not answer/);
    } finally {
      if (before === undefined) delete process.env.TEMPORAL_ADDRESS;
      else process.env.TEMPORAL_ADDRESS = before;
    }
  });

  test('a config with a mistake, and a warehouse that is not there or damaged, are findings', async () => {
    const config = join(folder, 'millrace.yaml');
    writeFileSync(config, 'company: 甲公司\ncolour: red\n');
    expect(await examineFolder({ data: folder, config })).toMatchObject([
      { check: 'config', level: 'bad', where: expect.stringContaining(':2') },
    ]);
    writeFileSync(config, 'company: 甲公司\nconnections: {}\n', { mode: 0o600 });
    chmodSync(config, 0o600);
    expect((await examineFolder({ data: folder, config }))[0]).toMatchObject({
      check: 'warehouse',
      what: 'There is no warehouse yet',
    });
    writeFileSync(join(folder, 'warehouse.duckdb'), Buffer.alloc(20_000, 7));
    const findings = await examineFolder({ data: folder, config });
    expect(findings[0]).toMatchObject({ check: 'warehouse', what: 'The warehouse file cannot be opened' });
    expect(said(findings, 'data_folder')).toEqual(['ok The data folder can be written']); // the others went on
  });
});

async function serverWithDate(at: Date): Promise<Server> {
  const server = createServer((_request, response) => {
    response.sendDate = false;
    response.setHeader('date', at.toUTCString());
    response.end();
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return server;
}
