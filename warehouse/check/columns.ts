import type { Field, FieldKind } from '../../connectors/kit';
import { literal, quoted } from '../warehouse';

/** How one field's text becomes a typed column, and what is said of a text that does not. */
export interface ColumnRule {
  type: string;
  /** SQL over the text expression; NULL when the text is no such value. */
  value(text: string): string;
  /** What a good value is, for the reason of a bad row. Undefined: any text is good. */
  expected?: string;
}

const matching = (text: string, pattern: string, value: string) =>
  `case when regexp_full_match(${text}, ${literal(pattern)}) then ${value} end`;

/** Column types and checks of the DuckDB engine; Postgres takes the checked rows (DESIGN section 4). */
export function ruleOf(kind: FieldKind): ColumnRule {
  switch (kind.kind) {
    case 'text':
      return { type: 'varchar', value: (text) => text };
    case 'choice':
      return {
        type: 'varchar',
        value: (text) => `case when ${text} in (${kind.values.map(literal).join(', ')}) then ${text} end`,
        expected: `one of ${kind.values.join(', ')}`,
      };
    case 'money':
      return {
        type: 'decimal(18, 2)',
        value: (text) => matching(text, '-?\\d{1,16}(\\.\\d{1,2}0*)?', `try_cast(${text} as decimal(18, 2))`),
        expected: 'an amount with at most two decimals',
      };
    case 'quantity':
      return {
        type: 'decimal(18, 6)',
        value: (text) => matching(text, '-?\\d{1,12}(\\.\\d+)?', `try_cast(${text} as decimal(18, 6))`),
        expected: 'a number',
      };
    case 'integer':
      return {
        type: 'bigint',
        value: (text) => matching(text, '-?\\d{1,18}(\\.0+)?', `try_cast(${text} as bigint)`),
        expected: 'a whole number',
      };
    case 'flag':
      return {
        type: 'boolean',
        value: (text) =>
          `case lower(${text}) when 'true' then true when '1' then true when 'false' then false when '0' then false end`,
        expected: 'true or false',
      };
    case 'businessDate':
      return {
        type: 'date',
        value: (text) =>
          matching(
            text,
            '\\d{4}-\\d{2}-\\d{2}([T ]00:00(:00(\\.0+)?)?)?',
            `try_cast(left(${text}, 10) as date)`,
          ),
        expected: 'a date like 2026-01-31',
      };
    case 'localTime':
      return {
        type: 'timestamp',
        value: (text) =>
          matching(
            text,
            '\\d{4}-\\d{2}-\\d{2}([T ]\\d{2}:\\d{2}(:\\d{2}(\\.\\d+)?)?)?',
            `timezone('UTC', timezone(${literal(kind.zone)}, try_cast(${text} as timestamp)))`,
          ),
        expected: 'a time like 2026-01-31 08:00:00',
      };
    case 'utcTime':
      return {
        type: 'timestamp',
        value: (text) => `timezone('UTC', try_cast(${text} as timestamptz))`,
        expected: 'a time like 2026-01-31T08:00:00Z',
      };
    case 'epochMs':
      return {
        type: 'timestamp',
        value: (text) => matching(text, '\\d{1,15}', `make_timestamp(try_cast(${text} as bigint) * 1000)`),
        expected: 'milliseconds since 1970',
      };
    case 'json':
      return { type: 'json', value: (text) => text };
  }
}

/** Text of a field with blanks as NULL: vendors send " " for "nothing". */
const textOf = (field: Field) => `nullif(trim(${quoted(field.name)}), '')`;

/** SELECT list that types every field, with the field's column name. */
export function typedColumns(fields: readonly Field[]): string[] {
  return fields.map((field) => {
    const text =
      field.kind.kind === 'text'
        ? `case when ${textOf(field)} is null then null else ${quoted(field.name)} end`
        : textOf(field);
    const value = field.kind.kind === 'json' ? quoted(field.name) : ruleOf(field.kind).value(text);
    return `${value} as ${quoted(field.column)}`;
  });
}

/** One expression with every reason why a row is bad, separated by "; ", or NULL for a good row. */
export function reasonsOf(fields: readonly Field[]): string {
  const reasons = fields.flatMap((field) => {
    const text = field.kind.kind === 'json' ? quoted(field.name) : textOf(field);
    const { expected, value } = ruleOf(field.kind);
    const missing = field.isRequired
      ? [`case when ${text} is null then ${literal(`${field.name}: missing`)} end`]
      : [];
    const wrong = expected
      ? [
          `case when ${text} is not null and ${value(text)} is null then ${literal(`${field.name}: not ${expected}`)} end`,
        ]
      : [];
    return [...missing, ...wrong];
  });
  return reasons.length === 0
    ? 'cast(null as varchar)'
    : `nullif(concat_ws('; ', ${reasons.join(', ')}), '')`;
}

/** The `columns` argument of read_json: everything as text, nested values as JSON. */
export function readerColumns(fields: readonly Field[]): string {
  return fields
    .map((field) => `${quoted(field.name)}: '${field.kind.kind === 'json' ? 'JSON' : 'VARCHAR'}'`)
    .join(', ');
}
