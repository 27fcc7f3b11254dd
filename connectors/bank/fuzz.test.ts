import fc from 'fast-check';
import { MillraceError } from '../kit';
import { amountFrom } from './cells';
import { rowsOf, encodeGb18030 } from '../kit/tables';
import { parseFile } from './formats';
import { layouts } from './layouts';
import type { ParsedFile } from './parsed';
import { type StatementLine, statementFile } from './sandbox';

/** Random statements in every layout, damaged in the ways that files get damaged. A row may be rejected; no amount may be wrong. */
const ACCOUNT = '1102020109000123456';
const NAME = `${ACCOUNT}.csv`;

/** Text that people put into remarks: delimiters, quotes, line ends, widths. */
const words = fc.string({
  unit: fc.constantFrom(
    '货',
    '款',
    '（',
    '）',
    ',',
    '"',
    '，',
    ' ',
    '\t',
    '\n',
    'A',
    '1',
    '.',
    '-',
    '￥',
    '借',
    '贷',
    '：',
  ),
  maxLength: 12,
});
const line = fc
  .record({
    day: fc.integer({ min: 0, max: 400 }),
    cents: fc.oneof(
      fc.bigInt({ min: -99_999_999_999_999n, max: 99_999_999_999_999n }),
      fc.bigInt({ min: -199n, max: 199n }),
    ),
    balance: fc.bigInt({ min: -9_999_999_999_999n, max: 9_999_999_999_999n }),
    summary: words,
    purpose: words,
  })
  .filter(({ cents }) => cents !== 0n)
  .map(
    ({ day, cents, balance, summary, purpose }): StatementLine => ({
      date: new Date(Date.UTC(2026, 0, 1 + day)).toISOString().slice(0, 10),
      time: '10:20:30',
      amount: amountFrom(cents),
      balance: amountFrom(balance),
      counterpartyName: '客户甲',
      counterpartyAccount: '3201',
      summary,
      purpose,
      reference: `V${day}`,
    }),
  );
const statement = fc.record({
  layout: fc.constantFrom(...layouts.map(({ name }) => name)),
  lines: fc.array(line, { minLength: 1, maxLength: 6 }),
});
type Statement = typeof statement extends fc.Arbitrary<infer Value> ? Value : never;

const fileOf = ({ layout, lines }: Statement, encoding: 'gb18030' | 'utf-8' | 'utf-16le' = 'utf-8') =>
  statementFile(
    layout,
    { account: ACCOUNT, company: '本公司', from: '2026-01-01', to: '2027-03-01', lines },
    encoding,
  );

const told = ({ entries }: ParsedFile) => entries.map(({ date, amount }) => `${date} ${amount}`);
const wanted = ({ lines }: Statement) => lines.map(({ date, amount }) => `${date} ${amount}`);

function parsedOrRefused(bytes: Buffer): ParsedFile | undefined {
  try {
    const parsed = parseFile(bytes, NAME);
    expect(parsed.rows).toBe(parsed.entries.length + parsed.ignored.length + parsed.rejected.length);
    for (const { line: at, cells } of parsed.rejected)
      expect([at > 0, cells.length > 0]).toEqual([true, true]);
    return parsed;
  } catch (error) {
    if (!(error instanceof MillraceError)) throw error;
    expect([error.code, error.where]).toEqual(['file_unreadable', expect.stringContaining(NAME)]);
    return undefined;
  }
}

test('what is written is read back to the cent, in every layout and encoding', () => {
  fc.assert(
    fc.property(statement, fc.constantFrom('gb18030', 'utf-8', 'utf-16le'), (given, encoding) => {
      const parsed = parseFile(fileOf(given, encoding), NAME);
      expect([parsed.layout, parsed.rejected, told(parsed)]).toEqual([given.layout, [], wanted(given)]);
    }),
    { numRuns: 150 },
  );
});

test('columns may stand in any order', () => {
  fc.assert(
    fc.property(statement, fc.array(fc.nat(), { minLength: 40, maxLength: 40 }), (given, order) => {
      const rows = rowsOf(
        fileOf(given)
          .toString('utf8')
          .replace(/^\ufeff/, ''),
      );
      const width = Math.max(...rows.map(({ cells }) => cells.length));
      const columns = Array.from({ length: width }, (_, index) => index).sort(
        (one, other) => (order[one] ?? 0) - (order[other] ?? 0),
      );
      const text = rows
        .map(({ cells }) => (cells.length < width ? cells : columns.map((column) => cells[column] ?? '')))
        .map((cells) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(','))
        .join('\r\n');
      const parsed = parseFile(Buffer.from(`${text}\r\n`), NAME);
      expect([parsed.rejected, told(parsed)]).toEqual([[], wanted(given)]);
    }),
    { numRuns: 100 },
  );
});

test('a file that is cut anywhere gives whole lines, a rejected one, or a reason', () => {
  fc.assert(
    fc.property(statement, fc.double({ min: 0, max: 1, noNaN: true }), (given, share) => {
      const whole = fileOf(given, 'gb18030');
      const parsed = parsedOrRefused(whole.subarray(0, Math.floor(whole.length * share)));
      expect(wanted(given).slice(0, parsed?.entries.length ?? 0)).toEqual(parsed ? told(parsed) : []);
    }),
    { numRuns: 250 },
  );
});

test('bytes that were changed, and files that are no statements, never end in anything but a reason', () => {
  const change = fc.record({ at: fc.nat(), byte: fc.integer({ min: 0, max: 255 }) });
  fc.assert(
    fc.property(statement, fc.array(change, { maxLength: 8 }), (given, changes) => {
      const bytes = fileOf(given, 'gb18030');
      for (const { at, byte } of changes) bytes[at % bytes.length] = byte;
      parsedOrRefused(bytes);
    }),
    { numRuns: 150 },
  );
  const heads = [
    '',
    'PK\u0003\u0004',
    '\u00d0\u00cf\u0011\u00e0',
    '<html><table>',
    '<?xml version="1.0"?><Document>',
    ':20:X\r\n:61:',
    '\u00ff\u00fe',
    '\u00ef\u00bb\u00bf',
  ];
  fc.assert(
    fc.property(fc.constantFrom(...heads), fc.uint8Array({ maxLength: 300 }), (head, rest) => {
      parsedOrRefused(Buffer.concat([Buffer.from(head, 'latin1'), rest]));
    }),
    { numRuns: 150 },
  );
});

test('amounts as people write them are read exactly or not at all', () => {
  const digit = fc.constantFrom(...'0123456789０１９,.，．-+()（）￥ 元'.split(''));
  fc.assert(
    fc.property(fc.string({ unit: digit, minLength: 1, maxLength: 10 }), (cell) => {
      const bytes = encodeGb18030(
        `交易日期,摘要,对方户名,借贷标志,交易金额\r\n2026-01-05,货款,甲,贷,"${cell}"\r\n`,
      );
      const parsed = parsedOrRefused(bytes);
      for (const { amount } of parsed?.entries ?? []) {
        const digits = (text: string) => text.normalize('NFKC').replace(/\D/g, '');
        expect(digits(amount)).toBe(asCents(cell));
      }
    }),
    { numRuns: 250 },
  );
});

/** A second method: the digits alone, the point's place by counting from the right. */
function asCents(cell: string): string {
  const [whole = '', fraction = ''] = cell
    .normalize('NFKC')
    .replace(/[^\d.]/g, '')
    .split('.');
  return `${whole.replace(/^0+(?=\d)/, '')}${fraction.replace(/0+$/, '').padEnd(2, '0')}`;
}
