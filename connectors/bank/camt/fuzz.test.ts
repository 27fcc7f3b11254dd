import fc from 'fast-check';
import { MillraceError } from '../../kit';
import { isSameAmount, negated, sumOf } from '../decimal';
import type { ParsedFile } from '../parsed';
import { parseCamt } from './parseCamt';

interface Truth {
  text: string;
  amounts: string[];
}

/** A share of the file; of whole numbers, because doubles crowd near zero. */
const place = fc.integer({ min: 0, max: 999_999 }).map((part) => part / 1_000_000);

const cents = (value: number) => `${Math.floor(value / 100)}.${String(value % 100).padStart(2, '0')}`;
const indicator = (amount: string) => `<CdtDbtInd>${amount.startsWith('-') ? 'DBIT' : 'CRDT'}</CdtDbtInd>`;
const money = (amount: string, zeros: string) =>
  `<Amt Ccy="EUR">${amount.replace('-', '')}${zeros}</Amt>${indicator(amount)}`;
const balance = (code: string, amount: string) =>
  `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp>${money(amount, '')}<Dt><Dt>2026-03-02</Dt></Dt></Bal>`;

const booking = fc.record({
  cents: fc.integer({ min: 0, max: 99_999_999_99 }),
  isIn: fc.boolean(),
  zeros: fc.constantFrom('', '000'),
  status: fc.constantFrom('<Sts>BOOK</Sts>', '<Sts><Cd>BOOK</Cd></Sts>'),
  text: fc.constantFrom(
    '',
    '<NtryDtls><TxDtls><RmtInf><Ustrd>Müller &amp; 12.50</Ustrd></RmtInf></TxDtls></NtryDtls>',
  ),
});

const statements = fc
  .array(fc.tuple(fc.integer({ min: -1_000_000, max: 1_000_000 }), fc.array(booking, { maxLength: 5 })), {
    minLength: 1,
    maxLength: 3,
  })
  .map((parts): Truth => {
    const all: string[] = [];
    const texts = parts.map(([start, bookings], index) => {
      const opening = start < 0 ? `-${cents(-start)}` : cents(start);
      const amounts = bookings.map((each) => (each.isIn ? cents(each.cents) : negated(cents(each.cents))));
      all.push(...amounts);
      const entries = bookings.map(
        ({ zeros, status, text }, row) =>
          `<Ntry>${money(amounts[row] ?? '', zeros)}${status}<BookgDt><Dt>2026-03-02</Dt></BookgDt>${text}</Ntry>\n`,
      );
      const closing = sumOf([opening, ...amounts]);
      return `<Stmt><Id>S${index}</Id><Acct><Id><Othr><Id>A${index}</Id></Othr></Id><Ccy>EUR</Ccy></Acct>${balance('OPBD', opening)}${balance('CLBD', closing)}\n${entries.join('')}</Stmt>`;
    });
    const text = `<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.04"><BkToCstmrStmt>${texts.join('\n')}</BkToCstmrStmt></Document>`;
    return { text, amounts: all };
  });

function attempt(bytes: Buffer): ParsedFile | undefined {
  try {
    return parseCamt(bytes, 'fuzz.xml');
  } catch (error) {
    if (error instanceof MillraceError && error.code === 'file_unreadable' && /line \d+/.test(error.where))
      return undefined;
    throw error;
  }
}

const amountsOf = (parsed: ParsedFile) => parsed.entries.map(({ amount }) => amount);
const isSilent = ({ notes, rejected, ignored }: ParsedFile) =>
  (notes ?? []).length + rejected.length + ignored.length === 0;

test('whole files give exactly their amounts, in any encoding', () => {
  const coded = fc.constantFrom(
    (text: string) => Buffer.from(text),
    (text: string) => Buffer.from(text.replace('UTF-8', 'ISO-8859-1'), 'latin1'),
    (text: string) => Buffer.from(`\ufeff${text.replace('UTF-8', 'UTF-16')}`, 'utf16le'),
    (text: string) => Buffer.from(text.replaceAll('\n', '\r\n')),
  );
  fc.assert(
    fc.property(statements, coded, ({ text, amounts }, encode) => {
      const parsed = attempt(encode(text));
      expect(parsed && amountsOf(parsed)).toEqual(amounts);
      expect([parsed?.notes, parsed?.rejected]).toEqual([[], []]);
    }),
    { numRuns: 50 },
  );
});

test('a file cut off anywhere is refused', () => {
  fc.assert(
    fc.property(statements, place, ({ text }, share) => {
      expect(
        attempt(Buffer.from(text).subarray(0, Math.floor(Buffer.byteLength(text) * share))),
      ).toBeUndefined();
    }),
    { numRuns: 150 },
  );
});

test('a changed, lost or added byte never changes an amount in silence', () => {
  const change = fc.record({
    at: place,
    kind: fc.constantFrom('change', 'drop', 'add'),
    byte: fc.oneof(
      fc.integer({ min: 0, max: 255 }),
      fc.constantFrom(...Buffer.from('0123456789.<>/"=&;CD -!')),
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
      if (!parsed || !isSilent(parsed)) return;
      expect(amountsOf(parsed)).toEqual(amounts);
      parsed.statements.forEach(({ opening, closing }, statement) => {
        if (opening === null || closing === null) return;
        const own = parsed.entries
          .filter((entry) => entry.statement === statement)
          .map(({ amount }) => amount);
        expect(isSameAmount(sumOf([opening, ...own]), closing)).toBe(true);
      });
    }),
    { numRuns: 500 },
  );
});

test('tags without sense never crash or hang', () => {
  const piece = fc.constantFrom(
    '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02">',
    '<BkToCstmrStmt>',
    '<Stmt>',
    '<Ntry>',
    '</Ntry>',
    '<Amt Ccy="EUR">',
    '</',
    '<!--',
    ']]>',
    '<![CDATA[',
    '<?',
    '<!DOCTYPE',
    '&#x',
    '&amp;',
    '"',
    '<__proto__>',
    '<constructor>',
    'xmlns:a="',
  );
  const text = fc
    .array(fc.oneof(piece, fc.string({ maxLength: 8 })), { maxLength: 40 })
    .map((parts) => Buffer.from(parts.join('')));
  fc.assert(
    fc.property(
      fc.oneof(text, fc.uint8Array({ maxLength: 200 }).map(Buffer.from)),
      (bytes) => attempt(bytes) === undefined || true,
    ),
    {
      numRuns: 300,
    },
  );
});
