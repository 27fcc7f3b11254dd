import { Client, type ClientConfig, Pool, type PoolConfig } from 'pg';
import { MillraceError } from '../../connectors/kit';
import { unusable } from './errors';

/** The oldest version that the tests' SQL was read against; 17 is what they run on. */
const OLDEST_VERSION = 15;
const CONNECT_MS = 10_000;

/** OIDs whose values are numbers here as in DuckDB: int2, int4, float4, float8. All others stay text, digits exact. */
const NUMBERS = new Set([21, 23, 700, 701]);
const BOOLEAN = 16;

/** Rows look as DuckDB's do: a warehouse.ts Row. */
const types = {
  getTypeParser: (oid: number) => (text: string) => {
    if (oid === BOOLEAN) return text === 't';
    if (!NUMBERS.has(oid)) return text;
    const number = Number(text);
    return Number.isFinite(number) ? number : text;
  },
};

/** A dead host is given up after seconds; the pool itself may wait for a free connection as long as it takes. */
class TimedClient extends Client {
  constructor(config?: string | ClientConfig) {
    super({
      ...(typeof config === 'string' ? { connectionString: config } : config),
      connectionTimeoutMillis: CONNECT_MS,
    });
  }
}

/** Connections with our settings, whatever the server's or the role's are. */
export function openPool(url: string, max: number): Pool {
  const config: PoolConfig = {
    connectionString: url,
    max,
    types: types as NonNullable<PoolConfig['types']>,
    keepAlive: true,
    application_name: 'millrace',
    options:
      '-c TimeZone=UTC -c DateStyle=ISO -c IntervalStyle=postgres -c extra_float_digits=1 -c jit=off -c standard_conforming_strings=on -c search_path=public',
    Client: TimedClient,
  };
  const pool = new Pool(config);
  pool.on('error', () => undefined); // an idle connection that the server closed; the pool has dropped it
  return pool;
}

/** Server, database and user, without the password: for errors. */
export function placeOf(url: string): string {
  try {
    const { hostname, port, pathname, username } = new URL(url);
    return `Postgres ${hostname}:${port || '5432'}${pathname} as ${decodeURIComponent(username)}`;
  } catch {
    throw new MillraceError('warehouse_unusable', {
      what: 'The address of the Postgres warehouse cannot be read',
      todo: 'Write warehouse: postgres://user:password@host:5432/database, with characters like @ or / in the password as %40 or %2F',
    });
  }
}

/**
 * Proves that the server can be a warehouse. Both engines must sort and compare text alike, by its bytes, so the database
 * has to be UTF-8 in a C collation.
 */
export async function checkServer(pool: Pool, place: string): Promise<void> {
  let found: { version: number; encoding: string; collation: string; provider: string } | undefined;
  try {
    const { rows } = await pool.query<NonNullable<typeof found>>(
      `select current_setting('server_version_num')::int / 10000 as version, pg_encoding_to_char(encoding) as encoding,
         coalesce(case when to_jsonb(base) ->> 'datlocprovider' in ('b', 'i') then coalesce(to_jsonb(base) ->> 'datlocale', to_jsonb(base) ->> 'daticulocale') end, datcollate) as collation,
         coalesce(to_jsonb(base) ->> 'datlocprovider', 'c') as provider
       from pg_database as base where datname = current_database()`,
    );
    [found] = rows;
  } catch (error) {
    throw unusable(error, place);
  }
  if (!found) return;
  if (found.version < OLDEST_VERSION) {
    throw new MillraceError('warehouse_unusable', {
      what: `The Postgres server is version ${found.version}; the warehouse needs ${OLDEST_VERSION} or later`,
      where: place,
      todo: 'Upgrade the server, or use another one',
    });
  }
  const isByteOrder = found.provider !== 'i' && /^(C|POSIX|C\.UTF-?8)$/i.test(found.collation);
  if (found.encoding === 'UTF8' && isByteOrder) return;
  throw new MillraceError('warehouse_unusable', {
    what: `The database has encoding ${found.encoding} and collation ${found.collation}; the warehouse needs UTF8 and C, so that both engines compare text alike`,
    where: place,
    todo: "Make a new one: create database millrace template template0 encoding 'UTF8' locale_provider libc locale 'C'",
  });
}
