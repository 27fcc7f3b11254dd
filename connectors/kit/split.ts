import { MillraceError } from './errors';
import type { RawRecords } from './records';

export interface SplitOptions {
  /** Where the record array stands in the body: [] for the body itself, ['data', 'dataList'] for a nested one. */
  path: readonly string[];
  /** Names for records that are arrays of values: each becomes an object with these keys. */
  keys?: readonly string[];
}

export interface Split extends RawRecords {
  /** The body without its records: the array is empty in it. Parsed. */
  envelope: unknown;
}

/**
 * Cuts the record array out of a JSON body without parsing it: one record per line, white space between tokens dropped,
 * bare numbers quoted (the engine's JSON reader would turn them into doubles). Only the envelope is parsed.
 * Errors: `truncated_answer` when the body ends in the middle, `bad_answer` when there is no array at `path`.
 */
export function splitRecords(body: Buffer, { path, keys }: SplitOptions): Split {
  const start = arrayStart(body, path);
  const scan = new RecordScan(body, start, keys);
  scan.run();
  const envelope = Buffer.concat([body.subarray(0, start + 1), body.subarray(scan.end - 1)]);
  return { lines: scan.output(), count: scan.count, envelope: parse(envelope) };
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const NEWLINE = 0x0a;
const MINUS = 0x2d;

const isSpace = (byte: number) => byte === 0x20 || byte === NEWLINE || byte === 0x0d || byte === 0x09;
const startsNumber = (byte: number) => byte === MINUS || (byte >= 0x30 && byte <= 0x39);
/** Characters of a number after its first: digits, sign, point, exponent. */
const inNumber = (byte: number) =>
  (byte >= 0x30 && byte <= 0x39) ||
  byte === 0x2e ||
  byte === MINUS ||
  byte === 0x2b ||
  byte === 0x65 ||
  byte === 0x45;

class RecordScan {
  count = 0;
  /** Index after the array's closing bracket. */
  end = 0;
  private out: Buffer;
  private at = 0;
  private readonly body: Buffer;
  private readonly start: number;
  private readonly names: Buffer[] | undefined;

  constructor(body: Buffer, start: number, keys: readonly string[] | undefined) {
    this.body = body;
    this.start = start;
    this.out = Buffer.allocUnsafe(Math.ceil((body.length - start) * 1.25) + 1024);
    this.names = keys?.map((key, index) => Buffer.from(`${index ? ',' : ''}${JSON.stringify(key)}:`));
  }

  output(): Buffer {
    return this.out.subarray(0, this.at);
  }

  /** Depth counts brackets inside the record array: 0 between records, 1 at the top of a record. */
  run(): void {
    const { body, names } = this;
    const length = body.length;
    let depth = 0;
    let value = 0; // position inside an array record
    let i = this.start + 1;
    while (i < length) {
      const byte = body[i] as number;
      if (this.at + 64 > this.out.length) this.grow(64);
      if (byte === QUOTE) {
        i = this.copyString(i);
      } else if (isSpace(byte)) {
        i++;
      } else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
        depth++;
        if (depth === 1 && names) {
          if (byte !== OPEN_BRACKET) throw this.unexpected('an object where an array of values was expected');
          this.put(OPEN_BRACE);
          value = 0;
          if (body[this.skipSpace(i + 1)] !== CLOSE_BRACKET) this.name(names, value);
        } else {
          this.put(byte);
        }
        i++;
      } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
        if (depth === 0) {
          this.end = i + 1;
          return;
        }
        depth--;
        this.put(depth === 0 && names ? CLOSE_BRACE : byte);
        if (depth === 0) {
          this.put(NEWLINE);
          this.count++;
        }
        i++;
      } else if (byte === COMMA) {
        if (depth === 1 && names) this.name(names, ++value);
        else if (depth > 0) this.put(COMMA);
        i++;
      } else if (startsNumber(byte)) {
        i = this.quoteNumber(i);
      } else {
        if (depth === 0) throw this.unexpected('a bare value where a record was expected');
        this.put(byte); // true, false, null, colon
        i++;
      }
    }
    throw truncated(body);
  }

  private put(byte: number): void {
    this.out[this.at++] = byte;
  }

  private name(names: Buffer[], index: number): void {
    const name = names[index];
    if (!name) throw this.unexpected(`more values in a record than the ${names.length} that were asked for`);
    this.copy(name, 0, name.length);
  }

  private copyString(from: number): number {
    const { body } = this;
    let i = from + 1;
    while (i < body.length && body[i] !== QUOTE) i += body[i] === BACKSLASH ? 2 : 1;
    if (i >= body.length) throw truncated(body);
    this.copy(body, from, i + 1);
    return i + 1;
  }

  private quoteNumber(from: number): number {
    const { body } = this;
    let i = from + 1;
    while (i < body.length && inNumber(body[i] as number)) i++;
    this.put(QUOTE);
    this.copy(body, from, i);
    this.put(QUOTE);
    return i;
  }

  private copy(source: Buffer, from: number, to: number): void {
    if (this.at + (to - from) + 64 > this.out.length) this.grow(to - from);
    source.copy(this.out, this.at, from, to);
    this.at += to - from;
  }

  private grow(by: number): void {
    const next = Buffer.allocUnsafe(this.out.length * 2 + by);
    this.out.copy(next, 0, 0, this.at);
    this.out = next;
  }

  private skipSpace(from: number): number {
    let i = from;
    while (i < this.body.length && isSpace(this.body[i] as number)) i++;
    return i;
  }

  private unexpected(what: string): MillraceError {
    return new MillraceError('bad_answer', { what: `The answer's record array holds ${what}` });
  }
}

