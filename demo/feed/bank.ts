import { encodeGb18030 } from '../../connectors/kit/tables';
import { type Day, dayText, localText, monthEnd, monthStart, monthText } from '../company/days';
import type { BankLine, Company } from '../company/entities';
import { centsText } from '../company/money';
import { OWN_COMPANY } from '../company/people';

/** A file as the bank's web page gives it (工商银行, 历史明细): GB18030, CRLF, title rows, a foot line. */
export interface BankFile {
  name: string;
  account: string;
  from: Day;
  to: Day;
  lines: readonly BankLine[];
}

const HEADER = [
  '凭证号',
  '本方账号',
  '对方账号',
  '交易时间',
  '借/贷',
  '借方发生额',
  '贷方发生额',
  '对方行号',
  '摘要',
  '用途',
  '对方单位名称',
  '余额',
];

/** One file per account and month; the last complete month's twice, under another name, and one that overlaps two months. */
export function bankFiles(company: Company): BankFile[] {
  const files: BankFile[] = [];
  for (const account of Object.values(OWN_COMPANY.accounts)) {
    const lines = company.bankLines.filter((line) => line.account === account);
    for (let start = monthStart(company.firstDay); start <= company.lastDay; start = monthStart(start, 1)) {
      const from = Math.max(start, company.firstDay);
      files.push(fileOf(account, from, Math.min(monthEnd(start), company.lastDay), lines));
    }
  }
  const { again, overlapping } = repeated(company);
  return [...files, again, overlapping];
}

/** The file that is there twice, its copy, and the file whose days two others also have. */
export function repeated(company: Company): { first: BankFile; again: BankFile; overlapping: BankFile } {
  const { main } = OWN_COMPANY.accounts;
  const lines = company.bankLines.filter(({ account }) => account === main);
  const month = monthStart(company.today, -1);
  const first = fileOf(main, month, monthEnd(month), lines);
  const again = { ...first, name: first.name.replace('.csv', '(1).csv') };
  const from = monthStart(company.today, -6) + 10;
  const to = monthStart(company.today, -5) + 9;
  const overlapping = {
    ...fileOf(main, from, to, lines),
    name: `历史明细_${main}_${plain(from)}-${plain(to)}.csv`,
  };
  return { first, again, overlapping };
}

function fileOf(account: string, from: Day, to: Day, lines: readonly BankLine[]): BankFile {
  return {
    name: `历史明细_${account}_${monthText(from).replace('-', '')}.csv`,
    account,
    from,
    to,
    lines: lines.filter(({ valueDate }) => valueDate >= from && valueDate <= to),
  };
}

const plain = (day: Day): string => dayText(day).replaceAll('-', '');

/** The bytes of a file. Cells are padded with a tab where the bank pads them, amounts have thousands separators. */
export function bankBytes({ account, from, to, lines }: BankFile): Buffer {
  const paid = lines.filter(({ amount }) => amount < 0);
  const received = lines.filter(({ amount }) => amount > 0);
  const total = (list: readonly BankLine[]) =>
    grouped(list.reduce((sum, { amount }) => sum + Math.abs(amount), 0));
  const rows = [
    ['[HISTORYDETAIL]'],
    ['账号', account, '户名', OWN_COMPANY.name, '币种', '人民币'],
    ['起始日期', dayText(from), '截止日期', dayText(to)],
    HEADER,
    ...lines.map(lineCells),
    [
      '合计',
      `借方笔数:${paid.length}`,
      `借方金额:${total(paid)}`,
      `贷方笔数:${received.length}`,
      `贷方金额:${total(received)}`,
    ],
  ];
  return encodeGb18030(`${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`);
}

function lineCells(line: BankLine): string[] {
  const isOut = line.amount < 0;
  const amount = grouped(Math.abs(line.amount));
  return [
    padded(line.reference),
    padded(line.account),
    padded(line.counterpartyAccount),
    localText(line.bookedAt).replace('T', ' '),
    isOut ? '借' : '贷',
    isOut ? amount : '',
    isOut ? '' : amount,
    '',
    line.summary,
    line.purpose,
    line.counterpartyName,
    grouped(line.balance),
  ];
}

/** Keeps a spreadsheet from turning long numbers into floats. */
const padded = (text: string): string => (text === '' ? '' : `${text}\t`);

/** `12,345.60` */
const grouped = (cents: number): string => centsText(cents).replace(/\B(?=(\d{3})+\.)/g, ',');

const cell = (text: string): string => (/[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
