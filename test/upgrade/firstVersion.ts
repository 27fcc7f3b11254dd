import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDbWarehouse, PostgresWarehouse, type Row, type Session, type Warehouse } from '../../warehouse';
import type { MigrateOptions } from '../../warehouse/migrate';

export type Engine = 'duckdb' | 'postgres';

/** Where a warehouse stands: a DuckDB file or a Postgres address. */
export const openAt = (engine: Engine, at: string, migrations: MigrateOptions = {}): Promise<Warehouse> =>
  engine === 'duckdb'
    ? DuckDbWarehouse.open({ file: at, migrations })
    : PostgresWarehouse.open({ url: at, migrations });

const folder = join(__dirname, 'first-version');
const textOf = (name: string) => readFileSync(join(folder, name), 'utf8');
const MIGRATIONS = ['001_meta.sql', '002_ops.sql'] as const;

/** A warehouse as the first version made it, from that version's own texts, with rows in every table. */
export async function makeFirstVersion(engine: Engine, at: string): Promise<void> {
  const warehouse = await openAt(engine, at, { mode: 'none' });
  try {
    await warehouse.transaction(async (session) => {
      await session.run('drop table meta.migration'); // that version kept no hash
      await session.run(
        'create table meta.migration (name varchar primary key, applied_at timestamp not null)',
      );
      for (const name of MIGRATIONS) {
        await session.run(textOf(name));
        await session.run("insert into meta.migration values (?, timestamp '2026-01-05 00:00:00')", [name]);
      }
      await session.run(textOf('rows.sql'));
    });
  } finally {
    await warehouse.close();
  }
}

/** Every row that the first version left, by table: its own columns, in its own order. */
export async function rowsOfFirstVersion(session: Session): Promise<Record<string, Row[]>> {
  const all: Record<string, Row[]> = {};
  for (const [table, columns] of Object.entries(columnsOfFirstVersion()))
    all[table] = await session.rows(`select ${columns} from ${table} order by 1, 2`);
  return all;
}

/** From the texts: a later version may have added columns. */
function columnsOfFirstVersion(): Record<string, string> {
  const text = [...MIGRATIONS, 'rows.sql']
    .map((name) => textOf(name))
    .join('\n')
    .replaceAll(/--.*$/gm, '');
  const tables = text.matchAll(/create table (\w+\.\w+) \(([\s\S]*?)\n\);/g);
  return Object.fromEntries(
    [...tables].map(([, table = '', body = '']) => [
      table,
      [...body.matchAll(/(?:^|,)\s*(\w+) (?:varchar|json|bigint|timestamp|date|double|decimal)/g)]
        .map(([, column]) => column)
        .join(', '),
    ]),
  );
}
