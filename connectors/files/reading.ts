import { z } from 'zod';
import type { Page, Row, Stream } from '../kit';
import { idOf, type Source, sourcesOf } from './folder';
import type { Config } from './spec';

/** Hashes of the sources that were read, by {@link idOf}. */
const stateShape = z.object({ files: z.record(z.string(), z.string()) });
type State = z.infer<typeof stateShape>;

/**
 * Records of files that are new or changed. A row counts in the last source that has its key; where a source that was read
 * before changed or went away, the rows of those before it are given again, since it may have hidden them. The state names a
 * source with its last page: a read that ends within a file begins it again. A file that cannot be read is one row in
 * quarantine, and is tried again at every sync.
 */
export async function* readEntity(config: Config, stream: Stream, state: unknown): AsyncGenerator<Page> {
  const before = knownIn(state);
  const sources = await sourcesOf(config, stream.name);
  const ids = new Set(sources.map(idOf));
  let known = before;
  const isChanged = (source: Source) => before.files[idOf(source)] !== source.hash;
  const isGone = Object.keys(before.files).some((id) => !ids.has(id));
  const lastHiding = isGone
    ? sources.length
    : sources.findLastIndex((source) => isChanged(source) && idOf(source) in before.files);
  if (isGone || sources.some(isChanged)) {
    const holds = holdersOf(sources);
    for (const [index, source] of sources.entries()) {
      if (!isChanged(source) && index >= lastHiding) continue;
      const read = source.read();
      if ('error' in read) {
        const { what, where } = read.error;
        const bad = { source_id: idOf(source), file_name: source.name, problem: `${where}: ${what}` };
        yield { records: [bad], state: known };
        continue;
      }
      const rows = [...read.records].filter(([id]) => holds.get(id) === index).map(([, row]) => row);
      const done = { files: { ...known.files, [idOf(source)]: source.hash } };
      yield* pagesOf(rows, config.pageRows, known, done);
      known = done;
    }
  }
  const there = Object.entries(known.files).filter(([id]) => ids.has(id));
  yield { records: [], state: { files: Object.fromEntries(there) } satisfies State };
}

/** All keys that stand in the files. Error: `file_unreadable`; else a damaged file would delete all its records. */
export async function* keysOf(config: Config, stream: Stream): AsyncGenerator<string[][]> {
  const sources = await sourcesOf(config, stream.name);
  const ids = [...holdersOf(sources, 'refuse').keys()];
  for (let start = 0; start < ids.length; start += config.pageRows)
    yield ids.slice(start, start + config.pageRows).map((id) => [id]);
}

/** Which source's row holds for each key, by the source's place: the last one that has the key. */
function holdersOf(sources: readonly Source[], damaged?: 'refuse'): Map<string, number> {
  const holders = new Map<string, number>();
  for (const [index, source] of sources.entries()) {
    const read = source.read();
    if ('error' in read) {
      if (damaged === 'refuse') throw read.error;
    } else for (const id of read.records.keys()) holders.set(id, index);
  }
  return holders;
}

function* pagesOf(rows: readonly Row[], pageRows: number, before: State, done: State): Generator<Page> {
  for (let start = 0; start + pageRows < rows.length; start += pageRows)
    yield { records: rows.slice(start, start + pageRows), state: before };
  const rest = rows.length === 0 ? 0 : ((rows.length - 1) % pageRows) + 1;
  yield { records: rows.slice(rows.length - rest), state: done };
}

function knownIn(state: unknown): State {
  return state === undefined ? { files: {} } : stateShape.parse(state);
}

/** One row per file and entry of `tables`, always all of them. */
export async function fileRows(config: Config): Promise<Row[]> {
  return (await sourcesOf(config)).map((source) => {
    const read = source.read();
    const common = {
      file_name: source.name,
      table_number: String(source.number),
      entity: source.table.entity,
      hash: source.hash,
    };
    if ('error' in read) {
      const none = { rows: '0', records: '0', rejected: '0', left_out: '0', repeated: '0' };
      return { ...common, encoding: null, ...none, problem: `${read.error.where}: ${read.error.what}` };
    }
    return {
      ...common,
      encoding: read.encoding,
      rows: String(read.rows),
      records: String(read.records.size - read.rejected),
      rejected: String(read.rejected),
      left_out: String(read.leftOut),
      repeated: String(read.repeated),
      problem: null,
    };
  });
}
