import { MillraceError } from '../../kit';
import type { ParsedFile } from '../parsed';
import { isMt940, parseMt940 } from './parseMt940';

const LINE = ':61:2603020302C100,50NTRFREF1//BANK1\n';
const message = (lines: string, opening = 'C260301EUR10,00', closing = 'C260302EUR110,50') =>
  `:20:START\n:25:DE02120300000000202051\n:28C:7/1\n:60F:${opening}\n${lines}:62F:${closing}\n-\n`;

const parse = (text: string | Buffer): ParsedFile => parseMt940(Buffer.from(text as string), 'bank.sta');
/** The only line of a statement that balances with it. */
const ofLine = (field61: string, closing: string, more = '') =>
  parse(message(`:61:${field61}\n${more}`, 'C260301EUR0,00', closing));

function errorOf(text: string): MillraceError {
  try {
    parse(text);
  } catch (error) {
    if (error instanceof MillraceError) return error;
    throw error;
  }
  throw new Error('it was read');
}

describe('a statement line', () => {
  test.each`
    case                                          | field                                | closing              | amount      | date            | valueDate
    ${'credit'}                                   | ${'2603020302C12,50NTRFX'}           | ${'C260302EUR12,5'}  | ${'12.50'}  | ${'2026-03-02'} | ${'2026-03-02'}
    ${'debit'}                                    | ${'2603020302D12,50NTRFX'}           | ${'D260302EUR12,5'}  | ${'-12.50'} | ${'2026-03-02'} | ${'2026-03-02'}
    ${'a reversal of a credit is money out'}      | ${'2603020302RC12,50NTRFX'}          | ${'D260302EUR12,5'}  | ${'-12.50'} | ${'2026-03-02'} | ${'2026-03-02'}
    ${'a reversal of a debit is money in'}        | ${'2603020302RD12,50NTRFX'}          | ${'C260302EUR12,5'}  | ${'12.50'}  | ${'2026-03-02'} | ${'2026-03-02'}
    ${'a funds code: CR is a credit in euRo'}     | ${'2603020302CR12,50NTRFX'}          | ${'C260302EUR12,5'}  | ${'12.50'}  | ${'2026-03-02'} | ${'2026-03-02'}
    ${'a funds code: CD is a credit in usD'}      | ${'2603020302CD12,50NTRFX'}          | ${'C260302EUR12,5'}  | ${'12.50'}  | ${'2026-03-02'} | ${'2026-03-02'}
    ${'a reversal with a funds code'}             | ${'2603020302RDR12,50NTRFX'}         | ${'C260302EUR12,5'}  | ${'12.50'}  | ${'2026-03-02'} | ${'2026-03-02'}
    ${'without an entry date: the value date'}    | ${'260302C12,50NTRFX'}               | ${'C260302EUR12,5'}  | ${'12.50'}  | ${'2026-03-02'} | ${'2026-03-02'}
    ${'with blanks for the entry date'}           | ${'260302    C12,50NTRFX'}           | ${'C260302EUR12,5'}  | ${'12.50'}  | ${'2026-03-02'} | ${'2026-03-02'}
    ${'booked before New Year, valued after it'}  | ${'2601021231C12,50NTRFX'}           | ${'C260302EUR12,5'}  | ${'12.50'}  | ${'2025-12-31'} | ${'2026-01-02'}
    ${'booked after New Year, valued before it'}  | ${'2512310102C12,50NTRFX'}           | ${'C260302EUR12,5'}  | ${'12.50'}  | ${'2026-01-02'} | ${'2025-12-31'}
    ${'valued on 30 February, booked on 2 March'} | ${'2602300302C12,50NTRFX'}           | ${'C260302EUR12,5'}  | ${'12.50'}  | ${'2026-03-02'} | ${'2026-02-28'}
    ${'no decimals behind the comma'}             | ${'2603020302C500,NTRFX'}            | ${'C260302EUR500,'}  | ${'500.00'} | ${'2026-03-02'} | ${'2026-03-02'}
    ${'one decimal'}                              | ${'2603020302C0,5NTRFX'}             | ${'C260302EUR0,50'}  | ${'0.50'}   | ${'2026-03-02'} | ${'2026-03-02'}
    ${'leading zeros (Rabobank)'}                 | ${'2603020302C000000000500,00N541X'} | ${'C260302EUR500,'}  | ${'500.00'} | ${'2026-03-02'} | ${'2026-03-02'}
    ${'three decimals'}                           | ${'2603020302C1,234NTRFX'}           | ${'C260302EUR1,234'} | ${'1.234'}  | ${'2026-03-02'} | ${'2026-03-02'}
    ${'a kind with a blank (old ING)'}            | ${'2603020302C12,50NOV NONREF'}      | ${'C260302EUR12,5'}  | ${'12.50'}  | ${'2026-03-02'} | ${'2026-03-02'}
    ${'broken before the amount (Sparkasse)'}     | ${'2603020302CR\n12,50NTRFX'}        | ${'C260302EUR12,5'}  | ${'12.50'}  | ${'2026-03-02'} | ${'2026-03-02'}
  `('$case', ({ field, closing, amount, date, valueDate }: Record<string, string>) => {
    const { entries, rejected, notes } = ofLine(field ?? '', closing ?? '');
    expect({ entries, rejected }).toEqual({
      entries: [expect.objectContaining({ line: 5, amount, date, valueDate, currency: 'EUR' })],
      rejected: [],
    });
    const isFebruary = valueDate === '2026-02-28';
    const february = {
      line: 5,
      text: 'its value date is a 30 February (months of 30 days): taken as 2026-02-28',
    };
    expect(notes).toEqual(isFebruary ? [february] : []);
  });

  test.each`
    case                                    | field                                     | why
    ${'an amount without its comma'}        | ${'2603020302C1250NTRFX'}                 | ${'amount'}
    ${'a point for the comma'}              | ${'2603020302C12.51NTRFX'}                | ${'amount'}
    ${'thousands with points'}              | ${'2603020302C1.112,50NTRFX'}             | ${'amount'}
    ${'more digits than fit'}               | ${'2603020302C12345678901234567,00NTRFX'} | ${'amount'}
    ${'a value date that does not exist'}   | ${'2604310502C12,50NTRFX'}                | ${'date'}
    ${'a booking date that does not exist'} | ${'2603020230C12,50NTRFX'}                | ${'date'}
    ${'no mark'}                            | ${'260302030212,50NTRFX'}                 | ${'form'}
    ${'no kind'}                            | ${'2603020302C12,51'}                     | ${'amount'}
  `(
    'with $case is rejected with its texts, not guessed',
    ({ field, why }: { field: string; why: string }) => {
      const { entries, rejected, notes } = ofLine(field, 'C260302EUR12,50', ':86:ITS TEXT\n');
      expect({ entries, rejected: rejected.map((row) => [row.line, row.why]) }).toEqual({
        entries: [],
        rejected: [[5, why]],
      });
      expect(rejected[0]?.cells).toContain('ITS TEXT');
      expect(notes).toEqual([
        expect.objectContaining({ text: expect.stringContaining('does not balance') as string }),
      ]);
    },
  );

  test('without a decimal comma counts where the statement adds up with it', () => {
    const { entries, notes } = ofLine('2603020302C500NTRFX', 'C260302EUR500,00');
    expect(entries[0]?.amount).toBe('500.00');
    expect(notes).toEqual([
      { line: 5, text: 'no decimal comma or no kind: read as 500.00, the statement adds up' },
    ]);
  });

  test('has references where they are some', () => {
    const lines =
      ':61:260302C1,NTRFNONREF//4711\nmore\n:61:260302C1,NMSCINV 12/3\n:61:260302C1,NTRFEREF//4712\n';
    const { entries } = parse(message(lines, 'C260301EUR0,', 'C260302EUR3,'));
    expect(entries.map(({ reference, bankReference, remark }) => [reference, bankReference, remark])).toEqual(
      [
        [null, '4711', 'more'],
        ['INV 12/3', null, null],
        [null, '4712', null],
      ],
    );
  });

  test('whose tag is damaged is not swallowed by the text before it', () => {
    const { entries, rejected } = parse(message(`${LINE}:86:TEXT\n:6l:2603020302D5,00NTRFX\n${LINE}`));
    expect(entries.map(({ line, remark }) => [line, remark])).toEqual([
      [5, 'TEXT'],
      [8, null],
    ]);
    expect(rejected).toEqual([expect.objectContaining({ line: 7, why: 'form' })]);
  });

  test('of equal ones keeps each', () => {
    expect(parse(message(LINE + LINE, 'C260301EUR0,', 'C260302EUR201,')).entries).toHaveLength(2);
  });
});

