import type { Field, Row } from '../kit';
import type { CsvRow } from '../kit/tables';
import { columnsOf, entityNamed } from './entities';
import type { CellSpec, ColumnSpec, TableSpec } from './spec';
import { type Table, unreadable } from './table';
import { valueOf } from './values';

/** Records of one file for one entity, and what became of its rows: rows = records + rejected + leftOut + repeated. */
export interface FileRecords {
  /** By source_id, in the order of the file; rejected ones among them. */
  records: ReadonlyMap<string, Row>;
  encoding: string | null;
  rows: number;
  rejected: number;
  leftOut: number;
  repeated: number;
}

/** One column of the entity, filled from a row. */
type Fill = (row: CsvRow, say: (problem: string) => void) => string | null;

/**
 * A file's rows as records of its entity. A row with a mistake is a record too, without `is_read`, so that it goes to
 * quarantine with its line, its column and its cells. Errors: `file_unreadable` when a column of the config is not in the file.
 */
export function recordsOf(table: Table, name: string, spec: TableSpec, zone: string): FileRecords {
  const place = placesIn(table, name);
  const key = [spec.key].flat().map((column) => [column, place(column)] as const);
  const where = Object.entries(spec.where).map(
    ([column, wanted]) => [place(column), new Set([wanted].flat())] as const,
  );
  const fills = fillsOf(spec, place, zone);
  const records = new Map<string, Row>();
  const lines = new Map<string, number>();
  const counts = { leftOut: 0, repeated: 0 };
  for (const row of table.rows) {
    const cell = (at: number) => (row.cells[at] ?? '').trim();
    if (where.some(([at, wanted]) => !wanted.has(cell(at)))) {
      counts.leftOut++;
      continue;
    }
    const problems = structureProblems(row, table.header);
    const missing = key.filter(([, at]) => cell(at) === '').map(([column]) => column);
    for (const column of missing) problems.push(`column ${column}: empty, although it is part of the key`);
    const id = key.map(([, at]) => cell(at)).join('|');
    const first = lines.get(id);
    if (first !== undefined && problems.length === 0 && spec.repeats === 'refuse')
      problems.push(`its key ${id} stands on line ${first} already`);
    const isRepeat = first !== undefined && problems.length === 0;
    if (isRepeat) counts.repeated++;
    if (isRepeat && spec.repeats === 'first') continue;
    const isSound = problems.length === 0;
    const values = Object.fromEntries(
      fills.map(([field, fill]) => [
        field.name,
        isSound ? fill(row, (problem) => problems.push(problem)) : null,
      ]),
    );
    if (problems.length > 0) {
      const place = `${name} line ${row.line}`;
      const badId = missing.length > 0 || first !== undefined ? place : id; // a repeat must not replace the row it repeats
      records.set(badId, rejectedRow(badId, name, row, problems));
      if (badId === id) lines.set(id, row.line);
      continue;
    }
    lines.set(id, row.line);
    records.delete(id); // the last row also takes the last place
    records.set(id, { source_id: id, file_name: name, is_read: 'true', ...values });
  }
  const isBad = (record: Row) => record.is_read === undefined;
  const rejected = [...records.values()].filter(isBad).length;
  return { records, encoding: table.encoding, rows: table.rows.length, rejected, ...counts };
}

function rejectedRow(id: string, name: string, { line, cells }: CsvRow, problems: readonly string[]): Row {
  return { source_id: id, file_name: name, problem: `line ${line}, ${problems.join('; ')}`, cells };
}

/** A row with more or fewer cells than the header: a comma that nobody quoted, or a file that ends within it. */
function structureProblems({ cells, isCut }: CsvRow, header: readonly string[]): string[] {
  if (isCut === 'in quotes') return ['the file ends within quotes that begin here'];
  const filled = cells.findLastIndex((cell) => cell.trim() !== '') + 1;
  if (filled > header.length)
    return [`it has ${filled} cells, the header ${header.length}: a delimiter that is not quoted`];
  return cells.length < header.length
    ? [`it has ${cells.length} cells, the header ${header.length}: the file was cut, or a cell is missing`]
    : [];
}

/** Place of a column by its name. Error: `file_unreadable`, since the file is another one than the config expects. */
function placesIn({ header }: Table, name: string): (column: string) => number {
  return (column) => {
    const at = header.indexOf(column.trim());
    if (at >= 0) return at;
    throw unreadable(name, `Its header has no column "${column}"; it has ${header.join(', ')}`);
  };
}

function fillsOf(
  spec: TableSpec,
  place: (column: string) => number,
  zone: string,
): [field: Field, fill: Fill][] {
  const stream = entityNamed(spec.entity);
  const fields = stream === undefined ? [] : columnsOf(stream);
  return fields.flatMap((field): [Field, Fill][] => {
    const column = spec.columns[field.name];
    return column === undefined ? [] : [[field, fillOf(field, column, place, spec.empty, zone)]];
  });
}

function fillOf(
  field: Field,
  column: ColumnSpec,
  place: (column: string) => number,
  empty: readonly string[],
  zone: string,
): Fill {
  if (typeof column === 'string') return fillOf(field, { column }, place, empty, zone);
  if ('value' in column) return constantFill(field, column.value, zone);
  if ('line' in column) return ({ line }) => String(line);
  if ('columns' in column) {
    const places = column.columns.map(place);
    return ({ cells }) =>
      places
        .map((at) => (cells[at] ?? '').trim())
        .filter(Boolean)
        .join(column.join) || null;
  }
  return cellFill(field, column, place(column.column), new Set(['', ...empty]), zone);
}

function constantFill(field: Field, constant: string | number | boolean | null, zone: string): Fill {
  return (_row, say) => {
    if (constant === null) return null;
    const value = valueOf(field, String(constant), {}, zone);
    if (!('problem' in value)) return value.value;
    say(`value of ${field.name}: ${value.problem}`);
    return null;
  };
}

function cellFill(field: Field, spec: CellSpec, at: number, empty: Set<string>, zone: string): Fill {
  const complaint = (problem: string) => `column ${spec.column}: ${problem}`;
  return ({ cells }, say) => {
    const text = (cells[at] ?? '').trim();
    const isEmpty = empty.has(text);
    const mapped = spec.map && text in spec.map ? spec.map[text] : undefined;
    if (isEmpty && mapped === undefined) {
      if (spec.otherwise != null) return String(spec.otherwise);
      if (field.isRequired) say(complaint(`empty, although ${field.name} needs a value`));
      return null;
    }
    if (spec.map && mapped === undefined && spec.otherwise === undefined && !spec.keep) {
      say(complaint(`"${text}" stands for nothing in \`map\``));
      return null;
    }
    const word = mapped !== undefined ? mapped : spec.map && !spec.keep ? spec.otherwise : text;
    if (word == null) {
      if (field.isRequired)
        say(complaint(`"${text}" stands for nothing, although ${field.name} needs a value`));
      return null;
    }
    const value = valueOf(field, String(word), spec, zone);
    if (!('problem' in value)) return value.value;
    say(complaint(value.problem));
    return null;
  };
}
