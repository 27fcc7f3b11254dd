import { givenOnce } from './given';
import {
  allocation,
  document,
  line,
  loaded,
  merge,
  of,
  people,
  receipt,
  type Records,
  statement,
} from './records';

/**
 * Why a forecast was not what came (FVA-6): the worked examples of METRICS section 5, expected values by hand from that page.
 * Every case is a customer of its own in July 2025; the build runs the identities (gap, cents) as model tests.
 */
const builtOnce = (today: string, ...records: Records[]) =>
  givenOnce({ today, entities: merge(people, ...records) });

/** Parts of a customer's gap in July: "part sub_part amount", sorted. */
const partsOf = (customer: string) => `
  select part || ' ' || coalesce(sub_part, '-') || ' ' || amount_cny as part from marts.forecast_gap
  where month = '2025-07' and horizon = 'H1' and basis = 'collection' and customer_name = '${customer}' order by 1`;

describe('FVA-6: July', () => {
  const rows = builtOnce(
    '2025-08-10',
    of('S1', {
      forecast_statement: [statement('S1', '2025-06-30', '180000', '2025-07-24', { certainty: 'confirmed' })],
      bank_transaction: [line('l1', '2025-08-04', '180000')],
    }),
    of('S2', {
      forecast_statement: [
        statement('S2', '2025-06-25', '160000', '2025-07-24', { certainty: 'promised', stated_by_ref: 'e2' }),
      ],
      bank_transaction: [line('l2', '2025-08-06', '100000')],
    }),
    of('S3', {
      receivable_document: [document('D3', '2025-06-01', '150000'), document('N3', '2025-07-20', '-12000')],
      receipt: [receipt('r3', '2025-07-15', '138000', { bank_reference: 'R3' })],
      bank_transaction: [line('l3', '2025-07-15', '138000', { reference: 'R3' })],
      allocation: [
        allocation('D3', '138000', { receipt_ref: 'r3' }),
        allocation('D3', '12000', { kind: 'credit_note', credit_note_number: 'N3' }),
      ],
      forecast_statement: [
        statement('S3', '2025-06-10', '150000', '2025-07-15', {
          subject_kind: 'document',
          subject_number: 'D3',
        }),
      ],
    }),
    of('others', {
      forecast_statement: [statement('S4', '2025-06-10', '1292000', '2025-07-31')],
      bank_transaction: [line('l4', '2025-07-03', '1000000'), line('l5', '2025-07-30', '292000')],
    }),
    of('nobody', { bank_transaction: [line('l6', '2025-07-11', '40000')] }),
    { bank_coverage: [loaded('2025-06-01', '2025-08-10')] },
  );

  test('forecast 1,782,000 and actual 1,470,000', async () => {
    const found = await rows(`
      select sum(forecast_cny) as forecast, sum(actual_cny) as actual from marts.forecast_accuracy
      where month = '2025-07' and horizon = 'H1' and basis = 'collection' and certainty_set = 'all'`);
    expect(found).toEqual([{ forecast: '1782000.00', actual: '1470000.00' }]);
  });

  test('the gap of 312,000 in its parts', async () => {
    const found = await rows(`
      select part, sub_part, sum(amount_cny) as amount from marts.forecast_gap
      where month = '2025-07' and horizon = 'H1' and basis = 'collection' group by part, sub_part order by 1, 2`);
    expect(found).toEqual([
      { part: 'amount', sub_part: 'settled_otherwise', amount: '12000.00' },
      { part: 'not_paid', sub_part: 'promised', amount: '60000.00' },
      { part: 'slipped', sub_part: 'confirmed', amount: '180000.00' },
      { part: 'slipped', sub_part: 'promised', amount: '100000.00' },
      { part: 'unforecast', sub_part: 'nobody', amount: '-40000.00' },
    ]);
  });

  test('each part leads to its statement, person and bank line', async () => {
    const found = await rows(`
      select statement_id, stated_by_name, bank_transaction_id, document_number from marts.forecast_gap
      where month = '2025-07' and horizon = 'H1' and basis = 'collection' and part in ('slipped', 'amount') order by 1`);
    expect(found.map((row) => Object.values(row))).toEqual([
      ['erp:S1 2025-06-30', '王一', 'bank:l1', null],
      ['erp:S2 2025-06-25', '李二', 'bank:l2', null],
      ['erp:S3 2025-06-10', '王一', null, 'D3'],
    ]);
  });

  test('the drill list says what came of each statement', async () => {
    const found = await rows(`
      select stated_cny, matched_in_month_cny, matched_late_cny, settled_otherwise_cny, open_cny from marts.forecast_thread
      where month = '2025-07' and horizon = 'H1' order by statement_id`);
    expect(found.map((row) => Object.values(row))).toEqual([
      ['180000.00', '0.00', '180000.00', '0.00', '0.00'],
      ['160000.00', '0.00', '100000.00', '0.00', '60000.00'],
      ['150000.00', '138000.00', '0.00', '12000.00', '0.00'],
      ['1292000.00', '1292000.00', '0.00', '0.00', '0.00'],
    ]);
  });
});

