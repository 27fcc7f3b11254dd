import { createHash } from 'node:crypto';
import { quoted, type Row, type Session } from '../../warehouse';

/** Rows and a hash over what they hold, for each table; two warehouses are alike when these are equal. */
export type Fingerprint = Record<string, string>;

/** When and by which run something came differs between any two runs, killed or not. */
const OF_THE_RUN = new Set([
  '_sync_id',
  '_extracted_at',
  '_first_extracted_at',
  '_seen_at',
  'sync_id',
  'first_seen_at',
  'last_seen_at',
  'resolved_at',
  'resolved_by',
  'replay_id',
  'run_id',
  'frozen_at',
  'known_at',
  'computed_at',
]);
/** Only whether they are set is compared: when a run saw that a row was gone. */
const INSTANTS = new Set(['_deleted_at', 'known_to']);
/** A movement that takes back a deleted row was learned when a run saw it gone; its id says that time after what other columns say. */
const OF_THE_RUN_IN: Readonly<Record<string, readonly string[]>> = {
  'core.ledger_movement': ['recorded_at', 'movement_id'],
};

const TABLES = `select table_schema, table_name from information_schema.tables
  where (table_schema in ('raw', 'core', 'marts', 'quarantine', 'seeds') or (table_schema = 'ops' and table_name like 'frozen%'))
    and table_type = 'BASE TABLE' order by table_schema, table_name`;

export async function fingerprint(warehouse: Session): Promise<Fingerprint> {
  const result: Fingerprint = {};
  for (const { table_schema: schema, table_name: name } of await warehouse.rows(TABLES)) {
    const rows = await warehouse.rows(`select * from ${quoted(String(schema))}.${quoted(String(name))}`);
    const ofTheRun = OF_THE_RUN_IN[`${String(schema)}.${String(name)}`] ?? [];
    const lines = rows.map((row) => contentOf(row, ofTheRun)).sort();
    const hash = createHash('sha256').update(lines.join('\n')).digest('hex').slice(0, 16);
    result[`${String(schema)}.${String(name)}`] = `${lines.length} rows ${hash}`;
  }
  return result;
}

function contentOf(row: Row, ofTheRun: readonly string[]): string {
  const kept = Object.entries(row)
    .filter(([name]) => !OF_THE_RUN.has(name) && !ofTheRun.includes(name))
    .map(([name, value]) => [name, INSTANTS.has(name) ? value !== null : rounded(value)])
    .sort();
  return JSON.stringify(kept);
}

/** A sum of doubles depends on the order of its rows, which an engine does not promise: ten digits are compared. */
const rounded = (value: Row[string]) =>
  typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(10)) : value;
