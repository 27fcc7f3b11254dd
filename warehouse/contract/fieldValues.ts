import type { Field } from '../../connectors/kit';
import { reasonsOf, typedColumns } from '../check/columns';
import { literal, quoted, rawTable } from '../warehouse';

/** SQL over the warehouse: the rows of a raw table in which _extra has this field. */
export const rowsWith = (connection: string, stream: string, field: string): string =>
  `${rawTable(connection, stream)} where _extra is not null and json_has(_extra, ${literal(field)})`;

/** DuckDB's SQL: how the loader would take a field that stands in the JSON column `_extra`. */
export interface Taken {
  /** Whether the field is there. */
  isThere: string;
  /** Column of the field's own name, for {@link Taken.typed} and {@link Taken.reasons}. */
  raw: string;
  /** The typed value, under the name of the column. */
  typed: string;
  /** Why the value is none of its kind; NULL where it is one, or blank. */
  reasons: string;
  /** `_extra` without the field; NULL where it was the last. */
  rest: string;
}

export function takenFromExtra(field: Field): Taken {
  const path = literal(`/${field.name.replaceAll('~', '~0').replaceAll('/', '~1')}`); // a JSON pointer: * is no wildcard in it
  const member = field.kind.kind === 'json' ? 'json_extract' : 'json_extract_string';
  const without = `json_merge_patch(_extra, json_object(${literal(field.name)}, null))`;
  return {
    isThere: `coalesce(json_exists(_extra, ${path}), false)`,
    raw: `${member}(_extra, ${path}) as ${quoted(field.name)}`,
    typed: typedColumns([field]).join(),
    reasons: reasonsOf([field]),
    rest: `cast(nullif(cast(${without} as varchar), '{}') as json)`,
  };
}
