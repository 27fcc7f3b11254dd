import { MillraceError, messageOf } from '../../connectors/kit';
import { literal, quoted, type Row, type Session } from '../warehouse';
import type { Model } from './project';
import { withTables } from './sqlTree';

type TestKind = 'key' | 'required' | 'reference' | 'accepted' | 'identity';

/** A statement that must return no row. */
export interface ModelTest {
  name: string;
  kind: TestKind;
  /** What holds, in one sentence. */
  what: string;
  file: string;
  /** The model whose header says so; null for a file of models/tests. */
  model: string | null;
  reads: readonly string[];
  /** The SELECT of offending rows, over the tables where models stand in this build. */
  sql(tableOf: (name: string) => string): string;
}

export interface TestResult {
  test: string;
  model: string | null;
  kind: TestKind;
  returnedRows: number;
  seconds: number;
  /** The first offending rows. */
  sample: Row[];
}

const SHOWN_ROWS = 5;

/** The test of the key in a header: no NULL, no two rows alike. Undefined for a table without a key. */
export function keyTest({ name, file, header }: Model): ModelTest | undefined {
  if (header.key.length === 0) return undefined;
  const key = header.key.map(quoted).join(', ');
  const someNull = header.key.map((column) => `${quoted(column)} is null`).join(' or ');
  return {
    name: `${name} key ${header.key.join(', ')}`,
    kind: 'key',
    what: `The key of ${name} is unique and has no NULLs.`,
    file,
    model: name,
    reads: [name],
    sql: (tableOf) =>
      `select ${key}, count(*) as row_count from ${tableOf(name)} group by ${key} having count(*) > 1 or ${someNull}`,
  };
}

/** Tests that the header of a model asks for, besides its key. */
export function headerTests({ name, file, header }: Model): ModelTest[] {
  const common = { file, model: name };
  const required = header.required.map(
    (column): ModelTest => ({
      ...common,
      name: `${name} required ${column}`,
      kind: 'required',
      what: `Every row of ${name} has ${column}.`,
      reads: [name],
      sql: (tableOf) => `select * from ${tableOf(name)} as model where ${quoted(column)} is null`,
    }),
  );
  const references = header.references.map(
    ({ column, table, tableColumn }): ModelTest => ({
      ...common,
      name: `${name} reference ${column} -> ${table}.${tableColumn}`,
      kind: 'reference',
      what: `${column} of ${name} stands in ${table}.${tableColumn}.`,
      reads: [name, table],
      sql: (tableOf) =>
        `select model.${quoted(column)}, count(*) as row_count from ${tableOf(name)} as model
         where model.${quoted(column)} is not null and not exists (
           select 1 from ${tableOf(table)} as referred where referred.${quoted(tableColumn)} = model.${quoted(column)})
         group by model.${quoted(column)}`,
    }),
  );
  const accepted = header.accepted.map(
    ({ column, values }): ModelTest => ({
      ...common,
      name: `${name} accepted ${column}`,
      kind: 'accepted',
      what: `${column} of ${name} is one of ${values.join(', ')}.`,
      reads: [name],
      sql: (tableOf) =>
        `select ${quoted(column)}, count(*) as row_count from ${tableOf(name)}
         where ${quoted(column)} is not null and ${quoted(column)} not in (${values.map(literal).join(', ')})
         group by ${quoted(column)}`,
    }),
  );
  return [...required, ...references, ...accepted];
}

/** A file of models/tests: what must always be true across tables. */
export function fileTest({ name, file, header, reads, parsed }: Model): ModelTest {
  return {
    name,
    kind: 'identity',
    what: header.what,
    file,
    model: null,
    reads,
    sql: (tableOf) => withTables(parsed, new Map(reads.map((table) => [table, tableOf(table)]))),
  };
}

/** Runs one test. Errors: `model_failed` when it is no SQL. */
export async function runTest(
  session: Session,
  test: ModelTest,
  tableOf: (name: string) => string,
): Promise<TestResult> {
  const started = performance.now();
  try {
    const sql = test.sql(tableOf);
    const sample = await session.rows(`select * from (${sql}\n) as offending limit ${SHOWN_ROWS}`);
    let returnedRows = sample.length;
    if (returnedRows === SHOWN_ROWS) {
      const [all] = await session.rows(`select count(*) as n from (${sql}\n) as offending`);
      returnedRows = Number(all?.n);
    }
    const seconds = (performance.now() - started) / 1_000;
    return { test: test.name, model: test.model, kind: test.kind, returnedRows, seconds, sample };
  } catch (cause) {
    throw new MillraceError('model_failed', {
      what: `A model test is no SQL: ${messageOf(cause)}`,
      where: `file ${test.file}`,
      todo: 'Correct it; the published tables are unchanged',
      cause,
    });
  }
}

/** The error for tests that found rows: names each, shows rows. Undefined when all hold. */
export function failureOf(
  outcomes: readonly { test: ModelTest; result: TestResult }[],
): MillraceError | undefined {
  const failed = outcomes.filter(({ result }) => result.returnedRows > 0);
  if (failed.length === 0) return undefined;
  const sentences = failed.map(
    ({ test, result }) =>
      `${test.what} Not so for ${result.returnedRows} row${result.returnedRows === 1 ? '' : 's'}, for example ${JSON.stringify(result.sample)}`,
  );
  return new MillraceError('test_failed', {
    what: sentences.join('\n'),
    where: [...new Set(failed.map(({ test }) => `file ${test.file}`))].join(', '),
    todo: 'Look at these rows; the published tables are unchanged. The run keeps them: millrace runs show <run>',
  });
}
