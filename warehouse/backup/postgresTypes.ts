import { MillraceError } from '../../connectors/kit';
import { UNBOUNDED } from './fileTypes';

/** Both engines' names of a type; a backup speaks DuckDB's. */
const PAIRS: readonly (readonly [duckDb: string, postgres: string])[] = [
  ['VARCHAR', 'character varying'],
  ['VARCHAR', 'text'],
  ['BIGINT', 'bigint'],
  ['INTEGER', 'integer'],
  ['SMALLINT', 'smallint'],
  ['BOOLEAN', 'boolean'],
  ['DATE', 'date'],
  ['TIMESTAMP', 'timestamp without time zone'],
  ['TIMESTAMP WITH TIME ZONE', 'timestamp with time zone'],
  ['TIME', 'time without time zone'],
  ['DOUBLE', 'double precision'],
  ['FLOAT', 'real'],
  ['JSON', 'json'],
  ['UUID', 'uuid'],
];

/** Types of the one engine that the other has under a wider name. */
const WIDER: Record<string, string> = {
  HUGEINT: 'numeric(39,0)',
  UHUGEINT: 'numeric(39,0)',
  UBIGINT: 'numeric(20,0)',
  UINTEGER: 'bigint',
  USMALLINT: 'integer',
  UTINYINT: 'smallint',
  TINYINT: 'smallint',
  [UNBOUNDED]: 'numeric',
};

export function toPostgres(type: string): string {
  const decimal = /^DECIMAL\((\d+),(\d+)\)$/.exec(type);
  if (decimal) return `numeric(${decimal[1]},${decimal[2]})`;
  const found = PAIRS.find(([duckDb]) => duckDb === type)?.[1] ?? WIDER[type];
  if (found !== undefined) return found;
  throw unknown(type, 'Postgres');
}

export function fromPostgres(type: string): string {
  const [, digits, scale] = /^numeric\((\d+),(\d+)\)$/.exec(type) ?? [];
  if (digits !== undefined && scale !== undefined)
    return Number(digits) <= 38 ? `DECIMAL(${digits},${scale})` : scale === '0' ? 'HUGEINT' : UNBOUNDED;
  if (type === 'numeric') return UNBOUNDED;
  const found = PAIRS.find(
    ([, postgres]) => postgres === type.replace(/^character varying\(\d+\)$/, 'text'),
  )?.[0];
  if (found !== undefined) return found;
  throw unknown(type, 'a backup');
}

function unknown(type: string, where: string): MillraceError {
  return new MillraceError('internal', {
    what: `A column of type ${type} cannot be written to ${where}`,
    todo: 'Tell us: this kind of column is new',
  });
}
