import { type GivenEvent, givenOnce } from './given';
import {
  allocation,
  document,
  line,
  loaded,
  merge,
  of,
  people,
  type Records,
  receipt,
  statement,
} from './records';

/** Collections and the link between receipts and bank lines: METRICS 3.3, 5.3; expected values by hand from that page. */
const builtOnce = (entities: Records) => givenOnce({ today: '2025-05-10', entities });

describe('collections (METRICS 5.3)', () => {
  const rows = builtOnce(
    merge(
      of('a bill', {
        receipt: [receipt('r1', '2025-03-12', '100000', { method: 'bank_bill', bank_reference: 'BILL-77' })],
        bank_transaction: [
          line('l1', '2025-04-20', '99200', {
            counterparty_name: '某银行',
            category: 'other',
            reference: 'BILL-77',
          }),
        ],
      }),
      of('a commercial bill', {
        receipt: [
          receipt('r2', '2025-03-12', '800', { method: 'commercial_bill', bank_reference: 'BILL-78' }),
        ],
        bank_transaction: [line('l2', '2025-04-21', '800', { reference: 'BILL-78' })],
      }),
      of('all sorts of lines', {
        bank_transaction: [
          line('l3', '2025-04-01', '500'),
          line('l4', '2025-04-02', '900', { category: 'internal' }),
          line('l5', '2025-04-03', '1.50', { category: 'interest' }),
          line('l6', '2025-04-04', '70', { category: null, counterparty_name: '不认识的人' }),
          line('l7', '2025-04-05', '-20', { category: 'refund' }),
          line('l8', '2025-04-06', '-300', { category: 'supplier' }),
        ],
      }),
      of('without lines', {
        receipt: [
          receipt('r3', '2025-04-10', '10'), // loaded, so it has not arrived
          receipt('r4', '2025-04-18', '20'), // account a2 is not loaded
          receipt('r5', '2025-04-12', '40'), // a Saturday, and the Monday after is loaded
          receipt('r6', '2025-03-20', '80'), // before the first file
        ],
      }),
      { bank_coverage: [loaded('2025-04-01', '2025-04-30'), loaded('2025-04-01', '2025-04-17', 'a2')] },
    ),
  );

  test.each`
    customer                | expected
    ${'a bill'}             | ${['2025-03 bank_bill 100000.00 0.00', '2025-04 bank_line 0.00 99200.00']}
    ${'a commercial bill'}  | ${['2025-04 bank_line 800.00 800.00']}
    ${'all sorts of lines'} | ${['2025-04 bank_line 500.00 500.00', '2025-04 refund -20.00 -20.00']}
    ${'without lines'}      | ${['2025-03 receipt_without_bank 80.00 80.00', '2025-04 receipt_without_bank 20.00 20.00']}
  `('COL-1 and COL-2 of $customer', async ({ customer, expected }) => {
    const found = await rows(`
      select month || ' ' || kind || ' ' || amount_cny || ' ' || cash_amount_cny as event
      from marts.collection where customer_name = '${customer}' order by 1`);
    expect(found.map((row) => row.event)).toEqual(expected);
  });

  test('an unknown payer stays in, without a customer', async () => {
    const found = await rows(
      'select amount_cny, rls_owner, rls_region from marts.collection where customer_id is null',
    );
    expect(found).toEqual([{ amount_cny: '70.00', rls_owner: 'unassigned', rls_region: 'unassigned' }]);
  });
});

describe('receipt and bank line (METRICS 3.3, APP-6)', () => {
  const reference = (bank_reference: string) => ({ bank_reference });
  const rows = builtOnce(
    merge(
      of('by reference, whoever paid', {
        receipt: [receipt('r1', '2025-04-01', '50', reference('X1'))],
        bank_transaction: [
          line('l1', '2025-04-09', '50', { reference: 'X1', counterparty_name: '代付公司' }),
        ],
      }),
      of('by amount within three days', {
        receipt: [receipt('r2', '2025-04-01', '50')],
        bank_transaction: [line('l2', '2025-04-04', '50')],
      }),
      of('not after four days', {
        receipt: [receipt('r3', '2025-04-01', '50')],
        bank_transaction: [line('l3', '2025-04-05', '50')],
      }),
      of('a tie', {
        receipt: [receipt('r4', '2025-04-01', '50')],
        bank_transaction: [line('l4', '2025-04-01', '50'), line('l5', '2025-04-02', '50')],
      }),
      of('a reference on two lines', {
        receipt: [receipt('r5', '2025-04-01', '50', reference('X5'))],
        bank_transaction: [
          line('l6', '2025-04-09', '50', { reference: 'X5' }),
          line('l7', '2025-04-09', '60', { reference: 'X5' }),
        ],
      }),
      of('what a reference took is no candidate', {
        receipt: [receipt('r6', '2025-04-01', '50', reference('X6')), receipt('r7', '2025-04-01', '50')],
        bank_transaction: [
          line('l8', '2025-04-01', '50', { reference: 'X6' }),
          line('l9', '2025-04-02', '50'),
        ],
      }),
    ),
  );

  test.each`
    customer                                   | expected
    ${'by reference, whoever paid'}            | ${['l1 reference 2025-04-09']}
    ${'by amount within three days'}           | ${['l2 customer_amount 2025-04-04']}
    ${'not after four days'}                   | ${['none 2025-04-01']}
    ${'a tie'}                                 | ${['none 2025-04-01']}
    ${'a reference on two lines'}              | ${['none 2025-04-01']}
    ${'what a reference took is no candidate'} | ${['l8 reference 2025-04-01', 'l9 customer_amount 2025-04-02']}
  `('$customer', async ({ customer, expected }) => {
    const found = await rows(`
      select coalesce(bank_transaction.source_id || ' ' || bank_transaction.match_rule, 'none') || ' ' || receipt.value_date as link
      from core.receipt
      join core.customer on customer.customer_id = receipt.customer_id
      left join core.bank_transaction on bank_transaction.bank_transaction_id = receipt.bank_transaction_id
      where customer.name = '${customer}' order by receipt.receipt_id`);
    expect(found.map((row) => row.link)).toEqual(expected);
  });

  test('a line takes the customer of its receipt', async () => {
    const found = await rows(
      "select customer_id, receipt_id from core.bank_transaction where source_id = 'l1'",
    );
    expect(found).toEqual([{ customer_id: 'erp:by reference, whoever paid', receipt_id: 'erp:r1' }]);
  });
});

