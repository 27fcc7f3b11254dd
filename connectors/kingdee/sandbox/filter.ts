import { MSG, Refused } from './errors';
import { type Getter, isoTime, type Line } from './table';
import { text } from './text';

/** A FilterString, ready to test lines; `from` and `to` bound the time of change, for the binary search. */
export interface Filter {
  test(line: Line): boolean;
  from: string | undefined;
  to: string | undefined;
}

export interface FieldLookup {
  /** How to read a field; refuses an unknown one. */
  getter(field: string): Getter;
  /** Is this the form's time of change? */
  isModified(field: string): boolean;
}

const everything: Filter = { test: () => true, from: undefined, to: undefined };

/**
 * Parses the vendor's predicate text: =, <>, !=, <, <=, >, >=, [not] like, [not] in, is [not] null, and, or, brackets.
 * The other form that the vendor takes, a list of {Left, FieldName, Compare, Value, Right, Logic}, is written as text first.
 */
export function parseFilter(filter: unknown, fields: FieldLookup): Filter {
  const predicate = predicateOf(filter);
  return predicate.trim() === '' ? everything : new Parser(tokensOf(predicate), fields).whole();
}

/** Names in a filter, to know which entity it needs. */
export function fieldsIn(filter: unknown): string[] {
  return tokensOf(predicateOf(filter)).flatMap((token) =>
    token.kind === 'word' && !KEYWORDS.has(token.text.toLowerCase()) ? [token.text] : [],
  );
}

interface FilterItem {
  Left?: string;
  FieldName: string;
  Compare: string;
  Value: string;
  Right?: string;
  Logic?: string | number;
}

const KEYWORDS = new Set(['and', 'or', 'not', 'like', 'in', 'is', 'null']);

const predicateOf = (filter: unknown): string =>
  Array.isArray(filter) ? textOf(filter as FilterItem[]) : text(filter);

function textOf(items: FilterItem[]): string {
  return items
    .map(({ Left = '', FieldName, Compare, Value, Right = '', Logic = 0 }, index) => {
      const isOr = String(Logic) === '1' || String(Logic).toUpperCase() === 'OR';
      const next = index < items.length - 1 ? (isOr ? ' or ' : ' and ') : '';
      return `${Left} ${FieldName} ${Compare} '${Value.replace(/'/g, "''")}' ${Right}${next}`;
    })
    .join('');
}

type Token = { kind: 'word' | 'text' | 'number' | 'sign'; text: string };

function tokensOf(source: string): Token[] {
  const tokens: Token[] = [];
  const pattern = /\s*(?:'((?:[^']|'')*)'|(-?\d+(?:\.\d+)?)|([A-Za-z_][\w.]*)|(<>|!=|<=|>=|[=<>(),]))/gy;
  while (pattern.lastIndex < source.trimEnd().length) {
    const at = pattern.lastIndex;
    const match = pattern.exec(source);
    if (!match) throw broken(source.slice(at, at + 20));
    const [, quoted, number, word, sign] = match;
    if (quoted !== undefined) tokens.push({ kind: 'text', text: quoted.replace(/''/g, "'") });
    else if (number !== undefined) tokens.push({ kind: 'number', text: number });
    else if (word !== undefined) tokens.push({ kind: 'word', text: word });
    else tokens.push({ kind: 'sign', text: sign ?? '' });
  }
  return tokens;
}

class Parser {
  private at = 0;
  private readonly tokens: Token[];
  private readonly fields: FieldLookup;

  constructor(tokens: Token[], fields: FieldLookup) {
    this.tokens = tokens;
    this.fields = fields;
  }

  whole(): Filter {
    const filter = this.either();
    const rest = this.tokens[this.at];
    if (rest) throw broken(rest.text);
    return filter;
  }

  private either(): Filter {
    const parts = [this.both()];
    while (this.takes('or')) parts.push(this.both());
    if (parts.length === 1) return parts[0] ?? everything;
    return {
      test: (line) => parts.some((part) => part.test(line)),
      from: widest(
        parts.map(({ from }) => from),
        (one, other) => (one < other ? one : other),
      ),
      to: widest(
        parts.map(({ to }) => to),
        (one, other) => (one > other ? one : other),
      ),
    };
  }

