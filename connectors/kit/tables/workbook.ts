import { type CellObject, read, SSF, utils, type WorkBook } from '@e965/xlsx';
import type { CsvRow } from './csv';
import { decode } from './decode';

const XLS = Buffer.from([0xd0, 0xcf, 0x11, 0xe0]);
const ZIP = Buffer.from('PK\u0003\u0004');
const HEAD_BYTES = 4_096;
const SECTOR_BYTES = 512; // of the container that .xls is
const DAMAGED = 'The workbook is empty or damaged: export it again';

export interface Sheet {
  name: string;
  rows: CsvRow[];
}

/** Excel in any of its forms, by its bytes: .xls, .xlsx, and the HTML table or XML that some banks call .xls. */
export function isWorkbook(bytes: Buffer): boolean {
  const start = bytes.subarray(0, 4);
  return start.equals(XLS) || start.equals(ZIP) || isMarkup(bytes);
}

function isMarkup(bytes: Buffer): boolean {
  const head = bytes.subarray(0, HEAD_BYTES).toString('latin1').replaceAll('\0', '').toLowerCase();
  const isMark = /^[^<\w]{0,8}</.test(head);
  return (
    isMark &&
    (/<(html|table)[\s>]/.test(head) || head.includes('urn:schemas-microsoft-com:office:spreadsheet'))
  );
}

/**
 * Sheets with their cells as exact text. A number is what Excel shows at its full precision of 15 digits; one that has more
 * (an account number that somebody let become a number) comes as 6.2E+18, which no amount and no account looks like. A serial
 * day under a date format is written yyyy-mm-dd hh:mm:ss, of both calendars. A formula counts as its cached value. Or says
 * why it cannot be read.
 */
export function sheetsOf(bytes: Buffer): { sheets: Sheet[]; encoding: string } | { problem: string } {
  if (bytes.subarray(0, 4).equals(XLS) && bytes.length < SECTOR_BYTES) return { problem: DAMAGED };
  let encoding = 'binary';
  try {
    let book: WorkBook;
    const options = {
      cellNF: true,
      cellDates: false,
      cellHTML: false,
      cellFormula: false,
      dense: false,
    } as const;
    if (isMarkup(bytes)) {
      const decoded = decode(bytes);
      if ('problem' in decoded) return decoded;
      encoding = decoded.encoding;
      book = read(decoded.text, { ...options, type: 'string', raw: true });
    } else book = read(bytes, { ...options, type: 'buffer' });
    const is1904 = book.Workbook?.WBProps?.date1904 ?? false;
    const sheets = book.SheetNames.map((name) => ({ name, rows: rowsOf(book, name, is1904) }));
    const filled = sheets.filter(({ rows }) => rows.length > 0);
    if (filled.length === 0) return { problem: DAMAGED };
    return { encoding, sheets: filled };
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    const isZip = bytes.subarray(0, 4).equals(ZIP);
    return {
      problem: /password|encrypt/i.test(why)
        ? 'The workbook is locked with a password: save it without one'
        : `It is ${isZip ? 'a ZIP archive that is no workbook, or a damaged one' : 'a damaged workbook'} (${why}): export it again`,
    };
  }
}

function rowsOf(book: WorkBook, name: string, is1904: boolean): CsvRow[] {
  const sheet = book.Sheets[name];
  if (!sheet?.['!ref']) return [];
  const { s: start, e: end } = utils.decode_range(sheet['!ref']);
  const rows: CsvRow[] = [];
  for (let row = start.r; row <= end.r; row++) {
    const cells: string[] = [];
    for (let column = 0; column <= end.c; column++)
      cells.push(textOf(sheet[utils.encode_cell({ r: row, c: column })] as CellObject | undefined, is1904));
    while (cells.length > 1 && cells.at(-1) === '') cells.pop();
    rows.push({ line: row + 1, cells });
  }
  while (rows.at(-1)?.cells.every((cell) => cell.trim() === '')) rows.pop();
  return rows;
}

function textOf(cell: CellObject | undefined, is1904: boolean): string {
  if (!cell || cell.v === undefined || cell.v === null) return '';
  if (cell.t === 'n' && typeof cell.v === 'number') {
    const format = typeof cell.z === 'string' ? cell.z : 'General';
    return SSF.is_date(format) ? dateText(cell.v, is1904) : numberText(cell.v);
  }
  if (cell.t === 'e') return cell.w ?? '#ERROR';
  return String(cell.v);
}

const DIGITS = 15; // what Excel keeps of a number

/** The decimal text of a stored number; binary noise beyond its 15 digits (0.30000000000000004) is not part of it. */
function numberText(value: number): string {
  const short = value.toPrecision(DIGITS);
  if (short.includes('e') || Math.abs(value) >= 10 ** DIGITS) return value.toExponential().toUpperCase();
  return short.includes('.') ? short.replace(/\.?0+$/, '') : short;
}

function dateText(serial: number, is1904: boolean): string {
  const parts = SSF.parse_date_code(serial, { date1904: is1904 }) as {
    y: number;
    m: number;
    d: number;
    H: number;
    M: number;
    S: number;
  } | null;
  if (!parts) return String(serial);
  const pad = (value: number) => String(Math.trunc(value)).padStart(2, '0');
  const time = `${pad(parts.H)}:${pad(parts.M)}:${pad(parts.S)}`;
  if (serial < 1) return time; // a time of day in a column of its own
  const day = `${parts.y}-${pad(parts.m)}-${pad(parts.d)}`;
  return time === '00:00:00' ? day : `${day} ${time}`;
}
