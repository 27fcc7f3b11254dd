import { Client } from 'pg';
import { startPostgres, testDatabase } from './postgres';

async function ask(url: string, sql: string) {
  const client = new Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<Record<string, unknown>>(sql);
  await client.end();
  return rows;
}

test('two callers share one server and have a database each, in UTF-8 and byte order', async () => {
  const [one, other] = await Promise.all([testDatabase(), testDatabase()]);
  expect(new URL(one).port).toBe(new URL(other).port);
  expect(one).not.toBe(other);
  const sql =
    "select current_setting('server_version_num')::int / 10000 as version, pg_encoding_to_char(encoding) as encoding, datcollate as collation from pg_database where datname = current_database()";
  expect(await ask(one, sql)).toEqual([{ version: 17, encoding: 'UTF8', collation: 'C' }]);
});

test('a killed server has what was committed when it starts again', async () => {
  const server = await startPostgres();
  const url = await server.createDatabase();
  await ask(url, 'create table kept as select 1 as n');
  await server.kill();
  await expect(ask(url, 'select 1')).rejects.toThrow(/ECONNREFUSED/);
  await server.start();
  expect(await ask(url, 'select n from kept')).toEqual([{ n: 1 }]);
  await server.stop();
  await expect(ask(url, 'select 1')).rejects.toThrow(/ECONNREFUSED/);
});
