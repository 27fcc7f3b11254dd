import type { Field } from '../../connectors/kit';
import { type Batch, literal, quoted } from '../warehouse';

/** How JSON writes U+0000; behind a backslash of its own it is six other characters. */
export const NUL_IN_JSON = '\\u0000';
const ESCAPED = literal('(^|[^\\\\])(\\\\\\\\)*\\\\u0000');
const WHAT = 'holds the character U+0000';

/**
 * U+0000 may stand in JSON, and Postgres keeps it in no text. So a record that holds one steps aside, on both engines alike.
 * Whoever spooled a batch has seen whether there is one; looking at each record costs time.
 */
export const mayHoldNul = ({ hasNul }: Batch): boolean => hasNul !== false;

/** Conditions over the values of fields, one for each that can hold it; `nameOf` gives a field's column. */
function found(fields: readonly Field[], nameOf: (field: Field) => string): [Field, string][] {
  return fields.flatMap((field): [Field, string][] => {
    const column = quoted(nameOf(field));
    if (field.kind.kind === 'text') return [[field, `contains(${column}, chr(0))`]];
    if (field.kind.kind === 'json')
      return [[field, `regexp_matches(cast(${column} as varchar), ${ESCAPED})`]];
    return [];
  });
}

/** Condition over typed columns and _extra: none holds it. */
export function isFreeOfNul(fields: readonly Field[]): string {
  const conditions = found(fields, ({ column }) => column).map(([, condition]) => condition);
  conditions.push(`regexp_matches(cast(_extra as varchar), ${ESCAPED})`);
  return conditions.map((condition) => `not coalesce(${condition}, false)`).join(' and ');
}

/** A reason for each field of a record that holds it, over the fields as they came and `_line`. */
export function nulReasons(fields: readonly Field[]): string {
  const known = found(fields, ({ name }) => name);
  const reasons = known.map(
    ([{ name }, condition]) => `case when ${condition} then ${literal(`${name}: ${WHAT}`)} end`,
  );
  const some = known.map(([, condition]) => `coalesce(${condition}, false)`).join(' or ') || 'false';
  reasons.push(
    `case when regexp_matches(_line, ${ESCAPED}) and not (${some}) then ${literal(`a field that is not in the contract: ${WHAT}`)} end`,
  );
  return `nullif(concat_ws('; ', ${reasons.join(', ')}), '')`;
}