describe('what the ERP has not allocated yet goes where the hub has matched it (METRICS 5.4)', () => {
  const matched = (bankLine: string, customer: string, parts: [string, string][]): GivenEvent => ({
    id: `match of ${bankLine}`,
    kind: 'match.confirmed',
    actor: 'finance1',
    subject: `match of ${bankLine}`,
    happenedAt: '2025-05-02 02:00:00',
    body: {
      bank_transaction_id: `bank:${bankLine}`,
      payer_id: `erp:${customer}`,
      rule: 'split',
      score: '80',
      parts: String(parts.length),
      ...Object.fromEntries(
        parts.flatMap(([number, amount], at) => [
          [`customer_${at + 1}`, `erp:${customer}`],
          [`document_${at + 1}`, `erp:${number}`],
          [`item_${at + 1}`, `erp:${number}`],
          [`kind_${at + 1}`, 'cash'],
          [`amount_${at + 1}`, amount],
        ]),
      ),
    },
  });
  const invoices = (letter: string) =>
    ['1', '2', '3'].map((number) => document(`${letter}${number}`, '2025-03-01', '100'));
  const rows = givenOnce({
    today: '2025-05-10',
    entities: merge(
      people,
      of('unknown payer', {
        receivable_document: invoices('U'),
        bank_transaction: [line('l1', '2025-05-02', '100', { counterparty_name: '代付公司' })],
        forecast_statement: [
          statement('s1', '2025-04-10', '60', '2025-05-05', {
            subject_kind: 'document',
            subject_number: 'U2',
          }),
        ],
      }),
      of('not allocated', {
        receivable_document: invoices('N'),
        receipt: [receipt('r2', '2025-05-02', '100', { bank_reference: 'R2' })],
        bank_transaction: [line('l2', '2025-05-02', '100', { reference: 'R2' })],
      }),
      of('allocated in part', {
        receivable_document: invoices('P'),
        receipt: [receipt('r3', '2025-05-02', '100', { bank_reference: 'R3' })],
        bank_transaction: [line('l3', '2025-05-02', '100', { reference: 'R3' })],
        allocation: [allocation('P1', '30', { receipt_ref: 'r3' })],
      }),
      of('allocated otherwise', {
        receivable_document: invoices('O'),
        receipt: [receipt('r4', '2025-05-02', '100', { bank_reference: 'R4' })],
        bank_transaction: [line('l4', '2025-05-02', '100', { reference: 'R4' })],
        allocation: [allocation('O3', '100', { receipt_ref: 'r4' })],
      }),
      { bank_coverage: [loaded('2025-04-01', '2025-05-10')] },
    ),
    events: [
      matched('l1', 'unknown payer', [
        ['U1', '55.00'],
        ['U2', '45.00'],
      ]),
      matched('l2', 'not allocated', [['N2', '80.00']]),
      matched('l3', 'allocated in part', [
        ['P1', '60.00'],
        ['P2', '40.00'],
      ]),
      matched('l4', 'allocated otherwise', [['O1', '100.00']]),
    ],
  });

  test.each`
    customer                 | expected
    ${'unknown payer'}       | ${['U1 55.00', 'U2 45.00']}
    ${'not allocated'}       | ${['N2 80.00', 'none 20.00']}
    ${'allocated in part'}   | ${['P1 60.00', 'P2 40.00']}
    ${'allocated otherwise'} | ${['O3 100.00']}
  `('$customer', async ({ customer, expected }) => {
    const found = await rows(`
      select coalesce(document_number, 'none') || ' ' || amount_cny as part from core.collection_share
      where customer_id = 'erp:${customer}' order by 1`);
    expect(found.map((row) => row.part)).toEqual(expected);
  });

  test('so it fills the statement about that document', async () => {
    const found = await rows(
      "select matched_in_month_cny, open_cny from marts.forecast_thread where month = '2025-05' and horizon = 'H1'",
    );
    expect(found).toEqual([{ matched_in_month_cny: '45.00', open_cny: '15.00' }]);
  });
});
