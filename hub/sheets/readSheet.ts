import { read, SSF, type CellObject, type WorkSheet, utils } from '@e965/xlsx';
import { MillraceError } from '../../connectors/kit';

/** Rows of the first sheet that has any, every cell as exact text; `number` is the row's in the sheet, from 1. */
export interface SheetRow {
  number: number;
  cells: string[];
}

const GB18030 = 'gb18030';

/**
 * A sheet (.xlsx, .xls, .csv) as text: numbers with Excel's 15 digits, never a float further on; days as `YYYY-MM-DD`, with a time behind
 * it where there is one. Blank rows are left out. Error: `file_unreadable`.
 */
export function readSheet(name: string, content: Buffer): SheetRow[] {
  try {
    const book = isWorkbook(content)
      ? read(content, { cellNF: true, cellFormula: false, cellHTML: false })
      : read(textOf(content), { type: 'string', raw: true });
    const is1904 = book.Workbook?.WBProps?.date1904 ?? false;
    for (const sheet of book.SheetNames) {
      const rows = rowsOf(book.Sheets[sheet] ?? {}, is1904);
      if (rows.length > 0) return rows;
    }
  } catch (cause) {
    throw new MillraceError('file_unreadable', {
      what: 'The file is no sheet that we can read',
      where: `file ${name}`,
      todo: 'Save it as .xlsx or as CSV and try again',
      cause,
    });
  }
  throw new MillraceError('file_unreadable', { what: 'The file has no rows', where: `file ${name}` });
}

/** ZIP (.xlsx) or OLE2 (.xls); all else is text. */
const isWorkbook = (content: Buffer) =>
  content.subarray(0, 2).toString('latin1') === 'PK' || content.readUInt32BE(0) === 0xd0cf11e0;

function textOf(content: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    return new TextDecoder(GB18030).decode(content);
  }
}

function rowsOf(sheet: WorkSheet, is1904: boolean): SheetRow[] {
  const { s: first, e: last } = utils.decode_range(sheet['!ref'] ?? 'A1');
  const rows: SheetRow[] = [];
  for (let row = first.r; row <= last.r; row += 1) {
    const cells: string[] = [];
    for (let column = first.c; column <= last.c; column += 1) {
      const cell = sheet[utils.encode_cell({ r: row, c: column })] as CellObject | undefined;
      cells.push(cell === undefined ? '' : cellText(cell, is1904));
    }
    if (cells.some((cell) => cell !== '')) rows.push({ number: row + 1, cells });
  }
  return rows;
}

function cellText({ t: type, v: value, z: format }: CellObject, date1904: boolean): string {
  if (value === undefined || type === 'e' || type === 'z') return '';
  if (typeof value !== 'number') return String(value).trim();
  if (typeof format === 'string' && SSF.is_date(format)) return dayText(value, date1904);
  const digits = value.toPrecision(15); // what Excel itself keeps
  return digits.includes('e') ? String(value) : digits.includes('.') ? digits.replace(/\.?0+$/, '') : digits;
}

function dayText(serial: number, date1904: boolean): string {
  const { y, m, d, H, M, S } = SSF.parse_date_code(serial, { date1904 });
  const two = (part: number) => String(part).padStart(2, '0');
  const day = `${y}-${two(m)}-${two(d)}`;
  return H + M + S === 0 ? day : `${day} ${two(H)}:${two(M)}:${two(S)}`;
}
