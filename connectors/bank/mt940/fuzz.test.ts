import fc from 'fast-check';
import { MillraceError } from '../../kit';
import { isSameAmount, negated, sumOf } from '../decimal';
import type { ParsedFile } from '../parsed';
import { parseMt940 } from './parseMt940';

/** A file of statements that balance, and what is in it. */
interface Truth {
  text: string;
  /** Signed amounts in their order. */
  amounts: string[];
}

/** A share of the file; of whole numbers, because doubles crowd near zero. */
const place = fc.integer({ min: 0, max: 999_999 }).map((part) => part / 1_000_000);

const cents = (value: number) => `${Math.floor(value / 100)}.${String(value % 100).padStart(2, '0')}`;
const comma = (amount: string) =>
  amount
    .replace('-', '')
    .replace('.', ',')
    .replace(/,00$/, ',')
    .replace(/(,\d)0$/, '$1');
const mark = (amount: string) => (amount.startsWith('-') ? 'D' : 'C');

const booking = fc.record({
  cents: fc.integer({ min: 0, max: 99_999_999_99 }),
  isIn: fc.boolean(),
  isReversal: fc.boolean(),
  hasEntryDate: fc.boolean(),
  text: fc.constantFrom(
    '',
    ':86:166?00GUTSCHRIFT?20SVWZ+Rechnung 12,50?32Müller\n',
    ':86:/TRTP/SEPA/NAME/JANSEN/REMI/A 1,00\n',
    ':86:Virement\n-12,50 de\n',
  ),
});

const statements = fc
  .array(fc.tuple(fc.integer({ min: -1_000_000, max: 1_000_000 }), fc.array(booking, { maxLength: 6 })), {
    minLength: 1,
    maxLength: 3,
  })
  .map((messages): Truth => {
    const all: string[] = [];
    const texts = messages.map(([start, bookings], index) => {
      const opening = start < 0 ? `-${cents(-start)}` : cents(start);
      const amounts = bookings.map((each) => (each.isIn ? cents(each.cents) : negated(cents(each.cents))));
      all.push(...amounts);
      const lines = bookings.map(({ isIn, isReversal, hasEntryDate, text, cents: size }) => {
        const sign = isReversal ? `R${isIn ? 'D' : 'C'}` : isIn ? 'C' : 'D';
        return `:61:260302${hasEntryDate ? '0302' : ''}${sign}${comma(cents(size))}NTRFREF//${index}\n${text}`;
      });
      const closing = sumOf([opening, ...amounts]);
      return `:20:X${index}\n:25:ACCOUNT${index}\n:28C:${index + 1}/1\n:60F:${mark(opening)}260301EUR${comma(opening)}\n${lines.join('')}:62F:${mark(closing)}260302EUR${comma(closing)}\n-\n`;
    });
    return { text: texts.join(''), amounts: all };
  });

/** The file, or undefined for the only error it may throw. */
function attempt(bytes: Buffer): ParsedFile | undefined {
  try {
    return parseMt940(bytes, 'fuzz.sta');
  } catch (error) {
    if (error instanceof MillraceError && error.code === 'file_unreadable' && /line \d+/.test(error.where))
      return undefined;
    throw error;
  }
}

const amountsOf = (parsed: ParsedFile) => parsed.entries.map(({ amount }) => amount);
const isSilent = ({ notes, rejected, ignored }: ParsedFile) =>
  (notes ?? []).length + rejected.length + ignored.length === 0;

/** Each statement with both balances and no word about it adds up. */
function expectBalanced(parsed: ParsedFile): void {
  if (!isSilent(parsed)) return;
  parsed.statements.forEach(({ opening, closing }, index) => {
    if (opening === null || closing === null) return;
    const own = parsed.entries.filter((entry) => entry.statement === index).map(({ amount }) => amount);
    expect(isSameAmount(sumOf([opening, ...own]), closing)).toBe(true);
  });
}

