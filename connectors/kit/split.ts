import { MillraceError } from './errors';
import type { RawRecords } from './records';
import {
  BACKSLASH,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
  RecordScan,
  skipSpace,
  truncated,
} from './recordScan';

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
  const scan = new RecordScan(body, keys);
  scan.run(start + 1);
  const envelope = Buffer.concat([body.subarray(0, start + 1), body.subarray(scan.end - 1)]);
  return {
    lines: scan.output(),
    count: scan.count,
    fields: scan.fields.list(),
    envelope: parse(envelope),
  };
}

/**
 * The same for a text of JSON objects that follow each other, one per line (NDJSON); `text` ends where a record ends.
 * Errors: `truncated_answer`, `bad_answer`.
 */
export function splitLines(text: Buffer): RawRecords {
  const scan = new RecordScan(text, undefined);
  scan.run(0, true);
  return { lines: scan.output(), count: scan.count, fields: scan.fields.list() };
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

function parse(envelope: Buffer): unknown {
  try {
    return JSON.parse(envelope.toString('utf8'));
  } catch (cause) {
    throw new MillraceError('truncated_answer', { what: 'The answer ends in the middle', cause });
  }
}
