import { Client } from 'pg';
import { tableHash } from '../../warehouse';
import { PostgresWarehouse } from '../../warehouse/postgres/postgresWarehouse';
import { testDatabase } from '../support/postgres';
import { order, ToyLoader } from '../support/toyVendor';

/** A server that fails in the middle of the work, and what an administrator did to it. */
describe('a Postgres that', () => {
  let url: string;
  let database: string;
  let toys: ToyLoader;
  let admin: Client;
  beforeEach(async () => {
    url = await testDatabase();
    database = new URL(url).pathname.slice(1);
    const base = new URL(url);
    base.pathname = '/postgres';
    admin = new Client({ connectionString: base.toString() });
    await admin.connect();
    toys = new ToyLoader(await PostgresWarehouse.open({ url }));
    toys.vendor.pageRows = 20;
    toys.vendor.rows = Array.from({ length: 30 }, (_, n) => order(String(100 + n)));
    await toys.load();
  });
  afterEach(async () => {
    await toys.close();
    await admin.end();
  });

  /** New connections are under what was set; those that stand are ended, as a restart would. */
  async function set(setting: string): Promise<void> {
    await admin.query(`alter database "${database}" ${setting}`);
    await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [
      database,
    ]);
  }
  const change = () => {
    toys.vendor.rows = toys.vendor.rows.map((row) => ({
      ...row,
      amount: '12.50',
      changed: '2026-01-06T08:00:00Z',
    }));
  };
  const failure = () =>
    toys.load().then(
      () => undefined,
      (error: unknown) => error,
    );
  async function expectNothingLost(): Promise<void> {
    expect((await toys.stored()).every(([, amount]) => amount === '10.00')).toBe(true);
    expect((await toys.load()).loaded).toBe(30);
    expect(await toys.stored()).toHaveLength(30);
    expect((await tableHash(toys.warehouse, 'toys', 'orders')).rows).toBe(30);
  }

  test('became read-only says so, and the next run goes on when it is writable again', async () => {
    change();
    await set('set default_transaction_read_only = on');
    await settled();
    expect(await failure()).toMatchObject({
      code: 'warehouse_unusable',
      what: expect.stringMatching(/^The Postgres database takes no writes: .*read-only/),
      where: expect.stringContaining(database),
      todo: expect.stringContaining('default_transaction_read_only'),
    });
    await set('set default_transaction_read_only = off');
    await settled();
    await expectNothingLost();
  });

  test('cancels statements after a time says so; a retry goes on', async () => {
    change();
    const blocker = new Client({ connectionString: url });
    await blocker.connect();
    await blocker.query('begin');
    await blocker.query('lock table raw.toys__orders in access exclusive mode');
    await admin.query(`alter database "${database}" set statement_timeout = '700ms'`);
    const other = await PostgresWarehouse.open({ url });
    const problem = await toys.load({ warehouse: other }).then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(problem).toMatchObject({
      code: 'warehouse_lost',
      what: expect.stringMatching(/^Postgres cancelled a statement: .*timeout/),
      todo: expect.stringContaining('raise statement_timeout'),
    });
    await other.close();
    await blocker.query('rollback');
    await blocker.end();
    await expectNothingLost();
  });

  test('has no connection left says so; a retry goes on', async () => {
    // A superuser is let in beyond every limit: here the warehouse works as an ordinary user.
    const role = `app_${database}`;
    await admin.query(`create role "${role}" login password 'not-told'`);
    await admin.query(`alter database "${database}" owner to "${role}"`);
    const own = new URL(await testDatabase());
    await admin.query(`alter database "${own.pathname.slice(1)}" owner to "${role}"`);
    own.username = role;
    own.password = 'not-told';
    const app = new ToyLoader(await PostgresWarehouse.open({ url: own.toString() }));
    app.vendor.rows = toys.vendor.rows;
    await admin.query(`alter role "${role}" connection limit 0`);
    await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where usename = $1', [role]);
    await settled(app.warehouse);
    const problem: unknown = await app.load().catch((error: unknown) => error);
    expect(problem).toMatchObject({
      code: 'warehouse_lost',
      where: expect.stringContaining(own.pathname.slice(1)),
      todo: expect.stringContaining('what was not committed is done again'),
    });
    expect(JSON.stringify(problem)).not.toContain('not-told');
    await admin.query(`alter role "${role}" connection limit -1`);
    expect(await app.load()).toMatchObject({ read: 30, loaded: 30 });
    await app.close();
  });

  test('lost its database says what to do', async () => {
    change();
    await admin.query(`drop database "${database}" with (force)`);
    await settled();
    expect(await failure()).toMatchObject({
      code: 'warehouse_unusable',
      what: 'The database does not exist on the Postgres server',
      where: expect.stringContaining(database),
      todo: expect.stringContaining('create database'),
    });
  });

  /** The first use of a connection that the server ended fails once; the pool then opens others. */
  async function settled(warehouse = toys.warehouse): Promise<void> {
    for (let attempt = 0; attempt < 10; attempt++) {
      const error = await warehouse.rows('select 1').then(
        () => undefined,
        (failed: { code?: string }) => failed,
      );
      if (error?.code !== 'warehouse_lost') return;
    }
  }
});
