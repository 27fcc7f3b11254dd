import { dirname, join } from 'node:path';
import { MillraceError, messageOf } from '../../connectors/kit';
import { type ParsedSql, parseSql } from '../sqlParser';
import { checkComputed } from './computed';
import { checkFrozenSources } from './frozenCopies';
import { type ModelFile, modelFiles, modelsFolder } from './modelFile';
import { inOrder } from './order';
import { tablesRead } from './sqlTree';

/** A model or test with its parsed SQL. `reads` comes from the parser; the header is checked against it. */
export interface Model extends ModelFile {
  parsed: ParsedSql;
  /** Qualified names, sorted. */
  reads: readonly string[];
}

/** All files of a models folder, parsed. */
export interface Project {
  /** Folder with one folder per connector: <connector>/staging/<entity>.sql. */
  connectorsFolder: string;
  /** core and marts, each after what it reads. */
  models: Model[];
  /** Contracts of the canonical entities, which connectors fill. */
  entities: Model[];
  seeds: Model[];
  tests: Model[];
}

/** Reads and parses a models folder. Errors: `model_failed` for SQL or a header that is wrong, or a circle. */
export async function readProject(folder = modelsFolder): Promise<Project> {
  const [core, marts, entities, seeds, tests] = await Promise.all(
    (['core', 'marts', 'staging', 'seeds', 'tests'] as const).map((layer) =>
      Promise.all(modelFiles(layer, folder).map(withSql)),
    ),
  );
  const models = [...(core ?? []), ...(marts ?? [])];
  models.forEach(checkFrozenSources);
  models.forEach(checkComputed);
  for (const model of [...models, ...(tests ?? [])]) checkSources(model);
  return {
    connectorsFolder: join(dirname(folder), 'connectors'),
    models: inOrder(models),
    entities: entities ?? [],
    seeds: seeds ?? [],
    tests: tests ?? [],
  };
}

/** A file with what its SQL reads. Errors: `model_failed` when the parser refuses it. */
export async function withSql(file: ModelFile): Promise<Model> {
  try {
    const parsed = await parseSql(file.sql);
    return { ...file, parsed, reads: [...new Set(tablesRead(parsed).map(({ table }) => table))].sort() };
  } catch (cause) {
    throw new MillraceError('model_failed', {
      what: `A model is no SQL: ${messageOf(cause)}`,
      where: `file ${file.file}`,
      todo: 'Correct the SQL; the published tables are unchanged',
      cause,
    });
  }
}

/** Refuses a header that does not name exactly what the SQL reads: people read the header, the runner reads the SQL. */
function checkSources({ file, header, reads }: Model): void {
  const named = new Set(header.sources);
  const unnamed = reads.filter((table) => !named.has(table));
  const unread = header.sources.filter((table) => !reads.includes(table));
  if (unnamed.length === 0 && unread.length === 0) return;
  const parts = [
    unnamed.length > 0 ? `missing: ${unnamed.join(', ')}` : '',
    unread.length > 0 ? `never read: ${unread.join(', ')}` : '',
  ];
  throw new MillraceError('model_failed', {
    what: `The header's sources are not what the SQL reads (${parts.filter(Boolean).join('; ')})`,
    where: `file ${file}`,
    todo: `Write: -- sources  ${reads.join(', ')}`,
  });
}
