/** A record as JavaScript sees it: money and numbers as text, dates as the vendor writes them. */
export type Row = Record<string, unknown>;

/** Records as bytes: one JSON object per line, bare numbers quoted. Made by `splitRecords`, never parsed here. */
export interface RawRecords {
  lines: Buffer;
  count: number;
  /** Names at the top of the records, each once; undefined when whoever made the lines did not look. */
  fields?: readonly string[];
}

export type Records = RawRecords | readonly Row[];

export const isRaw = (records: Records): records is RawRecords => !Array.isArray(records);

export const countOf = (records: Records): number => (isRaw(records) ? records.count : records.length);

const NEWLINE = 0x0a;

/** The last record, parsed; for bytes only its own line is parsed. */
export function lastOf(records: Records): Row | undefined {
  if (!isRaw(records)) return records[records.length - 1];
  if (records.count === 0) return undefined;
  const end = records.lines.length - 1; // every line ends with a newline
  const start = records.lines.lastIndexOf(NEWLINE, end - 1) + 1;
  return JSON.parse(records.lines.toString('utf8', start, end)) as Row;
}

/** Bytes for the spool file: one JSON object per line. Numbers become text, as `splitRecords` does it. */
export function linesOf(records: Records): Buffer {
  if (isRaw(records)) return records.lines;
  return Buffer.from(records.map((row) => `${JSON.stringify(row, numbersAsText)}\n`).join(''));
}

/** Names at the top of the records; undefined when nobody looked, so that the warehouse must. */
export function fieldsOfRecords(records: Records): readonly string[] | undefined {
  if (isRaw(records)) return records.count === 0 ? [] : records.fields;
  const names = new Set<string>();
  for (const row of records) {
    for (const name in row) if (row[name] !== undefined) names.add(name); // JSON has no undefined
  }
  return [...names];
}

function numbersAsText(_key: string, value: unknown): unknown {
  return typeof value === 'number' || typeof value === 'bigint' ? String(value) : value;
}
