import { type CsvRow, decode, isWorkbook, rowsOf, sheetsOf } from '../kit/tables';
import { MillraceError } from '../kit';
import type { TableSpec } from './spec';

/** A file's rows below its header. */
export interface Table {
  encoding: string;
  /** Names of the columns, as in the file; without a blank around. */
  header: readonly string[];
  rows: readonly CsvRow[];
}

/**
 * The table in a CSV file or workbook: the header line, and the rows below it that are not blank.
 * Errors: `file_unreadable` with file and line.
 */
export function tableOf(
  bytes: Buffer,
  name: string,
  { sheet, headerLine }: Pick<TableSpec, 'sheet' | 'headerLine'>,
): Table {
  const { encoding, rows } = isWorkbook(bytes) ? workbook(bytes, name, sheet) : csv(bytes, name);
  const top = rows.find(({ line }) => line >= headerLine);
  if (!top) throw unreadable(name, `It has no line ${headerLine}, where its header should be`);
  const header = top.cells.map((cell) => cell.trim());
  while (header.length > 1 && header.at(-1) === '') header.pop();
  const twice = header.find((cell, index) => cell !== '' && header.indexOf(cell) < index);
  if (twice !== undefined)
    throw unreadable(name, `Its header has the column "${twice}" twice`, `, line ${top.line}`);
  const isFilled = ({ line, cells }: CsvRow) => line > top.line && cells.some((cell) => cell.trim() !== '');
  return { encoding, header, rows: rows.filter(isFilled) };
}

function csv(bytes: Buffer, name: string): { encoding: string; rows: readonly CsvRow[] } {
  const decoded = decode(bytes);
  if ('problem' in decoded) throw unreadable(name, decoded.problem);
  const rows = rowsOf(decoded.text);
  return { encoding: decoded.encoding, rows };
}

function workbook(bytes: Buffer, name: string, sheet: string | undefined) {
  const book = sheetsOf(bytes);
  if ('problem' in book) throw unreadable(name, book.problem);
  const found =
    sheet === undefined ? book.sheets[0] : book.sheets.find((each) => each.name.trim() === sheet.trim());
  if (!found)
    throw unreadable(
      name,
      `It has no sheet "${sheet}"; its sheets are ${book.sheets.map((each) => each.name).join(', ')}`,
    );
  const width = Math.max(...found.rows.map(({ cells }) => cells.length));
  const rows = found.rows.map(({ line, cells }) => ({
    line,
    cells: [...cells, ...Array.from({ length: width - cells.length }, () => '')], // a sheet ends a row with its last filled cell
  }));
  return { encoding: book.encoding, rows };
}

export function unreadable(name: string, what: string, line = ''): MillraceError {
  return new MillraceError('file_unreadable', {
    what,
    where: `file ${name}${line}`,
    todo: 'Export the file again, or correct its entry in `tables` of this connection',
  });
}
