import { MillraceError } from '../../kit';
import type { ParsedFile } from '../parsed';
import { isCamt, parseCamt } from './parseCamt';

const ENTRY = `<Ntry><Amt Ccy="EUR">100.50</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2026-03-02</Dt></BookgDt><ValDt><Dt>2026-03-03</Dt></ValDt><AcctSvcrRef>R1</AcctSvcrRef></Ntry>`;
const ACCOUNT = '<Acct><Id><IBAN>DE02 1203 0000 0000 2020 51</IBAN></Id><Ccy>EUR</Ccy></Acct>';

const balance = (code: string, amount: string, date: string, mark = 'CRDT') =>
  `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">${amount}</Amt><CdtDbtInd>${mark}</CdtDbtInd><Dt><Dt>${date}</Dt></Dt></Bal>`;

const statement = (inner: string, id = 'S1') => `<Stmt><Id>${id}</Id>${ACCOUNT}${inner}</Stmt>`;

const document = (inner: string, version = '053.001.02', tag = 'BkToCstmrStmt') =>
  `<?xml version="1.0"?>\n<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.${version}">\n<${tag}>\n${inner}\n</${tag}></Document>`;

const parse = (xml: string | Buffer): ParsedFile => parseCamt(Buffer.from(xml as string), 'bank.xml');
const ofEntry = (entry: string): ParsedFile => parse(document(statement(entry)));
const swapped = (...pairs: [string, string][]) =>
  pairs.reduce((xml, [from, to]) => xml.replace(from, to), ENTRY);

function errorOf(xml: string | Buffer): MillraceError {
  try {
    parse(xml);
  } catch (error) {
    if (error instanceof MillraceError) return error;
    throw error;
  }
  throw new Error('it was read');
}

