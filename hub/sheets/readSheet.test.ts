import { type BookType, utils, write } from '@e965/xlsx';
import { readSheet } from './readSheet';

function book(rows: unknown[][], bookType: BookType): Buffer {
  const sheet = utils.aoa_to_sheet(rows, { cellDates: true });
  const file = utils.book_new();
  utils.book_append_sheet(file, utils.aoa_to_sheet([]), 'empty');
  utils.book_append_sheet(file, sheet, '回款');
  return write(file, { type: 'buffer', bookType }) as Buffer;
}

describe.each<BookType>(['xlsx', 'biff8'])('a workbook (%s)', (bookType) => {
  test('gives exact text, days as days, and tells rows by their number', () => {
    const rows = [
      ['客户', '金额'],
      [],
      ['甲', 0.1 + 0.2],
      ['乙', 123456789012.34],
      [new Date(Date.UTC(2026, 2, 5)), true],
    ];
    expect(readSheet('a', book(rows, bookType))).toEqual([
      { number: 1, cells: ['客户', '金额'] },
      { number: 3, cells: ['甲', '0.3'] },
      { number: 4, cells: ['乙', '123456789012.34'] },
      { number: 5, cells: ['2026-03-05', 'true'] },
    ]);
  });
});

test('CSV in GB18030 keeps every character as it is', () => {
  const bytes = Buffer.concat([
    Buffer.from([0xbf, 0xcd, 0xbb, 0xa7]),
    Buffer.from(',=1+1\n007,2026-03-05\n'),
  ]);
  expect(readSheet('a.csv', bytes)).toEqual([
    { number: 1, cells: ['客户', '=1+1'] },
    { number: 2, cells: ['007', '2026-03-05'] },
  ]);
});

test.each([
  ['an empty file', Buffer.from('')],
  ['blank rows', Buffer.from(',,\n,,\n')],
  ['a broken workbook', Buffer.from('PK\u0003\u0004 nothing else')],
])('%s is named', (_what, content) => {
  expect(() => readSheet('bad.xlsx', content)).toThrow(
    expect.objectContaining({ code: 'file_unreadable', where: 'file bad.xlsx' }),
  );
});
