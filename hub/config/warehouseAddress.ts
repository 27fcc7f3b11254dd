import { environmentSecret, resolveAddress } from './secrets';

const EXAMPLE = 'postgres://millrace:${MILLRACE_WAREHOUSE_PASSWORD}@db.example.com:5432/millrace';

/**
 * Where the warehouse is: the address of a Postgres database, or undefined for DuckDB in the data folder. MILLRACE_WAREHOUSE
 * comes before the config's `warehouse`. It holds a password: it is never printed, see {@link withoutPassword}.
 */
export function warehouseAddress(
  written: string | undefined,
  folder: string,
  onMistake: (what: string) => void,
): string | undefined {
  const fromEnvironment = environmentSecret('MILLRACE_WAREHOUSE', onMistake);
  const text = fromEnvironment ?? written;
  if (text === undefined) return undefined;
  const said: string[] = [];
  const address = resolveAddress(text, folder, (what) => said.push(what));
  if (said.length === 0) said.push(...mistakesOf(address));
  const prefix = fromEnvironment === undefined ? '' : 'MILLRACE_WAREHOUSE: ';
  for (const what of said) onMistake(prefix + what);
  return said.length > 0 ? undefined : address;
}

/** The address as people may see it: host, port and database. */
export function withoutPassword(address: string): string {
  const { protocol, host, pathname } = new URL(address);
  return `${protocol}//${host}${pathname}`;
}

function mistakesOf(address: string): string[] {
  const form = `write for example ${EXAMPLE}`;
  let parsed: URL;
  try {
    parsed = new URL(address);
  } catch {
    return [`it is no address; ${form}`];
  }
  if (parsed.protocol !== 'postgres:' && parsed.protocol !== 'postgresql:')
    return [`only Postgres can be named here, DuckDB is what is used without it; ${form}`];
  if (parsed.hostname === '' || parsed.pathname.length < 2)
    return [`it names no ${parsed.hostname === '' ? 'host' : 'database'}; ${form}`];
  return [];
}
