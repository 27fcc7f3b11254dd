import { MillraceError } from '../../connectors/kit';

/** What the comment on top of a model says; the runner acts on it. */
export interface Header {
  what: string;
  grain: string;
  key: string[];
  sources: string[];
  /** Column comments: name → meaning and unit. */
  columns: Map<string, string>;
  /** Columns without NULLs, besides those of the key. */
  required: string[];
  references: Reference[];
  accepted: Accepted[];
  /** Undefined: the model is built anew each time. */
  incremental: Incremental | undefined;
  /** Columns by which a page looks up a few rows: Postgres gets an index on each, DuckDB reads a column fast as it is. */
  indexes: string[];
  /** Name of the function that turns the SELECT's rows into the table's (computed.ts); undefined: they are the same. */
  computed: string | undefined;
}

/** `customer_id -> core.customer.customer_id`: every value that is not NULL stands there. dbt calls it relationships. */
interface Reference {
  column: string;
  table: string;
  tableColumn: string;
}

/** `certainty: expected, promised`: every value that is not NULL is one of these. dbt calls it accepted_values. */
interface Accepted {
  column: string;
  values: string[];
}

/** How to find the rows that a change reaches (incremental.ts). */
export interface Incremental {
  key: string[];
  sources: IncrementalSource[];
}

export interface IncrementalSource {
  table: string;
  /** The column of the model's rows that names the source's record; undefined: the source carries the key itself. */
  via: string | undefined;
}

const LINE =
  /^--\s+(what|grain|key|sources|column|required|reference|accepted|incremental|index|computed)\s+(.*)$/;
const CONTINUED = /^--\s{3,}(.*)$/;

/** Reads the header of a model. A line that begins with more blanks goes on the entry before. */
export function parseHeader(sql: string, file: string): Header {
  const entries: [string, string][] = [];
  for (const line of sql.split('\n')) {
    if (!line.startsWith('--')) break;
    const [, name, text] = LINE.exec(line) ?? [];
    const last = entries[entries.length - 1];
    if (name !== undefined) entries.push([name, (text ?? '').trim()]);
    else if (last) last[1] += ` ${(CONTINUED.exec(line)?.[1] ?? '').trim()}`;
  }
  const all = (name: string) => entries.filter(([entry]) => entry === name).map(([, text]) => text.trim());
  const [what] = all('what');
  if (!what)
    throw wrong(file, 'A model has no header', 'Begin it with "-- what  …" (and grain, key, sources)');
  const [incremental] = all('incremental');
  return {
    what,
    grain: all('grain')[0] ?? '',
    key: names(all('key')[0]),
    sources: names(all('sources')[0]),
    columns: new Map(all('column').map(columnComment)),
    required: all('required').flatMap((text) => names(text)),
    references: all('reference').map((text) => reference(text, file)),
    accepted: all('accepted').map((text) => accepted(text, file)),
    incremental: incremental === undefined ? undefined : incrementalOf(incremental, file),
    indexes: all('index').flatMap((text) => names(text)),
    computed: all('computed')[0],
  };
}

function names(text = ''): string[] {
  const bare = text.replace(/\([^)]*\)/g, '').trim();
  if (bare === '' || bare === 'none' || bare === '-' || bare === '–') return [];
  return bare
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);
}

function columnComment(text: string): [string, string] {
  const [, name = '', meaning = ''] = /^(\w+)\s*:?\s*(.*)$/.exec(text) ?? [];
  return [name, meaning];
}

function reference(text: string, file: string): Reference {
  const [, column, table, tableColumn] = /^(\w+)\s*->\s*(\w+\.\w+)\.(\w+)$/.exec(text) ?? [];
  if (column && table && tableColumn) return { column, table, tableColumn };
  throw wrong(
    file,
    `A reference cannot be read: ${text}`,
    'Write: -- reference  customer_id -> core.customer.customer_id',
  );
}

function accepted(text: string, file: string): Accepted {
  const [, column, list] = /^(\w+)\s*:\s*(.+)$/.exec(text) ?? [];
  if (column && list) return { column, values: names(list) };
  throw wrong(
    file,
    `Accepted values cannot be read: ${text}`,
    'Write: -- accepted  certainty: expected, promised',
  );
}

function incrementalOf(text: string, file: string): Incremental {
  const [, key, list] = /^key\s+([\w\s,]+);\s*changed since\s+(.+)$/.exec(text) ?? [];
  const sources = (list ?? '')
    .split(',')
    .map((source) => /^(\w+\.\w+)(?:\s+via\s+(\w+))?$/.exec(source.trim()));
  if (key && sources.every((source) => source !== null)) {
    return {
      key: names(key),
      sources: sources.map((source) => ({ table: source?.[1] ?? '', via: source?.[2] })),
    };
  }
  throw wrong(
    file,
    `The incremental line cannot be read: ${text}`,
    'Write: -- incremental  key document_id; changed since core.allocation, core.customer via customer_ref',
  );
}

function wrong(file: string, what: string, todo: string): MillraceError {
  return new MillraceError('model_failed', { what, where: `file ${file}`, todo: `${todo}: docs/models.md` });
}
