import { type FieldKind, MillraceError } from '../../connectors/kit';

/** The zone of times that are written without one; a connector's contract names its own. */
const ZONE = 'Asia/Shanghai';

/** Kinds that a column may be accepted as, the most telling first: the first that all values fit is proposed. */
export const KINDS: Readonly<Record<string, FieldKind>> = {
  flag: { kind: 'flag' },
  epochMs: { kind: 'epochMs' },
  integer: { kind: 'integer' },
  money: { kind: 'money' },
  quantity: { kind: 'quantity' },
  businessDate: { kind: 'businessDate' },
  utcTime: { kind: 'utcTime' },
  localTime: { kind: 'localTime', zone: ZONE },
  json: { kind: 'json' },
  text: { kind: 'text' },
};

const NUMBER = "regexp_full_match(trim(value), '-?(0|[1-9]\\d{0,9})(\\.\\d+)?')"; // leading zeros and longer ones are codes

/** SQL over `value` that a proposal asks for beyond what the loader accepts; a person may accept the kind all the same. */
export const LOOKS_LIKE: Readonly<Record<string, string>> = {
  flag: "lower(trim(value)) in ('true', 'false')", // 0 and 1 may as well be counts
  epochMs: "regexp_full_match(trim(value), '1\\d{12}')", // 2001 to 2033
  integer: NUMBER,
  money: NUMBER,
  quantity: NUMBER,
  utcTime: "regexp_matches(value, '\\d{4}-\\d{2}-\\d{2}[T ].*(Z|[+-]\\d{2}:?\\d{2})$')",
  localTime: "contains(value, ':')",
  json: "regexp_matches(value, '^[\\[{]')",
};

/** Error: `bad_request` with the kinds that there are. */
export function kindNamed(name: string): FieldKind {
  const kind = KINDS[name];
  if (Object.hasOwn(KINDS, name) && kind) return kind;
  throw new MillraceError('bad_request', {
    what: `There is no kind ${name}`,
    todo: `Kinds: ${Object.keys(KINDS).join(', ')}`,
  });
}