describe('an entry', () => {
  test('is a line with both dates, the account without blanks and the bank reference', () => {
    expect(ofEntry(ENTRY).entries).toEqual([
      expect.objectContaining({
        line: 4,
        account: 'DE02120300000000202051',
        date: '2026-03-02',
        valueDate: '2026-03-03',
        amount: '100.50',
        currency: 'EUR',
        bankReference: 'R1',
      }),
    ]);
  });

  test.each`
    case                                   | from                               | to                                | amount
    ${'a debit is negative'}               | ${'CRDT'}                          | ${'DBIT'}                         | ${'-100.50'}
    ${'a reversal has the mark of itself'} | ${'<Sts>'}                         | ${'<RvslInd>true</RvslInd><Sts>'} | ${'100.50'}
    ${'five decimals'}                     | ${'>100.50<'}                      | ${'>100.50000<'}                  | ${'100.50'}
    ${'three decimals of a dinar'}         | ${'"EUR">100.50<'}                 | ${'"KWD">100.505<'}               | ${'100.505'}
    ${'no decimals of a yen'}              | ${'"EUR">100.50<'}                 | ${'"JPY">100<'}                   | ${'100.00'}
    ${'zero has no sign'}                  | ${'>100.50</Amt><CdtDbtInd>CRDT<'} | ${'>0</Amt><CdtDbtInd>DBIT<'}     | ${'0.00'}
    ${'digits no number of the CPU holds'} | ${'>100.50<'}                      | ${'>9007199254740993.01<'}        | ${'9007199254740993.01'}
    ${'a status as a code (version 08)'}   | ${'<Sts>BOOK</Sts>'}               | ${'<Sts><Cd>BOOK</Cd></Sts>'}     | ${'100.50'}
    ${'an amount in CDATA'}                | ${'>100.50<'}                      | ${'><![CDATA[100.50]]><'}         | ${'100.50'}
    ${'an amount written with numbers'}    | ${'>100.50<'}                      | ${'>&#49;00.50<'}                 | ${'100.50'}
  `('$case', ({ from, to, amount }: { from: string; to: string; amount: string }) => {
    expect(ofEntry(swapped([from, to])).entries.map((entry) => entry.amount)).toEqual([amount]);
  });

  test.each`
    case                           | from                             | to                                     | why
    ${'a minus before the amount'} | ${'>100.50<'}                    | ${'>-100.50<'}                         | ${'amount'}
    ${'a decimal comma'}           | ${'>100.50<'}                    | ${'>100,50<'}                          | ${'amount'}
    ${'an exponent'}               | ${'>100.50<'}                    | ${'>1E2<'}                             | ${'amount'}
    ${'two amounts'}               | ${'<CdtDbtInd>'}                 | ${'<Amt Ccy="EUR">5</Amt><CdtDbtInd>'} | ${'amount'}
    ${'more digits than fit'}      | ${'>100.50<'}                    | ${'>12345678901234567.00<'}            | ${'amount'}
    ${'no direction'}              | ${'<CdtDbtInd>CRDT</CdtDbtInd>'} | ${''}                                  | ${'direction'}
    ${'a day that does not exist'} | ${'2026-03-02'}                  | ${'2026-02-30'}                        | ${'date'}
    ${'a status of the bank'}      | ${'<Sts>BOOK</Sts>'}             | ${'<Sts><Prtry>OK</Prtry></Sts>'}      | ${'status'}
    ${'no currency that is one'}   | ${'"EUR"'}                       | ${'"eur"'}                             | ${'currency'}
  `('$case is rejected, not guessed', ({ from, to, why }: { from: string; to: string; why: string }) => {
    const { entries, rejected, rows } = ofEntry(swapped([from, to]));
    expect({ entries, rejected: rejected.map((row) => [row.line, row.why]), rows }).toEqual({
      entries: [],
      rejected: [[4, why]],
      rows: 1,
    });
  });

  test('takes the currency of the account where its own is missing, and says so', () => {
    const { entries, notes } = ofEntry(swapped([' Ccy="EUR"', '']));
    expect([entries[0]?.currency, notes]).toEqual([
      'EUR',
      [{ line: 4, text: 'has no currency: taken as EUR' }],
    ]);
  });

  test('counts only when it is booked; others are named', () => {
    const pending = swapped(['BOOK', 'PDNG']);
    const information = swapped(['<Sts>BOOK</Sts>', '<Sts><Cd>INFO</Cd></Sts>'], ['CRDT', 'DBIT']);
    expect(ofEntry(`${pending}${information}${ENTRY}`)).toMatchObject({
      rows: 3,
      entries: [{ amount: '100.50' }],
      ignored: [
        { line: 4, name: 'pending entry (PDNG) of 100.50 EUR' },
        { line: 4, name: 'entry for information (INFO) of -100.50 EUR' },
      ],
    });
  });

  test.each([
    ['2026-03-02+02:00', '2026-03-02'],
    ['2026-03-02Z', '2026-03-02'],
  ])('keeps the day that is written in %s', (written, date) => {
    expect(ofEntry(swapped(['2026-03-02', written])).entries[0]?.date).toBe(date);
  });

  test('keeps the day of a time near midnight, whatever its zone', () => {
    const late = swapped(['<Dt>2026-03-02</Dt>', '<DtTm>2026-03-02T23:59:00.000-05:00</DtTm>']);
    expect(ofEntry(late).entries[0]).toMatchObject({ date: '2026-03-02', time: '23:59:00' });
  });

  test('without a booking date has the value date; a statement without any is rejected', () => {
    const booking = '<BookgDt><Dt>2026-03-02</Dt></BookgDt>';
    expect(ofEntry(swapped([booking, ''])).entries[0]?.date).toBe('2026-03-03');
    const none = ofEntry(swapped([booking, ''], ['<ValDt><Dt>2026-03-03</Dt></ValDt>', '']));
    expect(none.rejected.map(({ why }) => why)).toEqual(['date']);
  });
});

