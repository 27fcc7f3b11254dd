import { isAbsolute, join } from 'node:path';
import { defineConnector, MillraceError, type Stream } from '../kit';
import { entities, fileStream } from './entities';
import { type Source, sourcesOf } from './folder';
import { fileRows, keysOf, readEntity } from './reading';
import { type Config, spec } from './spec';

/** CSV files and workbooks of a folder; the config says which columns fill which entity. */
export const files = defineConnector({
  name: 'files',
  title: { zh: '表格文件', en: 'Files with tables (CSV, Excel)' },
  spec,
  streams: [...entities, fileStream],
  open: (config, kit): Config => {
    const { folder } = config;
    return { ...config, folder: isAbsolute(folder) ? folder : join(kit.folder, folder) };
  },
  async check(folder, stream) {
    const sources = await sourcesOf(folder, stream === fileStream ? undefined : stream?.name);
    if (!stream) return; // one bad file must not hold up the others
    for (const { table, number } of missing(folder, sources, stream)) {
      throw new MillraceError('file_unreadable', {
        what: `No file is called ${table.file}`,
        where: `folder ${folder.folder}, tables entry ${number}`,
        todo: 'Put the file there, or correct `file`',
      });
    }
    for (const source of sources) {
      const read = source.read();
      if ('error' in read) throw read.error;
    }
  },
  async *read(folder, stream, state) {
    if (stream.name === fileStream.name) yield { records: await fileRows(folder), state: null };
    else yield* readEntity(folder, stream, state);
  },
  async *keys(folder, stream) {
    if (stream.name !== fileStream.name) yield* keysOf(folder, stream);
    else yield (await fileRows(folder)).map((row) => [String(row.file_name), String(row.table_number)]);
  },
});

/** Entries of a stream for which there is no file. */
function missing({ tables }: Config, sources: readonly Source[], stream: Stream) {
  return tables
    .map((table, index) => ({ table, number: index + 1 }))
    .filter(({ table, number }) => {
      const isAsked = stream === fileStream || table.entity === stream.name;
      return isAsked && !sources.some((source) => source.number === number);
    });
}
