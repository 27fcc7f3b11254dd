import { MillraceError } from '../../connectors/kit';
import { isDay } from '../setup/day';
import { readSheet, type SheetRow } from '../sheets/readSheet';
import { centsOf, centsText } from './cents';

/** One figure of a source's own report, checked. */
export interface ControlFigure {
  row: number;
  entity: string;
  month: string;
  measure: string;
  level: 'total' | 'customer' | 'document';
  customer: string | null;
  document: string | null;
  amount: string;
  count: string | null;
  closedDate: string | null;
}

const HEADER_WITHIN = 20;
const MOST_ROWS = 100_000;

/** Headings, and the ledger account where a file says that instead of what it measures. */
const COLUMNS = {
  entity: ['entity', 'connection', '账套', '主体', '组织', '连接'],
  month: ['month', 'period', '月份', '期间', '会计期间'],
  measure: ['measure', 'account', '指标', '科目', '科目编码', '科目代码'],
  amount: ['amount', 'amount_cny', 'balance', 'closing', '金额', '余额', '期末余额', '发生额'],
  count: ['count', 'documents', '张数', '单据数'],
  customer: ['customer', 'customer_name', '客户', '客户名称', '往来单位'],
  document: ['document', 'document_number', 'number', '单据编号', '单据号', '单号'],
  closedDate: ['closed_date', 'closed', '结账日', '结账日期'],
} as const;
type ColumnName = keyof typeof COLUMNS;

const MEASURES: Record<string, string> = {
  '1121': 'bills',
  '1122': 'receivables',
  '2203': 'prepayments',
  '1473': 'retention',
  receivables: 'receivables',
  应收账款: 'receivables',
  bills: 'bills',
  应收票据: 'bills',
  prepayments: 'prepayments',
  预收账款: 'prepayments',
  预收: 'prepayments',
  合同负债: 'prepayments',
  retention: 'retention',
  质保金: 'retention',
  合同资产: 'retention',
  billed: 'billed',
  立账: 'billed',
  开票: 'billed',
  receipts: 'receipts',
  收款: 'receipts',
  orders: 'orders',
  订单: 'orders',
};

export interface ControlSheet {
  columns: Record<string, string>;
  figures: ControlFigure[];
  problems: { row: number; problem: string }[];
}

/**
 * A sheet of ledger balances: a heading row that names at least month, measure (or account: 1122, 1121, 2203) and amount. Errors:
 * `file_unreadable` where there is no such row; a row that is not understood is a problem of its own.
 */
export function controlSheet(name: string, content: Buffer, entities: readonly string[]): ControlSheet {
  const rows = readSheet(name, content);
  const { header, places } = headed(rows, name);
  const body = rows.filter(({ number }) => number > header.number);
  if (body.length > MOST_ROWS)
    throw new MillraceError('file_unreadable', {
      what: `The sheet has ${body.length} rows; at most ${MOST_ROWS} are read`,
      where: `file ${name}`,
      todo: 'Split it by month',
    });
  const sheet: ControlSheet = {
    columns: Object.fromEntries([...places].map(([column, place]) => [column, header.cells[place] ?? ''])),
    figures: [],
    problems: [],
  };
  for (const row of body) {
    const problem = takeRow(sheet, row, places, entities);
    if (problem !== undefined) sheet.problems.push({ row: row.number, problem });
  }
  return sheet;
}

function headed(
  rows: readonly SheetRow[],
  name: string,
): { header: SheetRow; places: Map<ColumnName, number> } {
  for (const header of rows.slice(0, HEADER_WITHIN)) {
    const places = new Map<ColumnName, number>();
    for (const [column, titles] of Object.entries(COLUMNS) as [ColumnName, readonly string[]][]) {
      const place = header.cells.findIndex((cell) => titles.includes(cell.trim().toLowerCase()));
      if (place >= 0) places.set(column, place);
    }
    if (places.has('month') && places.has('measure') && places.has('amount')) return { header, places };
  }
  throw new MillraceError('file_unreadable', {
    what: 'The file has no heading row with month, account and amount (期间, 科目, 金额)',
    where: `file ${name}`,
    todo: 'Put a row of headings on top: entity, month, account, amount, and where you have them customer, document, closed_date',
  });
}

/** What is wrong with the row, or undefined when it was taken. */
function takeRow(
  sheet: ControlSheet,
  { number, cells }: SheetRow,
  places: Map<ColumnName, number>,
  entities: readonly string[],
): string | undefined {
  const cell = (column: ColumnName) => (cells[places.get(column) ?? -1] ?? '').trim();
  const month = monthOf(cell('month'));
  if (month === undefined) return `month: “${cell('month')}” is no month; write 2026-06`;
  const account = cell('measure');
  const measure = MEASURES[account.toLowerCase()] ?? MEASURES[account.slice(0, 4)];
  if (measure === undefined) return `account: “${account}” is none of ${Object.keys(MEASURES).join(', ')}`;
  const entity = cell('entity') || (entities.length === 1 ? (entities[0] ?? '') : '');
  if (!entities.includes(entity))
    return `entity: ${entity === '' ? 'the file must name it' : `“${entity}” is not there`}; there is ${entities.join(', ')}`;
  const amount = amountOf(cell('amount'));
  if (amount === undefined) return `amount: “${cell('amount')}” is no amount`;
  const count = cell('count');
  if (count !== '' && !/^\d{1,12}$/.test(count)) return `count: “${count}” is no whole number`;
  const closedDate = cell('closedDate').slice(0, 10);
  if (closedDate !== '' && !isDay(closedDate)) return `closed_date: “${closedDate}” is no day`;
  const customer = cell('customer') || null;
  const document = cell('document') || null;
  sheet.figures.push({
    row: number,
    entity,
    month,
    measure,
    level: document !== null ? 'document' : customer !== null ? 'customer' : 'total',
    customer,
    document,
    amount,
    count: count === '' ? null : count,
    closedDate: closedDate === '' ? null : closedDate,
  });
  return undefined;
}

/** 2026-06, 2026-06-30, 202606, 2026.6, 2026年6月 */
function monthOf(text: string): string | undefined {
  const [, year, digits] = /^(\d{4})[-./年]?(\d{1,2})(?:月|[-./]\d{1,2})?$/.exec(text) ?? [];
  const month = (digits ?? '').padStart(2, '0');
  return year !== undefined && month >= '01' && month <= '12' ? `${year}-${month}` : undefined;
}

function amountOf(text: string): string | undefined {
  try {
    return centsText(centsOf(text.replace(/^[¥￥]/, '').replace(/^\((.*)\)$/, '-$1')));
  } catch {
    return undefined;
  }
}