test('whole files give exactly their amounts, in any line end and encoding', () => {
  const coded = fc.constantFrom(
    (text: string) => Buffer.from(text),
    (text: string) => Buffer.from(text.replaceAll('\n', '\r\n'), 'latin1'),
    (text: string) => Buffer.from(`\ufeff${text.replaceAll('\n', '\r')}`, 'utf16le'),
    (text: string) => Buffer.from(`{1:F01}{2:I940}{4:\n${text.slice(0, -2)}-}{5:}\n`),
  );
  fc.assert(
    fc.property(statements, coded, ({ text, amounts }, encode) => {
      const parsed = attempt(encode(text));
      expect(parsed && amountsOf(parsed)).toEqual(amounts);
      expect([parsed?.notes, parsed?.rejected]).toEqual([[], []]);
    }),
    { numRuns: 100 },
  );
});

test('a file cut off anywhere gives its first lines as they are, or an error with its line', () => {
  fc.assert(
    fc.property(statements, place, ({ text, amounts }, share) => {
      const parsed = attempt(Buffer.from(text).subarray(0, Math.floor(Buffer.byteLength(text) * share)));
      if (!parsed) return;
      expect(amountsOf(parsed)).toEqual(amounts.slice(0, parsed.entries.length));
      expectBalanced(parsed);
    }),
    { numRuns: 250 },
  );
});

test('a changed, lost or added byte never changes an amount in silence', () => {
  const change = fc.record({
    at: place,
    kind: fc.constantFrom('change', 'drop', 'add'),
    byte: fc.oneof(
      fc.integer({ min: 0, max: 255 }),
      fc.constantFrom(...Buffer.from('0123456789,.CDR:-\n\r {}')),
    ),
  });
  fc.assert(
    fc.property(statements, change, ({ text, amounts }, { at, kind, byte }) => {
      const bytes = Buffer.from(text);
      const index = Math.min(Math.floor(bytes.length * at), bytes.length - 1);
      const behind = bytes.subarray(kind === 'add' ? index : index + 1);
      const parsed = attempt(
        Buffer.concat([bytes.subarray(0, index), ...(kind === 'drop' ? [] : [Buffer.from([byte])]), behind]),
      );
      if (!parsed) return;
      if (isSilent(parsed)) expect(amountsOf(parsed)).toEqual(amounts);
      expectBalanced(parsed);
    }),
    { numRuns: 800 },
  );
});

test('bytes without sense never crash or hang', () => {
  const piece = fc.constantFrom(
    ':20:',
    ':25:A',
    ':61:',
    ':86:',
    ':60F:C260301EUR1,',
    ':62F:',
    '\n',
    '-\n',
    '{4:',
    '?20',
    '/REMI/',
    '2603020302',
    'C1,NTRF',
  );
  const text = fc
    .array(fc.oneof(piece, fc.string({ maxLength: 8 })), { maxLength: 40 })
    .map((parts) => Buffer.from(parts.join('')));
  fc.assert(
    fc.property(fc.oneof(text, fc.uint8Array({ maxLength: 200 }).map(Buffer.from)), (bytes) => {
      const parsed = attempt(bytes);
      if (parsed)
        expect(parsed.rows).toBe(parsed.entries.length + parsed.ignored.length + parsed.rejected.length);
    }),
    { numRuns: 300 },
  );
});

test('long rows of one sign take no longer than their length', () => {
  const long = 100_000;
  const texts = ['/', ' ', '?', '?20', '-\n', '\u0001', '1', ';', '/NAME/', 'OD: '].map(
    (sign) => `x${sign.repeat(long)}x`,
  );
  for (const text of texts) {
    const lines = `:61:2603020302C1,NTRF${text}\n:86:/REMI/${text}\n:86:OD: ${text}\n`;
    const whole = `:20:X\n:25:A\n:60F:C260301EUR1,\n${lines}:62F:C260302EUR2,\n`;
    expect(attempt(Buffer.from(whole))?.entries.map(({ amount }) => amount)).toEqual(['1.00']);
  }
});
