import { type BookType, type CellObject, utils, type WorkSheet, write } from '@e965/xlsx';
import { parseFile } from './formats';
import { sheetsOf } from '../kit/tables';

const HEADER = [
  '交易日期',
  '交易时间',
  '收入',
  '支出',
  '账户余额',
  '对方账号',
  '对方户名',
  '对方行名',
  '摘要',
];
const TITLE = [['南京银行对公账户明细'], ['账号', null, '01200120030004567', '币种', '人民币']];

/** A sheet of rows; a cell may be given as the library keeps it. */
function sheetFrom(rows: unknown[][]): WorkSheet {
  const sheet = utils.aoa_to_sheet(rows.map((row) => row.map((cell) => (isCell(cell) ? null : cell))));
  for (const [r, row] of rows.entries())
    for (const [c, cell] of row.entries()) if (isCell(cell)) sheet[utils.encode_cell({ r, c })] = cell;
  return sheet;
}
const isCell = (value: unknown): value is CellObject => typeof value === 'object' && value !== null;

function bookOf(sheets: Record<string, WorkSheet>, type: BookType = 'xlsx', is1904 = false): Buffer {
  const book = utils.book_new();
  for (const [name, sheet] of Object.entries(sheets)) utils.book_append_sheet(book, sheet, name);
  book.Workbook = { WBProps: { date1904: is1904 } };
  return write(book, { type: 'buffer', bookType: type }) as Buffer;
}

const day = (serial: number, format = 'yyyy/m/d'): CellObject => ({ t: 'n', v: serial, z: format });
const money = (v: number): CellObject => ({ t: 'n', v, z: '#,##0.00;[Red](#,##0.00)' });

/** 2026-01-05 is day 46027 of the calendar of 1900 and day 44565 of that of 1904. */
const rows = (serial: number): unknown[][] => [
  ...TITLE,
  [],
  HEADER,
  [day(serial), '09:30:00', money(1234567.1), null, money(2234567.1), '3201', '客户甲', '某支行', '货款'],
  [
    day(serial + 0.5, 'yyyy-mm-dd hh:mm'),
    null,
    null,
    { t: 'n', v: 0.1 + 0.2, f: 'A1+A2' },
    money(2234566.8),
    '6222020200001234567',
    '供应商乙',
    '',
    '材料款',
  ],
  [day(serial), null, null, null, money(2234566.8), '', '', '', '小计'],
  ['合计', null, money(1234567.1), money(0.3)],
];

test.each<[string, Buffer]>([
  ['.xlsx', bookOf({ Sheet1: sheetFrom(rows(46027)) })],
  ['.xls', bookOf({ Sheet1: sheetFrom(rows(46027)) }, 'biff8')],
  ['.xlsx counted from 1904', bookOf({ Sheet1: sheetFrom(rows(44565)) }, 'xlsx', true)],
  ['.xml of Excel 2003', bookOf({ Sheet1: sheetFrom(rows(46027)) }, 'xlml')],
])('%s: cells are exact text, days are days', (_name, bytes) => {
  const parsed = parseFile(bytes, 'export.csv');
  expect(parsed.statements).toMatchObject([{ account: '01200120030004567', currency: 'CNY' }]);
  expect(
    parsed.entries.map(({ line, date, time, amount, balance, counterpartyAccount }) =>
      [line, date, time, amount, balance, counterpartyAccount].join(' '),
    ),
  ).toEqual([
    '5 2026-01-05 09:30:00 1234567.10 2234567.10 3201',
    '6 2026-01-05 12:00:00 -0.30 2234566.80 6222020200001234567',
  ]);
  expect(parsed.rejected).toMatchObject([{ line: 7, why: 'amount' }]);
  expect(parsed.ignored.map(({ name }) => name)).toEqual(['title', 'title', 'title', 'header', 'total']);
});

test('a number of more than 15 digits is no amount and no account', () => {
  const sheet = sheetFrom([
    HEADER,
    [
      day(46027),
      null,
      money(Number('12345678901234567')),
      null,
      null,
      { t: 'n', v: Number('6222020200001234567') },
      '客户甲',
      '',
      '',
    ],
  ]);
  const parsed = parseFile(bookOf({ a: sheet }), '账户12345678901.xlsx');
  expect(parsed.entries).toEqual([]);
  expect(parsed.rejected).toMatchObject([{ why: 'amount', amount: '1.2345678901234568E+16' }]);
});

test('every sheet with a header counts; rows of the others are ignored by name', () => {
  const account = (digits: string, amount: number) =>
    sheetFrom([
      ['账号', digits],
      HEADER,
      [day(46027), null, money(amount), null, null, '', '客户甲', '', '货款'],
    ]);
  const parsed = parseFile(
    bookOf({
      说明: sheetFrom([['本工作簿由网银导出'], ['请勿修改']]),
      一: account('11110000', 1),
      二: account('22220000', 2.5),
    }),
    'all.xlsx',
  );
  expect(
    parsed.entries.map(({ sheet, statement, account: of, amount }) => [sheet, statement, of, amount]),
  ).toEqual([
    ['一', 0, '11110000', '1.00'],
    ['二', 1, '22220000', '2.50'],
  ]);
  expect(parsed.rows).toBe(parsed.entries.length + parsed.ignored.length);
  expect(parsed.ignored.filter(({ name }) => name === 'sheet without a header')).toHaveLength(2);
});

test('a header whose amounts stand below a merged cell is one header', () => {
  const sheet = sheetFrom([
    ['账号：11110000'],
    ['交易日期', '发生额', null, '余额', '摘要'],
    [null, '借方', '贷方', null, null],
    ['2026-01-05', null, '7.00', '7.00', '货款'],
  ]);
  sheet['!merges'] = [utils.decode_range('B2:C2'), utils.decode_range('A2:A3')];
  const parsed = parseFile(bookOf({ a: sheet }), 'x.xlsx');
  expect(parsed.entries).toMatchObject([{ line: 4, amount: '7.00', balance: '7.00', remark: '货款' }]);
  expect(parsed.ignored.map(({ name }) => name)).toEqual(['title', 'header', 'header']);
});

test('a web page that is called .xls keeps its digits', () => {
  const cells = (row: string[]) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
  const html = `<html><meta charset="gbk"><table>${cells(['账号', '0011110000'])}${cells(HEADER)}${cells(['20260105', '', '1,000.10', '', '', '00623', '客户甲', '', '货款'])}</table></html>`;
  const parsed = parseFile(Buffer.from(html), 'detail.xls');
  expect(parsed.statements[0]?.account).toBe('0011110000');
  expect(parsed.entries).toMatchObject([
    { date: '2026-01-05', amount: '1000.10', counterpartyAccount: '00623' },
  ]);
});

test('what is no workbook any more is named', () => {
  const whole = bookOf({ a: sheetFrom(rows(46027)) }, 'biff8');
  expect(sheetsOf(whole.subarray(0, whole.length / 2))).toEqual({
    problem: expect.stringContaining('damaged') as string,
  });
  const zip = bookOf({ a: sheetFrom(rows(46027)) });
  expect(sheetsOf(zip.subarray(0, 400))).toEqual({ problem: expect.stringContaining('ZIP') as string });
});