describe('FVA-6: every other part', () => {
  const onDocument = (subject_number: string) => ({ subject_kind: 'document', subject_number });
  const rows = builtOnce(
    '2025-08-10',
    of('arrears', {
      forecast_statement: [statement('t1', '2025-05-05', '100', '2025-06-20')],
      bank_transaction: [line('l1', '2025-07-02', '90')],
    }),
    of('pulled in', {
      forecast_statement: [statement('t2', '2025-06-05', '100', '2025-09-20')],
      bank_transaction: [line('l2', '2025-07-02', '90')],
    }),
    of('said after', {
      forecast_statement: [statement('t3', '2025-07-05', '100', '2025-07-20')],
      bank_transaction: [line('l3', '2025-07-20', '100')],
    }),
    of('refunded', { bank_transaction: [line('l4', '2025-07-20', '-30', { category: 'refund' })] }),
    of('more than stated', {
      receivable_document: [document('D5', '2025-06-01', '100')],
      receipt: [receipt('r5', '2025-07-15', '100', { bank_reference: 'R5' })],
      bank_transaction: [line('l5', '2025-07-15', '100', { reference: 'R5' })],
      allocation: [allocation('D5', '100', { receipt_ref: 'r5' })],
      forecast_statement: [statement('t5', '2025-06-05', '70', '2025-07-15', onDocument('D5'))],
    }),
    of('voided', {
      receivable_document: [document('D6', '2025-06-01', '100', { is_counted: false })],
      forecast_statement: [statement('t6', '2025-06-05', '100', '2025-07-15', onDocument('D6'))],
    }),
    of('by order', {
      receivable_document: [
        document('D7', '2025-06-01', '60', { order_number: 'O7' }),
        document('D8', '2025-06-01', '60', { order_number: 'O7' }),
      ],
      receipt: [receipt('r7', '2025-07-15', '110', { bank_reference: 'R7' })],
      bank_transaction: [line('l7', '2025-07-15', '110', { reference: 'R7' })],
      allocation: [
        allocation('D7', '60', { receipt_ref: 'r7' }),
        allocation('D8', '50', { receipt_ref: 'r7' }),
      ],
      forecast_statement: [
        statement('t7', '2025-06-05', '40', '2025-07-15', onDocument('D7')),
        statement('t8', '2025-06-05', '75', '2025-07-15', { subject_kind: 'order', subject_number: 'O7' }),
      ],
    }), // 40 to the document's, 20 + 50 to the order's: 5 open
    of('came before', {
      forecast_statement: [statement('t9', '2025-06-10', '100', '2025-07-15')],
      bank_transaction: [line('l8', '2025-06-09', '500'), line('l9', '2025-06-20', '30')],
    }), // 70 left to expect
    of('withdrawn', {
      forecast_statement: [
        statement('t10', '2025-06-10', '100', '2025-07-15'),
        statement('t10', '2025-06-28', '100', '2025-07-15', { is_withdrawn: true }),
      ],
    }),
    of('pushed', {
      forecast_statement: [
        statement('t11', '2025-06-10', '100', '2025-07-15'),
        statement('t11', '2025-06-28', '100', '2025-08-15'),
      ],
    }),
    of('earliest first', {
      forecast_statement: [
        statement('t12', '2025-06-01', '100', '2025-07-25'),
        statement('t13', '2025-06-10', '100', '2025-06-20'),
      ],
      bank_transaction: [line('l10', '2025-06-20', '100'), line('l11', '2025-08-01', '60')],
    }), // June's money fills June's statement, though July's was said first
    { bank_transaction: [line('l12', '2025-07-09', '7', { counterparty_name: '不认识的人' })] },
  );

  test.each`
    customer              | expected
    ${'arrears'}          | ${['arrears - -90.00']}
    ${'pulled in'}        | ${['pulled_in - -90.00']}
    ${'said after'}       | ${['unforecast said_after -100.00']}
    ${'refunded'}         | ${['reversed refund 30.00']}
    ${'more than stated'} | ${['amount more_than_stated -30.00']}
    ${'voided'}           | ${['not_paid no_basis 100.00']}
    ${'by order'}         | ${['not_paid expected 5.00']}
    ${'came before'}      | ${['not_paid expected 70.00']}
    ${'withdrawn'}        | ${[]}
    ${'pushed'}           | ${[]}
    ${'earliest first'}   | ${['not_paid expected 40.00', 'slipped expected 60.00']}
  `('$customer', async ({ customer, expected }) => {
    expect((await rows(partsOf(customer))).map((row) => row.part)).toEqual(expected);
  });

  test('unknown payers are one customer', async () => {
    const found = await rows(
      `select part, amount_cny from marts.forecast_gap
       where month = '2025-07' and horizon = 'H1' and basis = 'collection' and customer_id = '(unknown)'`,
    );
    expect(found).toEqual([{ part: 'unidentified', amount_cny: '-7.00' }]);
  });
});
