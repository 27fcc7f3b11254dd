import { MillraceError } from '../../connectors/kit';

/** What the comment on top of a model says; the runner acts on it. */
export interface Header {
  what: string;
  grain: string;
  key: string[];
  sources: string[];
  /** Column comments: name → meaning and unit. */
  columns: Map<string, string>;
}

const LINE = /^--\s+(what|grain|key|sources|column)\s+(.*)$/;
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
  const first = (name: string) => entries.find(([entry]) => entry === name)?.[1].trim();
  const what = first('what');
  if (!what) {
    throw new MillraceError('model_failed', {
      what: 'A model has no header',
      where: `file ${file}`,
      todo: 'Begin it with "-- what  …" (and grain, key, sources): docs/models.md',
    });
  }
  return {
    what,
    grain: first('grain') ?? '',
    key: names(first('key')),
    sources: names(first('sources')),
    columns: new Map(entries.filter(([entry]) => entry === 'column').map(([, text]) => columnComment(text))),
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
