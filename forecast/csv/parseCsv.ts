import { MillraceError } from '../../connectors/kit';

/** A row of a CSV file and the line on which it starts. */
export interface CsvRow {
  line: number;
  cells: string[];
}

/** Rows of a CSV text (RFC 4180); comma, semicolon or tab, whichever the first line has most of. Blank lines are not rows. */
export function parseCsv(text: string, name: string): CsvRow[] {
  const source = text.replace(/^\uFEFF/, '');
  const separator = separatorOf(source);
  const rows: CsvRow[] = [];
  let cells: string[] = [];
  let cell = '';
  let isQuoted = false;
  let line = 1;
  let start = 1;
  const endRow = () => {
    cells.push(cell.trim());
    if (cells.some((one) => one !== '')) rows.push({ line: start, cells });
    cells = [];
    cell = '';
    start = line + 1;
  };
  for (let at = 0; at < source.length; at += 1) {
    const character = source.charAt(at);
    if (isQuoted) {
      if (character === '"' && source.charAt(at + 1) === '"') {
        cell += '"';
        at += 1;
      } else if (character === '"') isQuoted = false;
      else cell += character;
      if (character === '\n') line += 1;
    } else if (character === '"' && cell.trim() === '') {
      isQuoted = true;
      cell = '';
    } else if (character === separator) {
      cells.push(cell.trim());
      cell = '';
    } else if (character === '\n') {
      endRow();
      line += 1;
    } else cell += character;
  }
  if (isQuoted)
    throw new MillraceError('file_unreadable', {
      what: 'A quoted cell does not end',
      where: `${name}, line ${start}`,
      todo: 'Close the quotation mark, or save the sheet as CSV again',
    });
  endRow();
  return rows;
}

function separatorOf(source: string): string {
  const [first = ''] = source.split('\n', 1);
  const count = (separator: string) => first.split(separator).length;
  return [',', ';', '\t'].reduce((best, one) => (count(one) > count(best) ? one : best));
}
