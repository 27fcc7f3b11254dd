import { MillraceError } from './errors';

export const QUOTE = 0x22;
export const BACKSLASH = 0x5c;
export const COMMA = 0x2c;
export const COLON = 0x3a;
export const OPEN_BRACKET = 0x5b;
export const CLOSE_BRACKET = 0x5d;
export const OPEN_BRACE = 0x7b;
export const CLOSE_BRACE = 0x7d;
const NEWLINE = 0x0a;
const MINUS = 0x2d;

/** What a byte can begin, so that the loop looks at each byte once: 0 copied as it is. */
const SPACE = 1;
const NUMBER = 2;
const CLASS = new Uint8Array(256);
for (const byte of [0x20, NEWLINE, 0x0d, 0x09]) CLASS[byte] = SPACE;
for (const byte of [MINUS, 0x30, 0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38, 0x39]) CLASS[byte] = NUMBER;
/** Characters of a number after its first: digits, sign, point, exponent. */
const IN_NUMBER = new Uint8Array(256);
for (const byte of Buffer.from('0123456789.-+eE')) IN_NUMBER[byte] = 1;

const isSpace = (byte: number) => CLASS[byte] === SPACE;

/** Where records are put together before they are copied out; it grows with the largest body and is never given back. */
let scratch: Buffer = Buffer.allocUnsafe(1 << 20);

/** Copies byte by byte: bodies are full of short strings, for which a call of Buffer.copy costs more than the bytes. */
export class RecordScan {
  count = 0;
  /** Index after the array's closing bracket. */
  end = 0;
  readonly fields = new FieldNames();
  private at = 0;
  private readonly body: Buffer;
  private readonly names: Buffer[] | undefined;

  constructor(body: Buffer, keys: readonly string[] | undefined) {
    this.body = body;
    this.names = keys?.map((key, index) => Buffer.from(`${index ? ',' : ''}${JSON.stringify(key)}:`));
    for (const key of keys ?? []) this.fields.add(key);
  }

  output(): Buffer {
    const lines = Buffer.allocUnsafe(this.at);
    scratch.copy(lines, 0, 0, this.at);
    return lines;
  }

  /**
   * From index `start` on. Depth counts brackets: 0 between records, 1 at the top of a record. `isLines` takes records that
   * follow each other without an array around them.
   */
  run(start: number, isLines = false): void {
    const { body, names, fields } = this;
    const length = body.length;
    // A number grows by its two quotes, at worst from two bytes with its comma to four; names come on top of it.
    if (scratch.length < (length - start) * 2 + 64) scratch = Buffer.allocUnsafe((length - start) * 2 + 64);
    let out = scratch;
    let at = 0;
    let depth = 0;
    let value = 0; // position inside an array record
    let isKey = false; // the next string is a field's name
    let i = start;
    while (i < length) {
      const byte = body[i] as number;
      if (byte === QUOTE) {
        const from = i++;
        out[at++] = QUOTE;
        for (;;) {
          if (i >= length) throw truncated(body);
          const inside = body[i++] as number;
          out[at++] = inside;
          if (inside === QUOTE) break;
          if (inside === BACKSLASH && i < length) out[at++] = body[i++] as number;
        }
        if (isKey) {
          fields.see(body, from + 1, i - 1);
          isKey = false;
        }
      } else if (CLASS[byte] === NUMBER) {
        out[at++] = QUOTE;
        out[at++] = byte;
        i++;
        while (i < length && IN_NUMBER[body[i] as number] === 1) out[at++] = body[i++] as number;
        out[at++] = QUOTE;
      } else if (byte === COMMA) {
        if (depth === 1) {
          if (names) at = this.name(out, at, ++value);
          else out[at++] = COMMA;
          isKey = names === undefined;
        } else if (depth > 0) {
          out[at++] = COMMA;
        }
        i++;
      } else if (CLASS[byte] === SPACE) {
        i++;
      } else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
        depth++;
        if (depth === 1) {
          if (names) {
            if (byte !== OPEN_BRACKET)
              throw this.unexpected('an object where an array of values was expected');
            out = this.roomFor(at, length - i);
            out[at++] = OPEN_BRACE;
            value = 0;
            if (body[skipSpace(body, i + 1)] !== CLOSE_BRACKET) at = this.name(out, at, value);
          } else {
            out[at++] = byte;
            isKey = byte === OPEN_BRACE;
            fields.begin();
          }
        } else {
          out[at++] = byte;
        }
        i++;
      } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
        if (depth === 0) {
          if (isLines) throw this.unexpected('a bracket where a record was expected');
          this.end = i + 1;
          this.at = at;
          return;
        }
        depth--;
        out[at++] = depth === 0 && names ? CLOSE_BRACE : byte;
        if (depth === 0) {
          isKey = false;
          out[at++] = NEWLINE;
          this.count++;
        }
        i++;
      } else {
        if (depth === 0) throw this.unexpected('a bare value where a record was expected');
        out[at++] = byte; // true, false, null, colon
        i++;
      }
    }
    if (!isLines || depth > 0) throw truncated(body);
    this.at = at;
  }

  private name(out: Buffer, at: number, index: number): number {
    const name = this.names?.[index];
    if (!name) {
      throw this.unexpected(
        `more values in a record than the ${this.names?.length ?? 0} that were asked for`,
      );
    }
    out.set(name, at);
    return at + name.length;
  }

  /** Room for a record under names and all that follows it. */
  private roomFor(at: number, left: number): Buffer {
    const names = this.names?.reduce((sum, name) => sum + name.length, 0) ?? 0;
    const needed = at + names + left * 2 + 64;
    if (scratch.length < needed) {
      const grown = Buffer.allocUnsafe(needed * 2);
      scratch.copy(grown, 0, 0, at);
      scratch = grown;
    }
    return scratch;
  }

  private unexpected(what: string): MillraceError {
    return new MillraceError('bad_answer', { what: `The answer's record array holds ${what}` });
  }
}

/**
 * Names of the fields at the top of records. Records of a vendor name the same fields in the same order, so a name is first
 * compared with the one that stood at its place in the record before; only another one costs a string.
 */
class FieldNames {
  private readonly seen = new Map<string, Buffer>();
  private readonly order: Buffer[] = [];
  private place = 0;

  list(): string[] {
    return [...this.seen.keys()];
  }

  add(name: string): void {
    this.seen.set(name, Buffer.from(name));
  }

  begin(): void {
    this.place = 0;
  }

  /** The name at [from, to) of the body, without its quotes. */
  see(body: Buffer, from: number, to: number): void {
    const before = this.order[this.place];
    if (before !== undefined && before.length === to - from) {
      let i = 0;
      while (i < before.length && before[i] === body[from + i]) i++;
      if (i === before.length) {
        this.place++;
        return;
      }
    }
    const text = body.toString('utf8', from, to);
    const name = text.includes('\\') ? (JSON.parse(`"${text}"`) as string) : text;
    let bytes = this.seen.get(name);
    if (bytes === undefined) {
      bytes = Buffer.from(text);
      this.seen.set(name, bytes);
    }
    this.order[this.place++] = bytes;
  }
}

export function skipSpace(body: Buffer, from: number): number {
  let i = from;
  while (i < body.length && isSpace(body[i] as number)) i++;
  return i;
}

export function truncated(body: Buffer): MillraceError {
  return new MillraceError('truncated_answer', {
    what: `The answer ends in the middle, after ${body.length} bytes`,
  });
}
