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

/** Text that a pattern takes as a whole, and what it is worth then. */
interface Pattern {
  pattern: string;
  cast(text: string): string;
}

const matching = ({ pattern, cast }: Pattern, text: string) =>
  `case when regexp_full_match(${text}, ${literal(pattern)}) then ${cast(text)} end`;

const PATTERNS = {
  money: { pattern: '-?\\d{1,16}(\\.\\d{1,2}0*)?', cast: (text) => `try_cast(${text} as decimal(18, 2))` },
  quantity: { pattern: '-?\\d{1,12}(\\.\\d+)?', cast: (text) => `try_cast(${text} as decimal(18, 6))` },
  integer: { pattern: '-?\\d{1,18}(\\.0+)?', cast: (text) => `try_cast(${text} as bigint)` },
  businessDate: {
    pattern: '\\d{4}-\\d{2}-\\d{2}([T ]00:00(:00(\\.0+)?)?)?',
    cast: (text) => `try_cast(left(${text}, 10) as date)`,
  },
  epochMs: { pattern: '\\d{1,15}', cast: (text) => `make_timestamp(try_cast(${text} as bigint) * 1000)` },
} as const satisfies Record<string, Pattern>;

/** Half the cost of timezone('UTC', …), which asks the calendar a second time. */
const inUtc = (instant: string) => `make_timestamp(epoch_us(${instant}))`;

const localTime = (zone: string): Pattern => ({
  pattern: '\\d{4}-\\d{2}-\\d{2}([T ]\\d{2}:\\d{2}(:\\d{2}(\\.\\d+)?)?)?',
  cast: (text) => inUtc(`timezone(${literal(zone)}, try_cast(${text} as timestamp))`),
});

const oneOf = (values: readonly string[]) => `(${values.map(literal).join(', ')})`;

/** Column types and checks of the DuckDB engine; Postgres takes the checked rows (DESIGN section 4). */
export function ruleOf(kind: FieldKind): ColumnRule {
  const pattern = patternOf(kind);
  const value = (text: string) => (pattern ? matching(pattern, text) : text);
  switch (kind.kind) {
    case 'text':
      return { type: 'varchar', value };
    case 'choice':
      return {
        type: 'varchar',
        value: (text) => `case when ${text} in ${oneOf(kind.values)} then ${text} end`,
        expected: `one of ${kind.values.join(', ')}`,
      };
    case 'money':
      return { type: 'decimal(18, 2)', value, expected: 'an amount with at most two decimals' };
    case 'quantity':
      return { type: 'decimal(18, 6)', value, expected: 'a number' };
    case 'integer':
      return { type: 'bigint', value, expected: 'a whole number' };
    case 'flag':
      return {
        type: 'boolean',
        value: (text) =>
          `case lower(${text}) when 'true' then true when '1' then true when 'false' then false when '0' then false end`,
        expected: 'true or false',
      };
    case 'businessDate':
      return { type: 'date', value, expected: 'a date like 2026-01-31' };
    case 'localTime':
      return { type: 'timestamp', value, expected: 'a time like 2026-01-31 08:00:00' };
    case 'utcTime':
      return {
        type: 'timestamp',
        value: (text) =>
          `case when isfinite(try_cast(${text} as timestamptz)) then ${inUtc(`try_cast(${text} as timestamptz)`)} end`,
        expected: 'a time like 2026-01-31T08:00:00Z',
      };
    case 'epochMs':
      return { type: 'timestamp', value, expected: 'milliseconds since 1970' };
    case 'json':
      return { type: 'json', value };
  }
}

function patternOf(kind: FieldKind): Pattern | undefined {
  if (kind.kind === 'localTime') return localTime(kind.zone);
  return Object.hasOwn(PATTERNS, kind.kind) ? PATTERNS[kind.kind as keyof typeof PATTERNS] : undefined;
}

/** Text of a field with blanks as NULL: vendors send " " for "nothing". */
const textOf = (field: Field) => `nullif(trim(${quoted(field.name)}), '')`;

/**
 * SELECT list that types every field, with the field's column name; NULL for what is missing or wrong. What
 * `ruleOf(kind).value(textOf)` says, but a text is trimmed only where it is nothing good as it came: trimming all texts would
 * cost more than reading them.
 */
export function typedColumns(fields: readonly Field[]): string[] {
  return fields.map((field) => `${typedValue(field)} as ${quoted(field.column)}`);
}

/** The first character of a text that trim() cannot take away: no blank of Unicode stands behind it but those below U+4E00. */
const startsWithoutBlank = (text: string) => `${text} >= '\u4e00' or (${text} >= '!' and ${text} < chr(128))`;

function typedValue(field: Field): string {
  const raw = quoted(field.name);
  const text = textOf(field);
  const { kind } = field;
  const pattern = patternOf(kind);
  const rule = ruleOf(kind);
  if (pattern) {
    const matches = (one: string) => `regexp_full_match(${one}, ${literal(pattern.pattern)})`;
    return `case when ${matches(raw)} then ${pattern.cast(raw)} when ${matches(text)} then ${pattern.cast(text)} end`;
  }
  switch (kind.kind) {
    case 'json':
      return raw;
    case 'choice': {
      const asTheyAre = kind.values.filter((value) => value !== '' && value === value.trim());
      if (asTheyAre.length === 0) return rule.value(text);
      return `case when ${raw} in ${oneOf(asTheyAre)} then ${raw} else ${rule.value(text)} end`;
    }
    case 'flag':
      return `case when ${raw} in ('true', '1') then true when ${raw} in ('false', '0') then false else ${rule.value(text)} end`;
    case 'text':
      return `case when ${startsWithoutBlank(raw)} then ${raw} when ${text} is not null then ${raw} end`;
    default:
      return `coalesce(${rule.value(raw)}, ${rule.value(text)})`;
  }
}

const rawName = (field: Field) => quoted(`raw ${field.name}`); // no column has a blank in its name

const needsText = (field: Field) => !field.isRequired && ruleOf(field.kind).expected !== undefined;

/** What {@link isGood} needs beside the typed columns: the texts of fields that may be missing but not wrong. */
export function textsForGood(fields: readonly Field[]): string[] {
  return fields.filter(needsText).map((field) => `${quoted(field.name)} as ${rawName(field)}`);
}

/** Condition over typed columns and {@link textsForGood}: a row without any reason against it. */
export function isGood(fields: readonly Field[]): string {
  const conditions = fields.flatMap((field) => {
    const column = quoted(field.column);
    if (field.isRequired) return [`${column} is not null`];
    if (!needsText(field)) return [];
    const raw = rawName(field);
    return [`(${column} is not null or ${raw} is null or trim(${raw}) = '')`];
  });
  return conditions.length === 0 ? 'true' : conditions.join(' and ');
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