describe('the other side', () => {
  const withParties = (parties: string, more = '') =>
    swapped([
      '</Ntry>',
      `<NtryDtls><TxDtls><RltdPties>${parties}</RltdPties>${more}</TxDtls></NtryDtls></Ntry>`,
    ]);
  const BOTH =
    '<Dbtr><Nm>Payer &amp; Söhne</Nm></Dbtr><DbtrAcct><Id><IBAN>DE89370400440532013000</IBAN></Id></DbtrAcct><Cdtr><Pty><Nm>Payee</Nm></Pty></Cdtr><CdtrAcct><Id><Othr><Id>77 88</Id></Othr></Id></CdtrAcct>';

  test.each`
    case                                     | change                                       | name               | account
    ${'of money in: the debtor'}             | ${['x', 'x']}                                | ${'Payer & Söhne'} | ${'DE89370400440532013000'}
    ${'of money out: the creditor'}          | ${['CRDT', 'DBIT']}                          | ${'Payee'}         | ${'7788'}
    ${'of a debit given back: the creditor'} | ${['<Sts>', '<RvslInd>true</RvslInd><Sts>']} | ${'Payee'}         | ${'7788'}
  `('$case', ({ change, name, account }: { change: [string, string]; name: string; account: string }) => {
    const entry = withParties(BOTH).replace(...change);
    expect(ofEntry(entry).entries[0]).toMatchObject({ counterpartyName: name, counterpartyAccount: account });
  });

  test('is never ourselves in the wrong role', () => {
    const own = '<Cdtr><Nm>We</Nm></Cdtr><CdtrAcct><Id><IBAN>DE02120300000000202051</IBAN></Id></CdtrAcct>';
    expect(ofEntry(withParties(own)).entries[0]).toMatchObject({
      counterpartyName: null,
      counterpartyAccount: null,
    });
  });

  test('says what it pays: free text, structured references and the end-to-end id', () => {
    const more =
      '<Refs><EndToEndId>E2E-7</EndToEndId></Refs><RmtInf><Ustrd>Invoice 12,</Ustrd><Ustrd>13</Ustrd><Strd><RfrdDocInf><Nb>INV-9</Nb></RfrdDocInf><CdtrRefInf><Ref>RF18539007547034</Ref></CdtrRefInf></Strd></RmtInf>';
    expect(ofEntry(withParties(BOTH, more)).entries[0]).toMatchObject({
      remark: 'Invoice 12, 13 RF18539007547034 INV-9',
      reference: 'E2E-7',
    });
  });
});

describe('a batch', () => {
  const payment = (amount: string, name: string) =>
    `<TxDtls><Amt Ccy="EUR">${amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd><RltdPties><Dbtr><Nm>${name}</Nm></Dbtr></RltdPties></TxDtls>`;
  const batch = (...payments: string[]) =>
    swapped(['</Ntry>', `<NtryDtls>${payments.join('')}</NtryDtls></Ntry>`]);

  test('stays the one line that the bank booked, with its payments', () => {
    const { entries, notes } = ofEntry(batch(payment('60.25', 'One'), payment('40.25', 'Two')));
    expect(entries).toHaveLength(1);
    expect(entries[0]).toMatchObject({ amount: '100.50', counterpartyName: null });
    expect(entries[0]?.details.map(({ amount, counterpartyName }) => [amount, counterpartyName])).toEqual([
      ['60.25', 'One'],
      ['40.25', 'Two'],
    ]);
    expect(notes).toEqual([]);
  });

  test('whose payments do not add up is told, and its amount is the one booked', () => {
    const { entries, notes } = ofEntry(batch(payment('60.25', 'One'), payment('40.24', 'One')));
    expect(entries[0]).toMatchObject({ amount: '100.50', counterpartyName: 'One' });
    expect(notes).toEqual([{ line: 4, text: 'its 2 payments add up to 100.49, the bank booked 100.50' }]);
  });
});