describe('a message', () => {
  test.each([
    ['with line feeds', message(LINE)],
    ['with carriage returns and line feeds', message(LINE).replaceAll('\n', '\r\n')],
    ['with carriage returns', message(LINE).replaceAll('\n', '\r')],
    ['without its last line end', message(LINE).replace('\n-\n', '')],
    ['with a byte-order mark', `\ufeff${message(LINE)}`],
    [
      'in its SWIFT envelope',
      `{1:F01BANKDEFFXXXX0000000000}{2:I940BANKDEFFXXXXN}{3:}{4:\n${message(LINE).slice(0, -2)}-}{5:}`,
    ],
    [
      'that begins on the envelope line',
      `{1:F01BANKDEFFXXXX0000000000}{2:O940}{4:${message(LINE).slice(0, -2)}-}`,
    ],
    ['between control characters', `\u0001${message(LINE)}\u0003`],
    ['behind the lines of a Dutch bank', `ABNANL2A\n940\nABNANL2A\n${message(LINE)}`],
    [
      'with blanks before its tags and values',
      message(LINE)
        .replace(/^:/gm, ' :')
        .replace(/^( :\w+:)/gm, '$1 '),
    ],
    ['with its closing balance twice', message(LINE).replace(/(:62F:.*\n)/, '$1$1')],
    ['behind the tag of Rabobank', `:940:\n${message(LINE)}`],
    [
      'with an account in separate groups',
      message(LINE).replace('DE02120300000000202051', 'DE02 1203 0000 0000 2020 51'),
    ],
    ['with the currency behind the account', message(LINE).replace('202051', '202051 EUR')],
    ['with the currency at the account', message(LINE).replace('202051', '202051EUR')],
    ['without a currency in its closing balance', message(LINE).replace('C260302EUR', 'C260302')],
    ['without :20:', message(LINE).replace(':20:START\n', '')],
  ])('%s', (_, text) => {
    const { statements, entries, notes, rejected } = parse(text);
    expect(statements).toEqual([
      {
        account: 'DE02120300000000202051',
        currency: 'EUR',
        number: '7/1',
        from: '2026-03-02',
        to: '2026-03-02',
        opening: '10.00',
        closing: '110.50',
      },
    ]);
    expect(entries).toEqual([
      expect.objectContaining({ date: '2026-03-02', amount: '100.50', bankReference: 'BANK1' }),
    ]);
    expect([notes, rejected]).toEqual([[], []]);
  });

  test.each([
    ['UTF-8', Buffer.from(message(`${LINE}:86:Müller\n`))],
    ['latin1', Buffer.from(message(`${LINE}:86:Müller\n`), 'latin1')],
    ['UTF-16', Buffer.from(`\ufeff${message(`${LINE}:86:Müller\n`)}`, 'utf16le')],
  ])('in %s', (_, bytes) => {
    expect(parse(bytes).entries[0]).toMatchObject({ amount: '100.50', remark: 'Müller' });
  });

  test('of a CNY account in GBK', () => {
    const [head = '', tail = ''] = message(`${LINE}:86:@\n`).replaceAll('EUR', 'CNY').split('@');
    const name = Buffer.from([0xbb, 0xf5, 0xbf, 0xee]); // 货款
    expect(parse(Buffer.concat([Buffer.from(head), name, Buffer.from(tail)])).entries[0]?.remark).toBe(
      '货款',
    );
  });

  test('goes on in the next one from an intermediate balance', () => {
    const first = message(LINE).replace(':62F:', ':62M:');
    const second = message(LINE, 'C260302EUR110,50', 'C260303EUR211,00')
      .replace(':60F:', ':60M:')
      .replace('7/1', '7/2');
    expect(parse(first + second)).toMatchObject({
      notes: [],
      statements: [{ number: '7/1' }, { number: '7/2' }],
    });
    const gap = second.replace('C260302EUR110,50', 'C260302EUR110,51').replace('211,00', '211,01');
    expect(parse(first + gap).notes).toEqual([
      { line: 8, text: 'opens with 110.51, the statement before closed with 110.50' },
    ]);
  });

  test('may hold several days, each with its balances', () => {
    const days = `${LINE}:62F:C260302EUR110,50\n:60F:C260302EUR110,50\n${LINE.replace('2603020302', '2603030303')}`;
    expect(parse(message(days, 'C260301EUR10,00', 'C260303EUR211,00'))).toMatchObject({
      statements: [
        { to: '2026-03-02' },
        { account: 'DE02120300000000202051', from: '2026-03-03', to: '2026-03-03' },
      ],
      entries: [{ statement: 0 }, { statement: 1 }],
      notes: [],
    });
  });

  test('names unknown tags and reads on; their text stays with the text it broke', () => {
    const { entries, ignored } = parse(message(`${LINE}:86:AT 13\n:12:11 SHARP\n`));
    expect(entries[0]?.remark).toBe('AT 13 :12:11 SHARP');
    expect(ignored).toEqual([{ line: 7, name: 'unknown tag :12:' }]);
  });

  test('that does not balance is read and told', () => {
    expect(parse(message(LINE, 'D260301EUR10,00')).notes).toEqual([
      {
        line: 6,
        text: 'does not balance: opening -10.00 and its lines give 90.50, closing 110.50, difference 20.00',
      },
    ]);
  });

  test('with a dash alone in a text goes on', () => {
    expect(parse(message(`${LINE}:86:A\n-\nB\n`)).entries[0]?.remark).toBe('A - B');
  });

  test('twice in a file counts once', () => {
    const { entries, ignored, rows } = parse(message(LINE) + message(LINE));
    expect([entries.length, ignored, rows]).toEqual([1, [{ line: 12, name: 'repeated statement' }], 2]);
  });

  test.each`
    case                                     | text                                                   | line | problem
    ${'without a closing balance'}           | ${message(LINE).split(':62F:')[0]}                     | ${5} | ${/no closing balance.*cut off/}
    ${'with half an opening balance'}        | ${message(LINE).slice(0, 60)}                          | ${4} | ${/opening balance.*no known form/}
    ${'with an account among its lines'}     | ${message(`${LINE}:25:166?00GUTSCHRIFT\n`)}            | ${6} | ${/second account/}
    ${'with two closing balances'}           | ${message(`${LINE}:62F:C260302EUR110,51\n`)}           | ${7} | ${/second closing balance/}
    ${'with an opening balance among lines'} | ${message(`${LINE}:60F:C260302EUR110,50\n`)}           | ${6} | ${/second opening balance/}
    ${'with a damaged closing balance'}      | ${message(LINE, 'C260301EUR10,00', 'C260302EUR11050')} | ${6} | ${/balance has no decimal comma/}
    ${'of nothing'}                          | ${'1\n2\n3\n'}                                         | ${1} | ${/no field of a statement/}
  `(
    '$case is refused with file, line and cause',
    ({ text, line, problem }: { text: string; line: number; problem: RegExp }) => {
      const error = errorOf(text);
      expect([error.code, error.where]).toEqual(['file_unreadable', `file bank.sta, line ${line}`]);
      expect(error.what).toMatch(problem);
    },
  );

  test('that stops before its balances is a row in quarantine, not silence', () => {
    expect(parse(`${message(LINE)}:20:NEXT\n:25:DE02120300000000202051\n`)).toMatchObject({
      entries: [{ amount: '100.50' }],
      rejected: [{ line: 8, why: 'form', cells: ['statement NEXT ends before its balances'] }],
    });
  });

  test('without an account rejects its lines, unless the connection names one', () => {
    const text = message(LINE).replace(':25:DE02120300000000202051\n', '');
    expect(parse(text).rejected.map(({ why }) => why)).toEqual(['account']);
    expect(parseMt940(Buffer.from(text), 'x.sta', { account: '42' }).entries[0]?.account).toBe('42');
  });

  test.each([
    [':20:X', true],
    ['\u0001\r\n:20:X', true],
    ['{1:F01}{2:I940}{4:\n:20:X', true],
    ['This is an example\n\n-----\n:20:X', true],
    ['交易日期,金额\n2026-03-02,:20:5', false],
    ['12:20:05,1.00', false],
  ])('is told by its beginning: %j', (head, expected) => {
    expect(isMt940(head)).toBe(expected);
  });
});

describe('an interim report (MT942)', () => {
  const report = (lines: string, sums = '') =>
    `:20:X\n:25:DE02120300000000202051\n:28C:1\n:34F:EURD0,\n:34F:EURC0,\n:13D:2603021730+0100\n${lines}${sums}-\n`;

  test('has lines, no balances and no day that it covers', () => {
    expect(parse(report(LINE, ':90D:0EUR0,\n:90C:1EUR100,5\n'))).toMatchObject({
      layout: 'mt942',
      statements: [{ currency: 'EUR', from: null, to: null, opening: null, closing: null }],
      entries: [{ amount: '100.50', currency: 'EUR' }],
      notes: [],
    });
  });

  test('names what is expected only', () => {
    const { entries, ignored } = parse(report(`${LINE}:61:260303EC7,NTRFX\n`));
    expect(entries).toHaveLength(1);
    expect(ignored).toEqual([{ line: 8, name: 'expected entry of 7.00, not booked yet' }]);
  });

  test('whose sums are others is told', () => {
    expect(parse(report(LINE, ':90C:2EUR100,5\n')).notes).toEqual([
      { line: 8, text: 'states 2 credits of 100.50, holds 1 of 100.50' },
    ]);
  });
});
