import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { encodeGb18030 } from '../kit/tables';
import { type Layout, layouts, type Role } from './layouts';

/** A booking as a company knows it. Amounts are decimal text with two decimals, money in positive. */
export interface StatementLine {
  /** `yyyy-mm-dd` */
  date: string;
  /** `hh:mm:ss` */
  time: string;
  amount: string;
  /** Balance after the line. */
  balance: string;
  counterpartyName: string;
  counterpartyAccount: string;
  /** 摘要 and 用途. */
  summary: string;
  purpose: string;
  reference: string;
}

export interface StatementOf {
  account: string;
  company: string;
  /** Days that the export covers. */
  from: string;
  to: string;
  lines: readonly StatementLine[];
}

type Encoding = 'gb18030' | 'utf-8' | 'utf-16le';

/**
 * What a bank's e-banking site exports: title rows, header, lines and foot lines in the layout's own columns. To fill the
 * folder of a `bank` connection, make a `BankFolder` and `write` one file per account and period:
 *
 *   new BankFolder(folder).write('工行1102_2026-01.csv', 'icbc_history', { account, company, from, to, lines });
 *
 * A file written twice under two names is the "duplicate bank file". Name the period in the file or layout title: a day
 * without lines is then known to have had none.
 */
export class BankFolder {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
    mkdirSync(folder, { recursive: true });
  }

  write(name: string, layoutName: string, statement: StatementOf, encoding: Encoding = 'gb18030'): void {
    const path = join(this.folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, statementFile(layoutName, statement, encoding));
  }

  remove(name: string): void {
    rmSync(join(this.folder, name));
  }
}

/** The bytes of an export. */
export function statementFile(
  layoutName: string,
  statement: StatementOf,
  encoding: Encoding = 'gb18030',
): Buffer {
  const layout = layouts.find(({ name }) => name === layoutName);
  if (!layout)
    throw new Error(`no layout ${layoutName}; known are ${layouts.map(({ name }) => name).join(', ')}`);
  const { titles, footers, pad = '' } = FRAMES[layoutName] ?? PLAIN;
  const header = Object.keys(layout.columns).map((key) => key.split('|')[0] ?? key);
  const body = statement.lines.map((line) =>
    Object.keys(layout.columns).map((column) => cellOf(layout, column, line, statement) + pad),
  );
  const rows = [...titles(statement), header, ...body, ...footers(statement)];
  const text = rows.map((row) => row.map(quoted).join(',')).join('\r\n');
  if (encoding === 'gb18030') return encodeGb18030(`${text}\r\n`);
  return Buffer.from(`\ufeff${text}\r\n`, encoding === 'utf-16le' ? 'utf16le' : 'utf8');
}

interface Frame {
  titles(statement: StatementOf): string[][];
  footers(statement: StatementOf): string[][];
  /** What the bank puts behind every cell. */
  pad?: string;
}

const period = ({ from, to }: StatementOf) => `${from.replaceAll('-', '')}-${to.replaceAll('-', '')}`;

const PLAIN: Frame = {
  titles: (statement) => [[`账号：${statement.account}`], [`查询日期：${statement.from}至${statement.to}`]],
  footers: () => [],
};

/** Title and foot lines by layout; the others have the plain ones. */
const FRAMES: Readonly<Record<string, Frame>> = {
  icbc_history: {
    titles: (statement) => [['[HISTORYDETAIL]'], [`查询时间段：${period(statement)}`]],
    footers: () => [],
    pad: '\t',
  },
  ccb_titled: {
    titles: ({ account, company, from, to }) => [
      ['中国建设银行'],
      ['账　　号', account, '账户名称', company],
      ['起始日期', from, '截止日期', to],
    ],
    footers: () => [['以上数据仅供参考，具体内容请以柜台为准。']],
  },
  abc_company: {
    titles: (statement) => [['账户明细'], [`账号:10-${statement.account} 起止日期：${period(statement)}`]],
    footers: ({ lines }) => [[`${lines.length} 收 0.00`]],
  },
  boc_company: {
    titles: ({ account, company, from, to }) => [
      ['中国银行'],
      ['查询账号[ Inquirer account number ]', account],
      ['账户名称', company],
      ['查询日期', `${from}至${to}`],
    ],
    footers: () => [],
  },
};

const COMPACT_DATES = new Set(['abc_card', 'boc_company', 'ccb_titled', 'ccb_list']);

function cellOf(
  layout: Layout,
  column: string,
  line: StatementLine,
  { account, company }: StatementOf,
): string {
  const role: Role = layout.columns[column] ?? '-';
  const isIn = !line.amount.startsWith('-');
  const size = line.amount.replace('-', '');
  const isSigned = !Object.values(layout.columns).includes('flag');
  const hasDate = Object.values(layout.columns).includes('date');
  const date = COMPACT_DATES.has(layout.name) ? line.date.replaceAll('-', '') : line.date;
  const other = { name: line.counterpartyName, account: line.counterpartyAccount };
  const own = { name: company, account };
  const [payer, payee] = isIn ? [other, own] : [own, other];
  const cells: Record<Role, string> = {
    '-': column === '借/贷' ? (isIn ? '贷' : '借') : '',
    account,
    date,
    time: hasDate && layout.bank !== '建设银行' ? line.time : `${date} ${line.time}`,
    amount: isSigned ? signedCell(layout, line.amount) : size,
    in: isIn ? size : layout.bank === '建设银行' ? '0' : '',
    out: isIn ? (layout.bank === '建设银行' ? '0' : '') : size,
    flag: flagOf(layout, isIn),
    balance: line.balance,
    currency: layout.bank === '建设银行' ? '人民币元' : 'CNY',
    counterparty_name: other.name,
    counterparty_account: other.account,
    payer_name: payer.name,
    payer_account: payer.account,
    payee_name: payee.name,
    payee_account: payee.account,
    remark: remarkOf(layout, column, line),
    date_in: `${line.date.replaceAll('-', '')}${line.reference}`,
    value_date: date,
    kind: '',
    status: '',
    bank_reference: line.reference,
    reference: line.reference,
  };
  return cells[role];
}

function signedCell({ isOwed, isFallback }: Layout, amount: string): string {
  if (isOwed) return amount.startsWith('-') ? amount.slice(1) : `-${amount}`;
  return isFallback && !amount.startsWith('-') ? `+${amount}` : amount;
}

function flagOf({ name }: Layout, isIn: boolean): string {
  if (name === 'boc_company') return isIn ? '来账' : '往账';
  if (name === 'bocom_card') return isIn ? '贷 Cr' : '借 Dr';
  return isIn ? '贷' : '借';
}

/** The first remark column holds the summary, the second the purpose. */
function remarkOf({ columns }: Layout, column: string, { summary, purpose }: StatementLine): string {
  const remarks = Object.entries(columns).flatMap(([name, role]) => (role === 'remark' ? [name] : []));
  if (remarks.length === 1) return purpose || summary;
  const index = remarks.indexOf(column);
  return index === 0 ? summary : index === 1 ? purpose : '';
}

const quoted = (cell: string): string => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