  private both(): Filter {
    const parts = [this.single()];
    while (this.takes('and')) parts.push(this.single());
    if (parts.length === 1) return parts[0] ?? everything;
    return {
      test: (line) => parts.every((part) => part.test(line)),
      from: narrowest(
        parts.map(({ from }) => from),
        (one, other) => (one > other ? one : other),
      ),
      to: narrowest(
        parts.map(({ to }) => to),
        (one, other) => (one < other ? one : other),
      ),
    };
  }

  private single(): Filter {
    if (this.takes('(')) {
      const inner = this.either();
      this.must(')');
      return inner;
    }
    const field = this.tokens[this.at++];
    if (field?.kind !== 'word') throw broken(field?.text ?? '');
    const get = this.fields.getter(field.text);
    if (this.takes('is')) {
      const isNot = this.takes('not');
      this.must('null');
      return { ...everything, test: (line) => (get(line) === null || get(line) === undefined) !== isNot };
    }
    const isNot = this.takes('not');
    if (this.takes('like')) {
      const pattern = likePattern(this.literal().text);
      return { ...everything, test: (line) => pattern.test(text(get(line))) !== isNot };
    }
    if (this.takes('in')) {
      const values = this.list();
      return { ...everything, test: (line) => values.has(text(get(line))) !== isNot };
    }
    const sign = this.tokens[this.at++]?.text ?? '';
    return comparison(get, sign, this.literal(), this.fields.isModified(field.text));
  }

  private list(): Set<string> {
    this.must('(');
    const values = new Set<string>();
    do values.add(this.literal().text);
    while (this.takes(','));
    this.must(')');
    return values;
  }

  private literal(): Token {
    const token = this.tokens[this.at++];
    if (!token || (token.kind !== 'text' && token.kind !== 'number')) throw broken(token?.text ?? '');
    return token;
  }

  private takes(expected: string): boolean {
    const token = this.tokens[this.at];
    if (token === undefined || token.kind === 'text' || token.text.toLowerCase() !== expected) return false;
    this.at++;
    return true;
  }

  private must(expected: string): void {
    if (!this.takes(expected)) throw broken(this.tokens[this.at]?.text ?? '');
  }
}

function comparison(get: Getter, sign: string, literal: Token, isModified: boolean): Filter {
  const isTime = literal.kind === 'text' && /^\d{4}-\d\d-\d\d/.test(literal.text);
  const value = isTime ? isoTime(literal.text) : literal.text;
  const isNumber = literal.kind === 'number';
  const number = Number(value);
  const compared = (line: Line): number => {
    const own = get(line);
    if (own === null || own === undefined) return Number.NaN; // NULL compares to nothing
    if (isNumber) return Number(own) - number;
    const held = isTime ? isoTime(text(own)) : text(own);
    return held < value ? -1 : held > value ? 1 : 0;
  };
  const bounds = {
    from: isModified && ['>', '>=', '='].includes(sign) ? value : undefined,
    to: isModified && ['<', '<=', '='].includes(sign) ? value : undefined,
  };
  switch (sign) {
    case '=':
      return { ...bounds, test: (line) => compared(line) === 0 };
    case '<>':
    case '!=':
      return { ...bounds, test: (line) => Math.abs(compared(line)) > 0 };
    case '<':
      return { ...bounds, test: (line) => compared(line) < 0 };
    case '<=':
      return { ...bounds, test: (line) => compared(line) <= 0 };
    case '>':
      return { ...bounds, test: (line) => compared(line) > 0 };
    case '>=':
      return { ...bounds, test: (line) => compared(line) >= 0 };
    default:
      throw broken(sign);
  }
}

type Choose = (one: string, other: string) => string;

/** Of an OR: bounded only when every part is. */
function widest(bounds: (string | undefined)[], choose: Choose): string | undefined {
  const known = bounds.filter((bound) => bound !== undefined);
  return known.length < bounds.length ? undefined : known.reduce(choose);
}

/** Of an AND: bounded when one part is. */
function narrowest(bounds: (string | undefined)[], choose: Choose): string | undefined {
  const known = bounds.filter((bound) => bound !== undefined);
  return known.length === 0 ? undefined : known.reduce(choose);
}

function likePattern(like: string): RegExp {
  const escaped = like.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replace(/%/g, '.*').replace(/_/g, '.')}$`, 'is');
}

const broken = (near: string) =>
  new Refused({ message: `过滤条件语法错误，在“${near}”附近`, msgCode: MSG.exception });
