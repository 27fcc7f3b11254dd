import { MillraceError } from '../kit';
import { isCamt, parseCamt } from './camt/parseCamt';
import { rowsOf, decode, type Sheet, isWorkbook, sheetsOf } from '../kit/tables';
import { type Layout, layouts as builtIn } from './layouts';
import { isMt940, parseMt940 } from './mt940/parseMt940';
import type { ParsedFile } from './parsed';
import { type Table, readTable } from './table';

export interface ParseOptions {
  /** Account of files that name none. */
  account?: string | undefined;
  /** Default: those that come with the hub. */
  layouts?: readonly Layout[];
}

/** One kind of file: whether the bytes are of it (the name is not trusted), and its parser. */
interface Format {
  fits(bytes: Buffer, head: string): boolean;
  parse(bytes: Buffer, name: string, options: ParseOptions): ParsedFile;
}

const HEAD_BYTES = 4_096;

/** The first that fits reads the file; text with columns comes last, because any text might be that. */
const FORMATS: readonly Format[] = [
  {
    fits: (_bytes, head) => isCamt(head),
    parse: (bytes, name, options) => parseCamt(bytes, name, fallbackOf(options)),
  },
  { fits: (bytes) => isWorkbook(bytes), parse: parseWorkbook },
  {
    fits: (_bytes, head) => isMt940(head),
    parse: (bytes, name, options) => parseMt940(bytes, name, fallbackOf(options)),
  },
  { fits: () => true, parse: parseCsv },
];

/**
 * Reads a bank file of any format. Error: `file_unreadable` with file, line and cause; a row that cannot be read is no error,
 * it is `rejected`.
 */
export function parseFile(bytes: Buffer, name: string, options: ParseOptions = {}): ParsedFile {
  if (bytes.length === 0) throw unreadable(name, 'It is empty');
  const head = headOf(bytes);
  const format = FORMATS.find((each) => each.fits(bytes, head));
  if (!format) throw unreadable(name, 'It is of no known format');
  return format.parse(bytes, name, options);
}

const fallbackOf = ({ account }: ParseOptions) => (account === undefined ? {} : { account });

/** The beginning of the file as text, for signs that are ASCII in every encoding. */
function headOf(bytes: Buffer): string {
  const head = bytes.subarray(0, HEAD_BYTES);
  const isWide = head.length > 3 && (head[0] === 0xff || head[0] === 0xfe || head[1] === 0 || head[0] === 0);
  return isWide ? head.toString('latin1').replaceAll('\0', '') : head.toString('utf8');
}

function parseCsv(bytes: Buffer, name: string, options: ParseOptions): ParsedFile {
  const decoded = decode(bytes);
  if ('problem' in decoded) throw unreadable(name, decoded.problem);
  const table = readTable(rowsOf(decoded.text), name, options.layouts ?? builtIn, options.account);
  if (!table) throw unreadable(name, NO_HEADER);
  return parsedOf('csv', decoded.encoding, [table], name);
}

function parseWorkbook(bytes: Buffer, name: string, options: ParseOptions): ParsedFile {
  const book = sheetsOf(bytes);
  if ('problem' in book) throw unreadable(name, book.problem);
  const isOne = book.sheets.length === 1;
  const read = book.sheets.map((sheet) => ({
    sheet,
    table: readTable(sheet.rows, name, options.layouts ?? builtIn, options.account),
  }));
  if (read.every(({ table }) => table === undefined)) throw unreadable(name, NO_HEADER);
  const tables = read.map(({ sheet, table }) => named(sheet, table, isOne));
  return parsedOf('workbook', book.encoding, tables, name);
}

const NO_HEADER = 'No row of it is the header of a known bank layout (connectors/bank/layouts)';

/** A sheet without bookings (a cover, a chart's data) is ignored row by row, by that name. */
function named(
  { name, rows }: Sheet,
  table: Table | undefined,
  isOnly: boolean,
): Omit<Table, 'layout'> & Partial<Table> {
  if (!table) {
    const ignored = rows.map(({ line }) => ({ line, sheet: name, name: 'sheet without a header' }));
    return { rows: rows.length, statements: [], entries: [], ignored, rejected: [] };
  }
  if (isOnly) return table;
  const withSheet = <Row extends object>(list: readonly Row[]) =>
    list.map((row) => ({ ...row, sheet: name }));
  return {
    ...table,
    entries: withSheet(table.entries),
    ignored: withSheet(table.ignored),
    rejected: withSheet(table.rejected),
  };
}

function parsedOf(
  format: 'csv' | 'workbook',
  encoding: string,
  tables: readonly (Omit<Table, 'layout'> & Partial<Table>)[],
  name: string,
): ParsedFile {
  const layout = tables.find((table) => table.layout)?.layout;
  if (!layout) throw unreadable(name, NO_HEADER);
  const parsed: ParsedFile = {
    format,
    layout: layout.name,
    bank: layout.bank,
    encoding,
    rows: 0,
    statements: [],
    entries: [],
    ignored: [],
    rejected: [],
  };
  for (const { rows, statements, entries, ignored, rejected } of tables) {
    const before = parsed.statements.length;
    parsed.rows += rows;
    parsed.statements.push(...statements);
    for (const entry of entries) parsed.entries.push({ ...entry, statement: entry.statement + before });
    parsed.ignored = parsed.ignored.concat(ignored);
    parsed.rejected = parsed.rejected.concat(rejected);
  }
  if (
    parsed.entries.length === 0 &&
    parsed.rejected.every(({ why }) => why === 'account') &&
    parsed.rejected.length > 0
  )
    throw unreadable(
      name,
      'Neither the file nor its name tells the account: set `account`, or put its digits into the name',
    );
  return parsed;
}

function unreadable(name: string, why: string): MillraceError {
  return new MillraceError('file_unreadable', {
    what: why,
    where: `file ${name}`,
    todo: 'Export the file from the e-banking site again, or describe its layout in a JSON file of the folder `layouts`',
  });
}