describe('a statement', () => {
  test.each`
    case                              | balances                                                            | opening    | closing
    ${'OPBD and CLBD'}                | ${[['OPBD', '10', '2026-03-01'], ['CLBD', '110.50', '2026-03-02']]} | ${'10.00'} | ${'110.50'}
    ${'PRCD for OPBD'}                | ${[['PRCD', '10', '2026-03-01'], ['CLBD', '110.50', '2026-03-02']]} | ${'10.00'} | ${'110.50'}
    ${'a first page'}                 | ${[['OPBD', '10', '2026-03-01'], ['ITBD', '110.50', '2026-03-02']]} | ${'10.00'} | ${'110.50'}
    ${'a page in the middle'}         | ${[['ITBD', '10', '2026-03-01'], ['ITBD', '110.50', '2026-03-02']]} | ${'10.00'} | ${'110.50'}
    ${'a last page'}                  | ${[['ITBD', '10', '2026-03-01'], ['CLBD', '110.50', '2026-03-02']]} | ${'10.00'} | ${'110.50'}
    ${'available money is no matter'} | ${[['OPAV', '1', '2026-03-01'], ['CLAV', '2', '2026-03-02']]}       | ${null}    | ${null}
  `(
    '$case',
    ({
      balances,
      opening,
      closing,
    }: {
      balances: [string, string, string][];
      opening: string;
      closing: string;
    }) => {
      const parsed = ofEntry(`${balances.map((each) => balance(...each)).join('')}${ENTRY}`);
      expect(parsed.statements).toEqual([
        expect.objectContaining({ account: 'DE02120300000000202051', opening, closing }),
      ]);
      expect(parsed.notes).toEqual([]);
    },
  );

  test('that does not balance is read and told, with the difference', () => {
    const parsed = ofEntry(
      `${balance('OPBD', '5', '2026-03-01', 'DBIT')}${balance('CLBD', '100', '2026-03-02')}${ENTRY}`,
    );
    expect(parsed.entries).toHaveLength(1);
    expect(parsed.notes).toEqual([
      {
        line: 4,
        text: 'does not balance: opening -5.00 and its lines give 95.50, closing 100.00, difference 4.50',
      },
    ]);
  });

  test('whose totals name more entries than it holds is told', () => {
    const totals =
      '<TxsSummry><TtlCdtNtries><NbOfNtries>2</NbOfNtries><Sum>100.5</Sum></TtlCdtNtries></TxsSummry>';
    expect(ofEntry(totals + ENTRY).notes).toEqual([
      { line: 4, text: 'states 2 entries of 100.5 (TtlCdtNtries), holds 1 of 100.50' },
    ]);
  });

  test('covers the days after its opening balance', () => {
    const parsed = ofEntry(
      `${balance('PRCD', '0', '2026-02-28')}${balance('CLBD', '100.50', '2026-03-05')}${ENTRY}`,
    );
    expect(parsed.statements[0]).toMatchObject({ from: '2026-03-01', to: '2026-03-05' });
  });

  test('several of a file stay apart; one that stands there twice counts once', () => {
    const one = statement(ENTRY);
    const parsed = parse(document(`${one}\n${statement(ENTRY, 'S2')}\n${one}`));
    expect(parsed.entries.map((entry) => [entry.statement, entry.line])).toEqual([
      [0, 4],
      [1, 5],
    ]);
    expect(parsed.ignored).toEqual([{ line: 6, name: 'repeated statement' }]);
    expect(parsed.rows).toBe(3);
  });

  test('of equal entries keeps each', () => {
    expect(ofEntry(ENTRY + ENTRY).entries).toHaveLength(2);
  });

  test('without an account rejects its entries, unless the connection names one', () => {
    const xml = Buffer.from(document(statement(ENTRY).replace(ACCOUNT, '')));
    expect(parseCamt(xml, 'x.xml').rejected.map(({ why }) => why)).toEqual(['account']);
    expect(parseCamt(xml, 'x.xml', { account: '42' }).entries[0]).toMatchObject({ account: '42' });
  });
});

