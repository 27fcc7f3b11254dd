import { KnownLines } from './knownLines';
import type { Entry } from './parsed';

/** A line of 50.00 from one payer; `given` says day, time, balance after it. */
const line = (given: Partial<Entry> = {}): Entry => ({
  line: 1,
  statement: 0,
  account: '1102',
  date: '2026-01-06',
  valueDate: null,
  time: null,
  amount: '50.00',
  balance: null,
  currency: 'CNY',
  counterpartyName: '客户甲',
  counterpartyAccount: null,
  remark: '货款',
  reference: null,
  bankReference: null,
  details: [],
  ...given,
});
const other = (amount: string, balance: string, more: Partial<Entry> = {}) =>
  line({ amount, balance, counterpartyName: `付款人${amount}`, ...more });

/** Files one after another; each with which of all lines its lines are: a, b, c in the order in which they appeared. */
function read(...files: Entry[][]): string[] {
  const known = new KnownLines();
  const names = new Map<string, string>();
  return files.map((file) => {
    const found = known.add(file);
    const isNew = found.filter((each) => each.isNew).length;
    for (const { id } of found) if (!names.has(id)) names.set(id, String.fromCharCode(97 + names.size));
    return `${found.map(({ id }) => names.get(id)).join('')} ${isNew} new, ${found.length - isNew} known`;
  });
}

test.each<[string, Entry[][], string[]]>([
  [
    'a file twice',
    [
      [line(), line()],
      [line(), line()],
    ],
    ['ab 2 new, 0 known', 'ab 0 new, 2 known'],
  ],
  [
    'equal lines without anything that tells them apart are told by their position',
    [[line()], [line(), line()]],
    ['a 1 new, 0 known', 'ab 1 new, 1 known'],
  ],
  [
    'a part of a day each, by balance: the second goes on where the first ended',
    [[line({ balance: '150.00' })], [line({ balance: '200.00' })]],
    ['a 1 new, 0 known', 'b 1 new, 0 known'],
  ],
  [
    'the same, the later part first',
    [[line({ balance: '200.00' })], [line({ balance: '150.00' })]],
    ['a 1 new, 0 known', 'b 1 new, 0 known'],
  ],
  [
    'a part of a day each with lines missing between them',
    [[line({ balance: '150.00' })], [line({ balance: '350.00' })]],
    ['a 1 new, 0 known', 'b 1 new, 0 known'],
  ],
  [
    'a part of a day each, by time',
    [[line({ time: '09:00:00' })], [line({ time: '15:30:00' })]],
    ['a 1 new, 0 known', 'b 1 new, 0 known'],
  ],
  [
    'one export has minutes only, another no time',
    [[line({ time: '09:00:12' })], [line({ time: '09:00:00' })], [line()]],
    ['a 1 new, 0 known', 'a 0 new, 1 known', 'a 0 new, 1 known'],
  ],
  [
    'parts and then the whole day, newest first',
    [
      [line({ balance: '150.00' })],
      [line({ balance: '200.00' })],
      [line({ balance: '200.00' }), line({ balance: '150.00' })],
    ],
    ['a 1 new, 0 known', 'b 1 new, 0 known', 'ba 0 new, 2 known'],
  ],
  [
    'a line posted late changes all later balances of the day, and no line comes twice',
    [
      [other('10.00', '110.00'), line({ balance: '160.00' })],
      [other('10.00', '110.00'), other('5.00', '115.00'), line({ balance: '165.00' })],
    ],
    ['ab 2 new, 0 known', 'acb 1 new, 2 known'],
  ],
  [
    'a line posted late on an earlier day shifts this day as a whole',
    [
      [other('1.00', '101.00', { date: '2026-01-05' }), line({ balance: '151.00' })],
      [
        other('1.00', '101.00', { date: '2026-01-05' }),
        other('5.00', '106.00', { date: '2026-01-05' }),
        line({ balance: '156.00' }),
      ],
    ],
    ['ab 2 new, 0 known', 'acb 1 new, 2 known'],
  ],
  [
    'two equal lines of which a later file shows only the second',
    [[line({ balance: '150.00' }), line({ balance: '200.00' })], [line({ balance: '200.00' })]],
    ['ab 2 new, 0 known', 'b 0 new, 1 known'],
  ],
  [
    'the bank uses a reference again for another line',
    [[line({ bankReference: 'R1' }), line({ bankReference: 'R1', amount: '60.00' })]],
    ['ab 2 new, 0 known'],
  ],
  [
    'a statement words a line otherwise than the report of the day, its bank reference stays',
    [
      [line({ bankReference: 'R1' })],
      [line({ bankReference: 'R1', remark: 'PAYMENT 货款', counterpartyName: null })],
    ],
    ['a 1 new, 0 known', 'a 0 new, 1 known'],
  ],
  [
    'equal but for the currency',
    [[line(), line({ currency: 'USD' })], [line({ currency: 'USD' })]],
    ['ab 2 new, 0 known', 'b 0 new, 1 known'],
  ],
])('%s', (_name, files, expected) => {
  expect(read(...files)).toEqual(expected);
});
