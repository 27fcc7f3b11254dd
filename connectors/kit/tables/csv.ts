export interface CsvRow {
  /** Line of the file, or of the sheet, on which the row begins, from 1. */
  line: number;
  cells: string[];
  /** The file ends within this row: without a line end, or inside of quotes. */
  isCut?: 'open' | 'in quotes';
}

/** Rows of a CSV text: quotes may hold delimiters, doubled quotes and line ends; rows may have any number of cells. */
export function rowsOf(text: string): CsvRow[] {
  const delimiter = delimiterOf(text);
  const rows: CsvRow[] = [];
  let line = 1;
  let row: CsvRow = { line, cells: [] };
  let at = 0;
  while (at < text.length) {
    const cell = cellAt(text, at, delimiter);
    row.cells.push(cell.text);
    line += cell.lineEnds;
    at = cell.end + 1;
    if (text[cell.end] === delimiter && cell.end < text.length) {
      if (at < text.length) continue;
      row.cells.push(''); // the file ends behind a delimiter
    }
    if (text[cell.end] !== '\n') row.isCut = cell.isOpen ? 'in quotes' : 'open';
    rows.push(row);
    line++;
    row = { line, cells: [] };
  }
  return rows;
}

interface Cell {
  text: string;
  /** Where its delimiter or line end stands, or the text's end. */
  end: number;
  /** Line ends within quotes. */
  lineEnds: number;
  /** The text ends within quotes. */
  isOpen: boolean;
}

function cellAt(text: string, start: number, delimiter: string): Cell {
  let end = start;
  while (end < text.length && text[end] !== delimiter && text[end] !== '\n' && text[end] !== '"') end++;
  if (text[end] === '"' && text.slice(start, end).trim() === '') return quotedCell(text, end + 1, delimiter);
  while (end < text.length && text[end] !== delimiter && text[end] !== '\n') end++; // a quote inside a cell is a character
  return { text: withoutReturn(text.slice(start, end)), end, lineEnds: 0, isOpen: false };
}

/** From behind its first quote; what stands between the last quote and the delimiter belongs to it. */
function quotedCell(text: string, start: number, delimiter: string): Cell {
  let cell = '';
  let from = start;
  for (;;) {
    const quote = text.indexOf('"', from);
    if (quote < 0) {
      cell += text.slice(from);
      return { text: cell, end: text.length, lineEnds: lineEndsIn(cell), isOpen: true };
    }
    cell += text.slice(from, quote);
    if (text[quote + 1] !== '"') {
      let end = quote + 1;
      while (end < text.length && text[end] !== delimiter && text[end] !== '\n') end++;
      return {
        text: cell + withoutReturn(text.slice(quote + 1, end)),
        end,
        lineEnds: lineEndsIn(cell),
        isOpen: false,
      };
    }
    cell += '"';
    from = quote + 2;
  }
}

const lineEndsIn = (cell: string): number => cell.split('\n').length - 1;
const withoutReturn = (cell: string): string => (cell.includes('\r') ? cell.replaceAll('\r', '') : cell);

/** The delimiter that occurs on most lines, outside of quotes; commas inside amounts are quoted. */
function delimiterOf(text: string): string {
  const lines = text
    .replace(/"[^"]*"/g, '')
    .split('\n')
    .slice(0, 50);
  const counts = [',', '\t', ';'].map((delimiter) => ({
    delimiter,
    count: lines.filter((line) => line.includes(delimiter)).length,
  }));
  const [commas, ...others] = counts;
  const best = others.find(
    ({ delimiter, count }) => count > (commas?.count ?? 0) && mostOn(lines, delimiter) > 2,
  );
  return best?.delimiter ?? ',';
}

const mostOn = (lines: string[], delimiter: string) =>
  Math.max(...lines.map((line) => line.split(delimiter).length - 1));
