import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { checkBatch, type Checked } from '../check/checkBatch';
import { mergeBatch } from '../merge';
import type { AlsoInBatch, Batch, Counts } from '../warehouse';
import type { Checker, ExportedTable } from './checker';
import { copyTables } from './copyTables';
import { mergeRows } from './mergeRows';
import type { PgSession } from './session';

export interface CheckedBatch {
  checked: Checked;
  tables: ExportedTable[];
}

/** Checks a spool file in DuckDB and leaves what it gives as files. Needs no connection, so none waits for it. */
export async function checkForCopy(checker: Checker, batch: Batch): Promise<CheckedBatch> {
  if (batch.read === 0) return { checked: { read: 0, bad: 0, clean: 0 }, tables: [] };
  return checker.run(async (session) => {
    const checked = await checkBatch(session, batch);
    const names = ['clean', 'bad', 'drift'];
    try {
      return { checked, tables: await checker.export(session, names) };
    } finally {
      for (const name of names) await session.run(`drop table if exists ${name}`);
    }
  });
}

/** Copies a checked batch over and merges it, inside the caller's transaction. */
export async function loadBatch(
  session: PgSession,
  batch: Batch,
  { checked, tables }: CheckedBatch,
  also?: AlsoInBatch,
): Promise<Counts> {
  await copyTables(session, tables);
  if (checked.clean > 0) await session.run('analyze clean'); // a temp table has no statistics by itself
  const counts = await mergeBatch(session, batch, checked, mergeRows);
  if (checked.read > 0) await also?.(session, counts);
  return counts;
}

export async function removeFiles({ tables }: CheckedBatch): Promise<void> {
  const [first] = tables;
  if (first) await rm(dirname(first.file), { recursive: true, force: true });
}
