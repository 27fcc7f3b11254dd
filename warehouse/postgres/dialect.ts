import { createHash } from 'node:crypto';
import { MillraceError, type Stream } from '../../connectors/kit';
import { vendorKeys } from '../duckdb/dialect';
import { type Dialect, literal, quoted, type Session } from '../warehouse';
import type { Checker } from './checker';
import { copyTables } from './copyTables';
import type { PgSession } from './session';
import { throughDuckDb } from './throughDuckDb';

/** What Postgres does in its own way. Files are read by the checker's DuckDB, as in the other engine. */
export function postgresDialect(checker: Checker): Dialect {
  return {
    engine: 'postgres',

    columnsOf: (session, select) => pg(session).columnsOf(select),

    defineConstant: (session, name, type, value) =>
      session.run(
        `create or replace function ${quoted(name)}() returns ${type} language sql immutable parallel safe
         as $constant$ select cast(${literal(value)} as ${type}) $constant$`,
      ),

    async loadCsv(session, table, columns, file) {
      const names = columns.map(({ name }) => quoted(name)).join(', ');
      await pg(session).copyCsv(
        `copy ${table} (${names}) from stdin (format csv, header true, force_null (${names}))`,
        file,
      );
    },

    /** Its text is kept as a hash in the comment: whoever reads a view waits from its DROP to the end of the build. */
    async replaceView(session, name, select) {
      const note = `text ${createHash('sha256').update(select).digest('hex')}`;
      const [stands] = await session.rows(
        `select obj_description(to_regclass(${literal(name)}), 'pg_class') as note`,
      );
      if (stands?.note === note) return;
      await session.run(`drop view if exists ${name}`);
      await session.run(`create view ${name} as ${select}`);
      await session.run(`comment on view ${name} is ${literal(note)}`);
    },

    async createKeyTable(session, stream: Stream, file) {
      const [exported] = await checker.run(async (duckDb) => {
        await duckDb.run(`create or replace temp table vendor_key as ${vendorKeys(stream, file)}`);
        try {
          return await checker.export(duckDb, ['vendor_key']);
        } finally {
          await duckDb.run('drop table vendor_key');
        }
      });
      if (exported) await copyTables(pg(session), [exported]);
      await session.run('analyze vendor_key');
    },

    throughDuckDb: (session, work) => throughDuckDb(checker, pg(session), work),
  };
}

/** What this dialect needs beyond SQL; sessions of this engine and the warehouse itself have it. */
type OfPostgres = Session & Pick<PgSession, 'columnsOf' | 'copyCsv' | 'copyOut'>;

function pg(session: Session): OfPostgres {
  if ('columnsOf' in session && 'copyOut' in session) return session as OfPostgres;
  throw new MillraceError('internal', {
    what: 'A session of another engine was handed to the Postgres dialect',
  });
}
