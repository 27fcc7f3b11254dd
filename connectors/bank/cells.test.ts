import { amountFrom, amountOf, centsOf, dateOf, headerText, textOf, timeOf } from './cells';
import { rowsOf, decode, encodeGb18030 } from '../kit/tables';

describe('what banks write in a cell', () => {
  test.each([
    ['50,000.00', '50000.00'],
    ['￥1,234.56', '1234.56'],
    ['¥-5.1', '-5.10'],
    ['+10000.00', '10000.00'],
    ['(1,234.56)', '-1234.56'],
    ['（2,000.00）', '-2000.00'],
    ['1234', '1234.00'],
    ['.5', undefined],
    ['12.3400000000', '12.34'],
    ['0.005', undefined],
    ['1,23.00', undefined],
    ['1e3', undefined],
    ['-0.00', '0.00'],
    ['9007199254740993.13', '9007199254740993.13'],
    ['一千元', undefined],
    ['--', null],
    [' \t', null],
  ])('the amount %j is %j', (cell, expected) => {
    expect(amountOf(cell)).toBe(expected);
  });

  test.each([
    ['2026-03-02', '2026-03-02'],
    ['2026/3/2', '2026-03-02'],
    ['2026.03.02 14:30', '2026-03-02'],
    ['2026年3月2日', '2026-03-02'],
    ['20260302', '2026-03-02'],
    ['20260302 15:24:03', '2026-03-02'],
    ['20260302152403', '2026-03-02'],
    ['2026-03-02T09:00:00', '2026-03-02'],
    ['2026-02-30', undefined],
    ['2026-13-01', undefined],
    ['202603021', undefined],
    ['2 March 2026', undefined],
  ])('the date %j is %j', (cell, expected) => {
    expect(dateOf(cell)).toBe(expected);
  });

  test.each([
    ['20260302 15:24:03', '15:24:03'],
    ['9:05', '09:05:00'],
    ['132324', '13:23:24'],
    ['20260302152403', '15:24:03'],
    ['2026-03-02', undefined],
    ['20260302', undefined],
    ['25:00:00', undefined],
  ])('the time %j is %j', (cell, expected) => {
    expect(timeOf(cell)).toBe(expected);
  });

  test('labels are compared without blanks, width and English; dashes are nothing', () => {
    expect(headerText('借方发生额（支取） [ Debit ]')).toBe('借方发生额(支取)');
    expect(headerText('日 志　号')).toBe('日志号');
    expect([textOf('--'), textOf(' a\tb '), textOf(undefined)]).toEqual([null, 'a b', null]);
  });

  test('cents are exact and come back as they went', () => {
    for (const amount of ['0.00', '-0.05', '12.30', '-90071992547409931.37'])
      expect(amountFrom(centsOf(amount))).toBe(amount);
  });
});

describe('rows of a file', () => {
  test('quotes hold delimiters, quotes and line ends; a row knows its line', () => {
    const rows = rowsOf('a,"b,1"\r\n"x ""y""\nz",\n\nlast');
    expect(rows).toEqual([
      { line: 1, cells: ['a', 'b,1'] },
      { line: 2, cells: ['x "y"\nz', ''] },
      { line: 4, cells: [''] },
      { line: 5, cells: ['last'], isCut: 'open' },
    ]);
  });

  test('tabs and semicolons are found, commas in amounts are no delimiter', () => {
    expect(rowsOf('a\tb\tc\td\n1,000.00\t2\t3\t4\n')[1]?.cells).toEqual(['1,000.00', '2', '3', '4']);
    expect(rowsOf('a;b;c;d\n1;2;3;4\n')[1]?.cells).toEqual(['1', '2', '3', '4']);
  });

  const TEXT = '交易日期,摘要\n2026-03-02,货款（苏州）\n';
  test.each([
    ['gb18030', encodeGb18030(TEXT)],
    ['utf-8', Buffer.from(TEXT)],
    ['utf-8', Buffer.from(`\ufeff${TEXT}`)],
    ['utf-16le', Buffer.from(`\ufeff${TEXT}`, 'utf16le')],
    ['utf-16le', Buffer.from(TEXT, 'utf16le')],
    ['utf-16be', Buffer.from(`\ufeff${TEXT}`, 'utf16le').swap16()],
  ])('%s is detected', (encoding, bytes) => {
    expect(decode(bytes)).toEqual({ text: TEXT, encoding });
  });
});
