import { MillraceError } from '../../connectors/kit';
import type { Day } from '../day';
import type { Invoice } from '../invoice';
import { columnsOf, type Field } from './columns';
import { dateOrderOf, readDay } from './dates';
import { parseCsv } from './parseCsv';

/** A row that could not be used. */
interface BadRow {
  line: number;
  reason: string;
}

export interface InvoiceFile {
  invoices: Invoice[];
  bad: BadRow[];
  rows: number;
  /** Header of each field that was found. */
  columns: Partial<Record<Field, string>>;
  /** What a reader should know about how the file was understood. */
  notes: string[];
}

/** Invoices of a CSV text; a row that cannot be used is named, never left out in silence. */
export function readInvoices(
  text: string,
  { name, columns: mapping = {} }: { name: string; columns?: Readonly<Record<string, string>> },
): InvoiceFile {
  const [header, ...rows] = parseCsv(text, name);
  if (!header || rows.length === 0)
    throw new MillraceError('file_unreadable', {
      what: 'The file has no rows',
      where: name,
      todo: 'Give a CSV file with a header: customer, amount, issued, due, paid',
    });
  const columns = columnsOf(header.cells, mapping, name);
  const cellsOf = (field: Field) => {
    const at = columns.get(field);
    return (cells: readonly string[]) => (at === undefined ? '' : (cells[at] ?? ''));
  };
  const at = {
    customer: cellsOf('customer'),
    amount: cellsOf('amount'),
    issued: cellsOf('issued'),
    due: cellsOf('due'),
    paid: cellsOf('paid'),
    id: cellsOf('id'),
    term: cellsOf('term'),
    region: cellsOf('region'),
    disputed: cellsOf('disputed'),
    currency: cellsOf('currency'),
  };
  const notes: string[] = [];
  const order = dateOrderOf(
    rows.flatMap(({ cells }) => [at.issued, at.due, at.paid].map((cellOf) => cellOf(cells))),
  );
  if (order === 'both') notes.push('dates are written both month first and day first: none of those is read');
  if (order === 'month first' || order === 'day first') notes.push(`dates are written ${order}`);
  // a flag that only paid invoices have was set by looking back: it would tell what the origin cannot know
  const open = rows.filter(({ cells }) => at.paid(cells) === '');
  const hasDisputes =
    columns.has('disputed') && (open.length === 0 || open.some(({ cells }) => at.disputed(cells) !== ''));
  if (columns.has('disputed') && !hasDisputes)
    notes.push(
      'disputes are not used: open invoices have none written, so that they were learned after payment',
    );
  const bad: BadRow[] = [];
  const invoices: Invoice[] = [];
  const lines = new Map<string, number>();
  for (const { line, cells } of rows) {
    const id = at.id(cells) || `line ${line}`;
    const read = readRow(at, cells, order);
    if (typeof read === 'string') {
      bad.push({ line, reason: read });
      continue;
    }
    const key = JSON.stringify([read.customer, id, read.issued, read.due]);
    const before = lines.get(key);
    if (before !== undefined) {
      bad.push({ line, reason: `the same invoice stands on line ${before}` });
      continue;
    }
    lines.set(key, line);
    const [term, region, currency] = [at.term(cells), at.region(cells), at.currency(cells)];
    invoices.push({
      ...read,
      id,
      ...(term && { term }),
      ...(region && { region }),
      ...(currency && { currency }),
      ...(hasDisputes && { isDisputed: /^(y|yes|true|1|x|是)$/i.test(at.disputed(cells)) }),
    });
  }
  return {
    invoices,
    bad,
    rows: rows.length,
    columns: Object.fromEntries([...columns].map(([field, position]) => [field, header.cells[position]])),
    notes,
  };
}

type Cells = Record<'customer' | 'amount' | 'issued' | 'due' | 'paid', (cells: readonly string[]) => string>;

/** The row's own facts, or what is wrong with them. */
function readRow(
  at: Cells,
  cells: readonly string[],
  order: ReturnType<typeof dateOrderOf>,
): Pick<Invoice, 'customer' | 'amountCents' | 'issued' | 'due' | 'paid'> | string {
  const customer = at.customer(cells);
  if (customer === '') return 'customer: empty';
  const amountCents = readCents(at.amount(cells));
  if (amountCents === null) return `amount: "${at.amount(cells)}" is no amount with at most two decimals`;
  const day = (field: 'issued' | 'due' | 'paid'): Day | null => readDay(at[field](cells), order);
  const issued = day('issued');
  if (issued === null) return `issued: "${at.issued(cells)}" is no date`;
  const due = day('due');
  if (due === null) return `due: "${at.due(cells)}" is no date`;
  const paid = day('paid');
  if (paid === null && at.paid(cells) !== '') return `paid: "${at.paid(cells)}" is no date`;
  return { customer, amountCents, issued, due, paid };
}

/** `1,234.5` → 123450n; no rounding. */
function readCents(text: string): bigint | null {
  const parts = /^([-+]?)(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d*))?$/.exec(text.replace(/^[¥$€£]\s*/, ''));
  if (!parts) return null;
  const [, sign, whole = '', decimals = ''] = parts;
  if (/[^0]/.test(decimals.slice(2))) return null;
  const cents = BigInt(whole.replaceAll(',', '') + decimals.slice(0, 2).padEnd(2, '0'));
  return sign === '-' ? -cents : cents;
}
