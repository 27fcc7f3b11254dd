import { MillraceError } from '../../connectors/kit';
import type { Row } from '../../warehouse';

/** One JSON document, or a table a person can read. */
export function printRows(rows: readonly Row[], isJson: boolean): void {
  if (isJson) {
    console.log(JSON.stringify(rows, null, 2));
    return;
  }
  if (rows.length === 0) {
    console.log('no rows');
    return;
  }
  const names = Object.keys(rows[0] ?? {});
  const cells = [names, ...rows.map((row) => names.map((name) => cell(row[name])))];
  const widths = names.map((_, index) =>
    Math.min(60, Math.max(...cells.map((line) => width(line[index] ?? '')))),
  );
  for (const line of cells)
    console.log(
      line
        .map((text, index) => text + ' '.repeat(Math.max(0, (widths[index] ?? 0) - width(text))))
        .join('  ')
        .trimEnd(),
    );
}

const cell = (value: Row[string] | undefined): string =>
  value === null || value === undefined ? '—' : String(value);

/** Chinese characters are two columns wide in a terminal. */
const width = (text: string) => [...text].reduce((sum, character) => sum + (character > '\u2e7f' ? 2 : 1), 0);

/** Exit code 1 for what failed, 2 for a wrong call; the error in three lines, or as JSON. */
export function printError(error: unknown, isJson: boolean): number {
  if (error instanceof MillraceError) {
    const { code, what, where, todo } = error;
    console.error(isJson ? JSON.stringify({ error: { code, what, where, todo } }) : error.describe());
    return 1;
  }
  console.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return 1;
}
