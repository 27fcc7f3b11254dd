import { MillraceError, messageOf } from '../../connectors/kit';
import type { Session } from '../warehouse';
import type { ModelFile } from './modelFile';
import { checkSources } from './sourcesRead';

const SHOWN_ROWS = 5;

/** Runs the tests that read a built table. Each must return no row; returned rows are shown and stop the publication. */
export async function runModelTests(
  session: Session,
  tests: readonly ModelFile[],
  built: ReadonlySet<string>,
): Promise<number> {
  const due = tests.filter(({ header }) => header.sources.some((source) => built.has(source)));
  for (const test of due) {
    await checkSources(session, test);
    const rows = await offendingRows(session, test);
    if (rows.length === 0) continue;
    throw new MillraceError('test_failed', {
      what: `${test.header.what} Not so for ${JSON.stringify(rows)}`,
      where: `file ${test.file}`,
      todo: 'Look at these rows; the published tables are unchanged',
    });
  }
  return due.length;
}

async function offendingRows(session: Session, test: ModelFile) {
  try {
    return await session.rows(`select * from (${test.sql}\n) as offending limit ${SHOWN_ROWS}`);
  } catch (cause) {
    throw new MillraceError('model_failed', {
      what: `A model test is no SQL: ${messageOf(cause)}`,
      where: `file ${test.file}`,
      cause,
    });
  }
}
