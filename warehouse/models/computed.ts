import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MillraceError } from '../../connectors/kit';
import {
  CANDIDATE_COLUMNS,
  candidateRows,
  LINK_COLUMNS,
  linkRows,
  NAME_COLUMNS,
  nameRows,
} from '../../identity';
import type { Dialect, Row, Session, Value } from '../warehouse';
import type { OutputColumn } from './columnOrigins';
import type { ModelFile } from './modelFile';

/**
 * A model that SQL cannot say: its SELECT gives the rows that go in, a function gives the rows of the table. Python models of dbt
 * are the same thing. The function is pure: no clock, no file, no order of its own; equal rows give an equal table.
 */
export interface Computed {
  /** Goes up with every change of what the function answers, so that the next build makes the table anew. */
  version: number;
  /** Columns of the table with the type each has on both engines. */
  columns: Readonly<Record<string, string>>;
  /** All rows of the SELECT at once. A text that is empty becomes NULL. */
  compute(rows: readonly Row[]): Readonly<Record<string, Value>>[];
}

/** Functions by the name that a header's `computed` line gives. */
const functions: Readonly<Record<string, Computed>> = {
  resolve_customers: { version: 1, columns: LINK_COLUMNS, compute: linkRows },
  customer_candidates: { version: 1, columns: CANDIDATE_COLUMNS, compute: candidateRows },
  customer_names: { version: 1, columns: NAME_COLUMNS, compute: nameRows },
};

/** The function of a model; undefined for one that is SQL alone. */
export const computedOf = ({ header }: ModelFile): Computed | undefined =>
  header.computed === undefined ? undefined : functions[header.computed];

/** Refuses a `computed` line that names no function, and one beside `incremental`: a function sees all rows. */
export function checkComputed(model: ModelFile): void {
  const { header, file } = model;
  if (header.computed === undefined || (computedOf(model) && !header.incremental)) return;
  throw new MillraceError('model_failed', {
    what: header.incremental
      ? 'A computed model cannot be incremental'
      : `No function is called ${header.computed}`,
    where: `file ${file}`,
    todo: `Functions: ${Object.keys(functions).join(', ') || 'none'} (warehouse/models/computed.ts)`,
  });
}

/** Makes the table of a computed model. */
export async function fillComputed(
  session: Session,
  dialect: Dialect,
  table: string,
  { columns, compute }: Computed,
  select: string,
): Promise<void> {
  const rows = compute(await session.rows(select));
  const names = Object.keys(columns);
  const types = names.map((name) => `cast(null as ${columns[name] ?? ''}) as ${name}`);
  await session.run(`create table ${table} as select ${types.join(', ')} where false`);
  if (rows.length === 0) return;
  const folder = await mkdtemp(join(tmpdir(), 'millrace-computed-'));
  try {
    const file = join(folder, 'rows.csv');
    const lines = rows.map((row) => names.map((name) => cell(row[name])).join(','));
    await writeFile(file, `${[names.join(','), ...lines].join('\n')}\n`);
    const list = names.map((name) => ({ name, type: columns[name] ?? '' }));
    await dialect.loadCsv(session, table, list, file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const cell = (value: Value | undefined): string =>
  value === null || value === undefined ? '' : `"${String(value).replaceAll('"', '""')}"`;

/** For lineage: a column of the table comes from the one of that name that goes in, else from all of them. */
export function computedColumns({ columns }: Computed, input: readonly OutputColumn[]): OutputColumn[] {
  const all = new Set(input.flatMap(({ origins }) => [...origins]));
  return Object.keys(columns).map((name) => ({
    name,
    origins: input.find((column) => column.name === name)?.origins ?? all,
    isPlain: false,
  }));
}
