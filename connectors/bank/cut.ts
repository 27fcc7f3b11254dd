import { textOf, tidy } from './cells';
import type { CsvRow } from '../kit/tables';
import type { Header } from './header';
import type { Role } from './layouts';

const EXACT: readonly Role[] = ['amount', 'in', 'out', 'balance', 'date', 'time'];

/**
 * Whether the file ends in the middle of this row: half an amount is a wrong amount. A file without a last line end is whole
 * as long as its last row has what the others have; within quotes it never is.
 */
export function isCutShort(row: CsvRow, header: Header, rows: readonly CsvRow[]): boolean {
  if (row.isCut === undefined) return false;
  if (row.isCut === 'in quotes') return true;
  const others = rows.filter((each) => each !== row && filled(each) > 2);
  if (
    others.length === 0
      ? row.cells.length < header.width
      : others.every(({ cells }) => cells.length > row.cells.length)
  )
    return true;
  const last = row.cells.length - 1;
  const isExact = EXACT.some((role) => header.columns.get(role)?.includes(last));
  if (!isExact) return false;
  return (
    shapeOf(row.cells[last]) !==
    shapeOf(others.find(({ cells }) => textOf(cells[last]) !== null)?.cells[last])
  );
}

const filled = ({ cells }: CsvRow): number => cells.filter((cell) => tidy(cell) !== '').length;

/** How many digits stand behind the point, or how long a date is: what cutting changes. */
function shapeOf(cell: string | undefined): string {
  const text = textOf(cell);
  if (text === null) return '';
  const fraction = /\.(\d*)$/.exec(text);
  return fraction ? `.${fraction[1]?.length ?? 0}` : /[-/:年]/.test(text) ? String(text.length) : 'whole';
}