describe('a message', () => {
  test.each(['001.01', '001.02', '001.04', '001.08', '001.13'])('of version %s', (version) => {
    const { layout, entries } = parse(document(statement(ENTRY), `053.${version}`));
    expect([layout, entries.length]).toEqual([`camt.053.${version}`, 1]);
  });

  test.each`
    kind     | tag                        | inner
    ${'052'} | ${'BkToCstmrAcctRpt'}      | ${'Rpt'}
    ${'054'} | ${'BkToCstmrDbtCdtNtfctn'} | ${'Ntfctn'}
  `('camt.$kind', ({ kind, tag, inner }: { kind: string; tag: string; inner: string }) => {
    const xml = document(statement(ENTRY).replaceAll('Stmt>', `${inner}>`), `${kind}.001.04`, tag);
    expect(parse(xml)).toMatchObject({ layout: `camt.${kind}.001.04`, entries: [{ amount: '100.50' }] });
  });

  test('with a prefix for its namespace, inside an envelope', () => {
    const xml = `<e:Envelope xmlns:e="urn:any" xmlns:c="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><e:Body><c:Document><c:BkToCstmrStmt>${statement(ENTRY).replace(/<(\/?)(\w)/g, '<$1c:$2')}</c:BkToCstmrStmt></c:Document></e:Body></e:Envelope>`;
    expect(parse(xml)).toMatchObject({ layout: 'camt.053.001.08', entries: [{ amount: '100.50' }] });
  });

  test.each`
    case                      | declared        | bytes
    ${'ISO-8859-1'}           | ${'ISO-8859-1'} | ${(xml: string) => Buffer.from(xml, 'latin1')}
    ${'UTF-8 with its mark'}  | ${'UTF-8'}      | ${(xml: string) => Buffer.from(`\ufeff${xml}`)}
    ${'UTF-16 with its mark'} | ${'UTF-16'}     | ${(xml: string) => Buffer.from(`\ufeff${xml}`, 'utf16le')}
  `('in $case', ({ declared, bytes }: { declared: string; bytes: (xml: string) => Buffer }) => {
    const named = swapped(['</Ntry>', '<AddtlNtryInf>Müller</AddtlNtryInf></Ntry>']);
    const xml = document(statement(named)).replace('"1.0"', `"1.0" encoding="${declared}"`);
    expect(parse(bytes(xml)).entries[0]).toMatchObject({ amount: '100.50', remark: 'Müller' });
  });

  const bomb = '<!DOCTYPE a [<!ENTITY b "1000000"><!ENTITY c SYSTEM "file:///etc/passwd">]>\n';
  test.each`
    case                           | xml                                                                                                  | line | problem
    ${'declares entities'}         | ${document(statement(ENTRY)).replace('<Document', `${bomb}<Document`)}                               | ${2} | ${/DOCTYPE/}
    ${'is nested without end'}     | ${document(statement('<a>'.repeat(10_000)))}                                                         | ${4} | ${/deeper than 64/}
    ${'is cut off in an entry'}    | ${document(statement(ENTRY)).slice(0, -90)}                                                          | ${4} | ${/cut off/}
    ${'is cut off in a tag'}       | ${document(statement(ENTRY)).slice(0, -3)}                                                           | ${5} | ${/cut off/}
    ${'is not well nested'}        | ${document(statement(ENTRY)).replace('</Sts>', '</St>')}                                             | ${4} | ${/<\/St> closes <Sts>/}
    ${'is a payment order'}        | ${'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.03"><CstmrCdtTrfInitn/></Document>'} | ${1} | ${/pain\.001.* holds no statement/}
    ${'has another namespace'}     | ${document(statement(ENTRY)).replace('tech:xsd:camt.053', 'tech:xsd:pain.002')}                      | ${3} | ${/is not CAMT/}
    ${'has an unknown version'}    | ${document(statement(ENTRY), '053.001.99')}                                                          | ${3} | ${/camt\.053\.001\.99.*is not CAMT/}
    ${'holds no statement'}        | ${document('<GrpHdr/>')}                                                                             | ${3} | ${/holds no statement/}
    ${'is no XML'}                 | ${'Buchungstag;Betrag'}                                                                              | ${1} | ${/is no XML/}
    ${'is not in its encoding'}    | ${Buffer.from(document(statement(`<AddtlStmtInf>ü</AddtlStmtInf>${ENTRY}`)), 'latin1')}              | ${4} | ${/is not utf-8 text/}
    ${'names an unknown encoding'} | ${document('').replace('"1.0"', '"1.0" encoding="klingon"')}                                         | ${1} | ${/encoding klingon is not known/}
  `(
    'that $case is refused with file, line and cause',
    ({ xml, line, problem }: { xml: string; line: number; problem: RegExp }) => {
      const error = errorOf(xml);
      expect([error.code, error.where]).toEqual(['file_unreadable', `file bank.xml, line ${line}`]);
      expect(error.what).toMatch(problem);
    },
  );

  test.each([
    [document(''), true],
    ['\ufeff  <c:Document xmlns:c="urn:x">', true],
    ['ÿþ<?xml version="1.0"?><Document>', true], // UTF-16 without its zeros
    ['<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.03">', true],
    ['<html><table><tr><td>Document</td></tr></table>', false],
    ['<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">', false],
    ['camt.053;1;2', false],
  ])('is told by its beginning: %s', (head, expected) => {
    expect(isCamt(head)).toBe(expected);
  });
});
