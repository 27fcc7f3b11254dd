import { engines } from '../support/engines';
import { type BuiltCase, type Given, given } from './given';

/** What bank files say, and how their statements hang together (METRICS APP-5). All sums by hand, in yuan. */
const statement = (
  id: string,
  account: string,
  days: [string, string],
  balances: [string | null, string, string | null],
  more: Given = {},
): Given => ({
  connection: 'bank',
  source_id: id,
  account,
  currency: 'CNY',
  file_name: `${id}.csv`,
  line_count: 1,
  gap_count: 0,
  from_date: `2025-${days[0]}`,
  to_date: `2025-${days[1]}`,
  opening_amount: balances[0],
  lines_amount: balances[1],
  closing_amount: balances[2],
  ...more,
});
let lines = 0;
const line = (account: string, day: string, amount: string, more: Given = {}): Given => ({
  connection: 'bank',
  source_id: `line ${++lines}`,
  account,
  currency: 'CNY',
  direction: amount.startsWith('-') ? 'out' : 'in',
  amount,
  amount_cny: amount,
  value_date: `2025-${day}`,
  ...more,
});
const inDollars: Given = { currency: 'USD', amount_cny: null };

const entities = {
  bank_statement: [
    // whole: 100 → 150 → 120; a file that holds parts of both months hangs on to the lines between
    statement('whole 1', 'whole', ['01-01', '01-31'], ['100', '50', '150']),
    statement('whole overlap', 'whole', ['01-21', '02-10'], ['140', '-20', '120']),
    statement('whole 2', 'whole', ['02-01', '02-28'], ['150', '-30', '120']),
    // gap: 10.00 came on a day that no file has
    statement('gap 1', 'gap', ['01-01', '01-31'], ['100', '50', '150']),
    statement('gap 2', 'gap', ['03-01', '03-31'], ['160.05', '1', '161.05']),
    // broken: a line of 7 is missing in the first; the second follows its closing balance
    statement('broken 1', 'broken', ['01-01', '01-31'], ['0', '50', '57']),
    statement('broken 2', 'broken', ['02-01', '02-28'], ['57', '1', '58']),
    // two of one day: the bank numbers them, the second goes on where the first ended, although its file comes first
    statement('a day later', 'day', ['01-01', '01-01'], ['5', '1', '6'], { number: '2' }),
    statement('b day first', 'day', ['01-01', '01-01'], ['0', '5', '5'], { number: '1' }),
    statement('dollars', 'whole', ['01-01', '01-31'], ['1', '2', '3'], { currency: 'USD' }),
    statement('none', 'none', ['01-01', '01-31'], [null, '5', null]),
  ],
  bank_transaction: [
    line('whole', '01-15', '40'),
    line('whole', '01-25', '10'),
    line('whole', '02-05', '-30'),
    line('whole', '01-20', '2', inDollars),
    line('gap', '01-15', '50'),
    line('gap', '03-15', '1'),
    line('broken', '01-15', '50'),
    line('broken', '02-15', '1'),
    line('day', '01-01', '5'),
    line('day', '01-01', '1'),
    line('none', '01-15', '5'),
  ],
};

describe.each(engines)('bank statements on $name', ({ open }) => {
  let built: BuiltCase;
  beforeAll(async () => {
    built = await given({ today: '2025-04-01', entities }, open);
  });
  afterAll(() => built.close());

  test('APP-5: each adds up and begins where the one before ended, in whatever order and overlap the files come', async () => {
    const rows = await built.rows(
      'select file_name, state, line_difference, chain_difference, difference_cents from marts.bank_statement_check order by file_name',
    );
    expect(rows.map((row) => Object.values(row).map(String).join(' | '))).toEqual([
      'a day later.csv | balanced | 0.00 | 0.00 | 0',
      'b day first.csv | balanced | 0.00 | null | 0',
      'broken 1.csv | broken | -7.00 | null | 700',
      'broken 2.csv | balanced | 0.00 | 0.00 | 0',
      'dollars.csv | balanced | 0.00 | null | 0',
      'gap 1.csv | balanced | 0.00 | null | 0',
      'gap 2.csv | gap | 0.00 | 10.05 | 1005',
      'none.csv | unknown | null | null | null',
      'whole 1.csv | balanced | 0.00 | null | 0',
      'whole 2.csv | balanced | 0.00 | 0.00 | 0',
      'whole overlap.csv | balanced | 0.00 | 0.00 | 0',
    ]);
  });

  test('a line in another currency keeps its own amount and counts in no sum of CNY', async () => {
    expect(
      await built.rows(
        "select currency, amount, amount_cny from core.bank_transaction where account = 'whole' and value_date = date '2025-01-20'",
      ),
    ).toEqual([{ currency: 'USD', amount: '2.00', amount_cny: null }]);
  });
});
