export interface CsvRow {
  /** Line of the file on which the row begins, from 1. */
  line: number;
  cells: string[];
}

/** Rows of a CSV text: quotes may hold delimiters, doubled quotes and line ends; rows may have any number of cells. */
export function rowsOf(text: string): CsvRow[] {
  const delimiter = delimiterOf(text);
  const rows: CsvRow[] = [];
  let line = 1;
  let row: CsvRow = { line, cells: [] };
  let cell = '';
  let isQuoted = false;
  const endRow = () => {
    row.cells.push(cell);
    cell = '';
    rows.push(row);
    row = { line, cells: [] };
  };
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (char === '\n') line++;
    if (isQuoted) {
      if (char !== '"') cell += char;
      else if (text[i + 1] === '"') cell += text[i++];
      else isQuoted = false;
    } else if (char === '"' && cell.trim() === '') {
      cell = '';
      isQuoted = true;
    } else if (char === delimiter) {
      row.cells.push(cell);
      cell = '';
    } else if (char === '\n') endRow();
    else if (char !== '\r') cell += char;
  }
  if (cell !== '' || row.cells.length > 0) endRow();
  return rows;
}

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
