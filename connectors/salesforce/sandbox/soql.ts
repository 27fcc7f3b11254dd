import type { Row } from '../../kit';

/** A SOQL query of the few forms that the connector sends. */
export interface Soql {
  fields: string[];
  object: string;
  /** Bounds of a time field, for limits on how long a query may take. */
  conditions: string[];
  where(row: Row): boolean;
  groupBy: string | undefined;
  orderBy: string[];
  limit: number;
}

/** Throws an Error whose message is the vendor's errorCode: MALFORMED_QUERY. */
export function parseSoql(text: string): Soql {
  const match =
    /^SELECT (.+?) FROM (\w+)(?: WHERE (.+?))?(?: GROUP BY (\w+))?(?: ORDER BY (.+?))?(?: LIMIT (\d+))?$/.exec(
      text.trim(),
    );
  if (!match) throw new Error('MALFORMED_QUERY');
  const [, fields = '', object = '', where, groupBy, orderBy, limit] = match;
  const words = wordsOf(where ?? '');
  const test = words.length === 0 ? () => true : new Conditions(words).whole();
  return {
    fields: fields.split(',').map((field) => field.trim()),
    object,
    conditions: (where ?? '').split(/ AND | OR /),
    where: test,
    groupBy,
    orderBy: (orderBy ?? '')
      .split(',')
      .map((field) => field.trim())
      .filter(Boolean),
    limit: limit === undefined ? Infinity : Number(limit),
  };
}

type Test = (row: Row) => boolean;

/** Parentheses, AND, OR and comparisons, in the order of their weight. */
class Conditions {
  private at = 0;
  private readonly words: readonly string[];

  constructor(words: readonly string[]) {
    this.words = words;
  }

  whole(): Test {
    const test = this.any();
    if (this.at < this.words.length) throw new Error('MALFORMED_QUERY');
    return test;
  }

  private any(): Test {
    const tests = [this.all()];
    while (this.took('OR')) tests.push(this.all());
    return (row) => tests.some((test) => test(row));
  }

  private all(): Test {
    const tests = [this.one()];
    while (this.took('AND')) tests.push(this.one());
    return (row) => tests.every((test) => test(row));
  }

  private one(): Test {
    if (this.took('(')) {
      const inner = this.any();
      if (!this.took(')')) throw new Error('MALFORMED_QUERY');
      return inner;
    }
    const [field = '', operator = '', literal = ''] = this.words.slice(this.at, this.at + 3);
    this.at += 3;
    const wanted = valueOf(literal);
    const compare = OPERATORS[operator];
    if (!compare || !/^\w+$/.test(field)) throw new Error('MALFORMED_QUERY');
    return (row) => compare(compareValues(row[field], wanted));
  }

  private took(word: string): boolean {
    if (this.words[this.at] !== word) return false;
    this.at++;
    return true;
  }
}

const OPERATORS: Record<string, (difference: number) => boolean> = {
  '=': (difference) => difference === 0,
  '>': (difference) => difference > 0,
  '>=': (difference) => difference >= 0,
  '<': (difference) => difference < 0,
  '<=': (difference) => difference <= 0,
};

const wordsOf = (where: string): string[] => where.match(/\(|\)|'[^']*'|>=|<=|[=<>]|[^\s()=<>]+/g) ?? [];

/** Text in quotes, times and days without; an offset without a colon is no literal. */
function valueOf(literal: string): string | number | boolean {
  if (/^'[^']*'$/.test(literal)) return literal.slice(1, -1);
  if (literal === 'true' || literal === 'false') return literal === 'true';
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?(Z|[+-]\d\d:\d\d)$/.test(literal)) return Date.parse(literal);
  throw new Error('MALFORMED_QUERY');
}

const time = (value: unknown): number => Date.parse(String(value).replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));

function compareValues(value: unknown, wanted: string | number | boolean): number {
  if (typeof wanted === 'number') return time(value) - wanted;
  if (typeof wanted === 'boolean') return (value === true) === wanted ? 0 : 1;
  const text = String(value);
  return text < wanted ? -1 : text > wanted ? 1 : 0;
}
