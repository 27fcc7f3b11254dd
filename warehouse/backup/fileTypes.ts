import { literal, quoted } from '../warehouse';
import type { TableColumn } from './snapshot';

/** Rows of a Parquet row group: it is held in memory while it is written, and raw rows are wide. */
const GROUP_ROWS = 50_000;

/** Postgres has no type of its own for a sum: numeric without a length. Its exact text travels. */
export const UNBOUNDED = 'NUMERIC';

/** Parquet has no 128-bit integers, DuckDB would write them as doubles: they travel as text. */
const AS_TEXT = new Set(['HUGEINT', 'UHUGEINT', UNBOUNDED]);

/** What a column is in DuckDB. */
export const duckDbType = (type: string): string => (type === UNBOUNDED ? 'VARCHAR' : type);

/** COPY of a table's rows into a Parquet file. */
export function parquetCopy(columns: readonly TableColumn[], source: string, file: string): string {
  const list = columns.map(
    ({ name, type }) => `cast(${quoted(name)} as ${AS_TEXT.has(type) ? 'VARCHAR' : type}) as ${quoted(name)}`,
  );
  return `copy (select ${list.join(', ')} from ${source}) to ${literal(file)} (format parquet, compression zstd, row_group_size ${GROUP_ROWS})`;
}

/** The SELECT list that gives columns of a file the table's types. */
export const fromFile = (columns: readonly TableColumn[]): string =>
  columns
    .map(({ name, type }) => `cast(${quoted(name)} as ${duckDbType(type)}) as ${quoted(name)}`)
    .join(', ');

/**
 * One row as text in DuckDB: NULL and the empty text differ, and so do rows whose values only together look alike.
 * Casts are exact: decimals, dates and times as written, doubles in their shortest form that reads back the same.
 */
function rowText(columns: readonly TableColumn[]): string {
  const texts = columns.map(({ name }) => {
    const text = `cast(${quoted(name)} as varchar)`;
    return `coalesce(strlen(${text}) || ':' || ${text}, '-')`;
  });
  return texts.length === 0 ? "''" : `concat(${texts.join(', ')})`;
}

/** Rows and sums over a table or a file's rows: columns n, high, low. */
export const fingerprintSql = (columns: readonly TableColumn[], source: string): string =>
  `select count(*) as n, coalesce(sum(cast(md5_number_upper(text) as hugeint)), 0) as high,
     coalesce(sum(cast(md5_number_lower(text) as hugeint)), 0) as low
   from (select ${rowText(columns)} as text from ${source}) as one`;