/** Index of the opening bracket of the array at `path`. */
function arrayStart(body: Buffer, path: readonly string[]): number {
  let i = skipSpace(body, 0);
  for (const name of path) i = memberStart(body, i, name);
  if (i >= body.length) throw truncated(body);
  if (body[i] !== OPEN_BRACKET) {
    throw new MillraceError('bad_answer', {
      what: `The answer has no record array at ${path.join('.') || 'its top'}`,
    });
  }
  return i;
}

/** Index of the value of member `name` of the object that begins at `from`. */
function memberStart(body: Buffer, from: number, name: string): number {
  if (body[from] !== OPEN_BRACE) {
    throw new MillraceError('bad_answer', { what: `The answer has no object around "${name}"` });
  }
  let i = skipSpace(body, from + 1);
  while (i < body.length && body[i] === QUOTE) {
    const keyEnd = stringEnd(body, i);
    const key = body.toString('utf8', i + 1, keyEnd - 1);
    i = skipSpace(body, keyEnd);
    if (body[i] !== COLON) throw truncated(body);
    i = skipSpace(body, i + 1);
    if (key === name) return i;
    i = skipSpace(body, valueEnd(body, i));
    if (body[i] === COMMA) i = skipSpace(body, i + 1);
  }
  if (i >= body.length) throw truncated(body);
  throw new MillraceError('bad_answer', { what: `The answer has no member "${name}"` });
}

function valueEnd(body: Buffer, from: number): number {
  let depth = 0;
  let i = from;
  while (i < body.length) {
    const byte = body[i] as number;
    if (byte === QUOTE) {
      i = stringEnd(body, i);
    } else {
      if (byte === OPEN_BRACE || byte === OPEN_BRACKET) depth++;
      if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
        if (depth === 0) return i;
        depth--;
      }
      if (byte === COMMA && depth === 0) return i;
      i++;
    }
    if (depth === 0 && i < body.length && (body[i] === COMMA || body[i] === CLOSE_BRACE)) return i;
  }
  throw truncated(body);
}

function stringEnd(body: Buffer, from: number): number {
  let i = from + 1;
  while (i < body.length && body[i] !== QUOTE) i += body[i] === BACKSLASH ? 2 : 1;
  if (i >= body.length) throw truncated(body);
  return i + 1;
}

function skipSpace(body: Buffer, from: number): number {
  let i = from;
  while (i < body.length && isSpace(body[i] as number)) i++;
  return i;
}

function parse(envelope: Buffer): unknown {
  try {
    return JSON.parse(envelope.toString('utf8'));
  } catch (cause) {
    throw new MillraceError('truncated_answer', { what: 'The answer ends in the middle', cause });
  }
}

function truncated(body: Buffer): MillraceError {
  return new MillraceError('truncated_answer', {
    what: `The answer ends in the middle, after ${body.length} bytes`,
  });
}
