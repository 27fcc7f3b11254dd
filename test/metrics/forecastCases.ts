import {
  allocation,
  document,
  line,
  loaded,
  merge,
  of,
  receipt,
  type Records,
  statement,
} from '../models/records';

interface ForecastCase {
  /** Id of METRICS. */
  id: string;
  what: string;
  records: Records;
  /** Rows as text, columns parted by a blank, '-' for null; on 31 October 2025. */
  checks: { sql: string; expected: string[] }[];
}

const confirmed = { certainty: 'confirmed', evidence: '水单' };
const promised = { certainty: 'promised' };
const onDocument = (subject_number: string) => ({ subject_kind: 'document', subject_number });
const named = (...customers: string[]) =>
  `customer_name in (${customers.map((name) => `'${name}'`).join(', ')})`;
/** Parts of the customers' gap: "month basis part sub_part amount". */
const gapOf = (where: string) => `
  select month, basis, part, sub_part, sum(amount_cny) as amount from marts.forecast_gap
  where ${where} group by month, basis, part, sub_part order by 1, 2, 3, 4`;

/** A customer with a bank bill: number, signed for, and what became of it. */
const bill = (
  kind: string,
  number: string,
  signed: string,
  amount: string,
  event: Records[string][number],
): Records => ({
  receipt: [receipt(number, signed, amount, { method: kind, bank_reference: number })],
  acceptance_bill: [
    {
      source_id: number,
      number,
      kind,
      face_cny: amount,
      signed_date: signed,
      maturity_date: '2025-09-15',
      receipt_ref: number,
    },
  ],
  bill_event: [{ source_id: number, bill_ref: number, ...event }],
});

export const FORECAST_CASES: ForecastCase[] = [
  {
    id: 'COL-1, COL-2',
    what: 'a bank bill of 100,000 signed in March, discounted in April for 99,200; 800 is finance cost',
    records: of('a bill', {
      ...bill('bank_bill', 'B1', '2025-03-12', '100000', {
        event: 'discounted',
        event_date: '2025-04-20',
        proceeds_cny: '99200',
      }),
      bank_transaction: [line('lb1', '2025-04-20', '99200', { reference: 'B1', category: 'other' })],
    }),
    checks: [
      {
        sql: `select month, sum(amount_cny) as collected, sum(cash_amount_cny) as cash from marts.collection where ${named('a bill')} group by month order by 1`,
        expected: ['2025-03 100000.00 0.00', '2025-04 0.00 99200.00'],
      },
    ],
  },
  {
    id: 'COL-1, COL-2',
    what: 'commercial bills count when they are paid or sold without recourse; with recourse when they are due and did not come back',
    records: merge(
      of('sold', {
        ...bill('commercial_bill', 'B2', '2025-06-12', '1000', {
          event: 'discounted',
          event_date: '2025-07-10',
          proceeds_cny: '990',
          with_recourse: false,
        }),
        bank_transaction: [line('lb2', '2025-07-10', '990', { reference: 'B2' })],
      }),
      of('with recourse', {
        ...bill('commercial_bill', 'B3', '2025-06-12', '1000', {
          event: 'discounted',
          event_date: '2025-07-10',
          proceeds_cny: '990',
          with_recourse: true,
        }),
        bank_transaction: [line('lb3', '2025-07-10', '990', { reference: 'B3' })],
      }),
      of(
        'no bank line',
        bill('bank_bill', 'B4', '2023-03-12', '500', {
          event: 'matured',
          event_date: '2023-04-20',
          proceeds_cny: '500',
        }),
      ),
      of(
        'came back',
        bill('bank_bill', 'B5', '2025-06-12', '700', { event: 'dishonoured', event_date: '2025-09-16' }),
      ),
      of('not in a receipt', {
        acceptance_bill: [
          {
            source_id: 'B6',
            number: 'B6',
            kind: 'bank_bill',
            face_cny: '60',
            signed_date: '2025-07-02',
            maturity_date: '2025-12-02',
          },
        ],
      }),
    ),
    checks: [
      {
        sql: `select customer_name, month, kind, amount_cny, cash_amount_cny from marts.collection
          where ${named('sold', 'with recourse', 'no bank line', 'came back', 'not in a receipt')} order by 1, 2, 3`,
        expected: [
          'came back 2025-06 bank_bill 700.00 0.00',
          'came back 2025-09 dishonour -700.00 0.00',
          'no bank line 2023-03 bank_bill 500.00 0.00',
          'no bank line 2023-04 bill_money 0.00 500.00',
          'not in a receipt 2025-07 bank_bill 60.00 0.00',
          'sold 2025-07 bank_line 1000.00 990.00',
          'with recourse 2025-07 bank_line 0.00 990.00',
          'with recourse 2025-09 commercial_bill 1000.00 0.00',
        ],
      },
    ],
  },
  {
    id: 'FVA-1, FVA-2, FVA-3',
    what: '(100, 80), (50, 0), (0, 40): WMAPE 110/120 = 91.7 %, bias 30/120 = +25.0 %, net accuracy 75.0 %',
    records: merge(
      of('c1', {
        forecast_statement: [statement('t1', '2025-06-20', '100', '2025-07-10', promised)],
        bank_transaction: [line('l1', '2025-07-10', '80')],
      }),
      of('c2', { forecast_statement: [statement('t2', '2025-06-20', '50', '2025-07-10')] }),
      of('c3', { bank_transaction: [line('l3', '2025-07-10', '40')] }),
    ),
    checks: [
      {
        sql: `select sum(abs_error_cny) as abs_error, sum(actual_cny) as actual, round(cast(sum(abs_error_cny) * 100 / sum(actual_cny) as decimal(18, 6)), 1) as wmape,
            round(cast(sum(forecast_cny - actual_cny) * 100 / sum(actual_cny) as decimal(18, 6)), 1) as bias,
            round(cast(100 - abs(sum(forecast_cny) - sum(actual_cny)) * 100 / sum(actual_cny) as decimal(18, 6)), 1) as net_accuracy
          from marts.forecast_accuracy
          where month = '2025-07' and horizon = 'H1' and basis = 'collection' and certainty_set = 'all' and ${named('c1', 'c2', 'c3')}`,
        expected: ['110.00 120.00 91.7 25.0 75.0'],
      },
      {
        sql: `select certainty_set, sum(forecast_cny) as forecast, sum(actual_cny) as actual, sum(abs_error_cny) as abs_error from marts.forecast_accuracy
          where month = '2025-07' and horizon = 'H1' and basis = 'cash' and ${named('c1', 'c2', 'c3')} group by certainty_set order by 1`,
        expected: [
          'all 150.00 120.00 110.00',
          'confirmed 0.00 120.00 120.00',
          'promised 100.00 120.00 60.00',
        ],
      },
      {
        sql: `select horizon, sum(forecast_cny) as forecast from marts.forecast_accuracy
          where month = '2025-07' and not is_weekly and basis = 'collection' and certainty_set = 'all' and ${named('c1', 'c2', 'c3')}
          group by horizon order by 1`,
        expected: ['H1 150.00', 'H2 0.00', 'H3 0.00'],
      },
    ],
  },
  {
    id: '5.2',
    what: 'a Sunday within the month: what was said by then, against what came after it',
    records: of('weekly', {
      forecast_statement: [
        statement('w1', '2025-08-20', '100', '2025-09-25'),
        statement('w2', '2025-09-12', '60', '2025-09-18'),
      ],
      bank_transaction: [
        line('lw1', '2025-09-10', '30'),
        line('lw2', '2025-09-18', '55'),
        line('lw3', '2025-09-29', '70'),
      ],
    }),
    checks: [
      {
        sql: `select horizon, forecast_cny, actual_cny from marts.forecast_accuracy
          where month = '2025-09' and basis = 'collection' and certainty_set = 'all' and horizon in ('H1', '2025-09-07', '2025-09-14')
            and ${named('weekly')} order by 1`,
        expected: ['2025-09-07 100.00 155.00', '2025-09-14 130.00 125.00', 'H1 100.00 155.00'],
      },
      {
        sql: `select part, sub_part, amount_cny from marts.forecast_gap
          where month = '2025-09' and basis = 'collection' and horizon = '2025-09-14' and ${named('weekly')} order by 1, 2`,
        expected: ['not_paid expected 5.00'],
      },
    ],
  },
  {
    id: 'FVA-4',
    what: 'mean error 300,000 against a mean change of 400,000 is 0.75; without 13 months of history there is none',
    records: merge(
      ...Array.from({ length: 36 }, (_, number): Records => {
        const month = new Date(Date.UTC(2022, 9 + number, 1)).toISOString().slice(0, 7);
        const before = new Date(Date.UTC(2022, 8 + number, 1)).toISOString().slice(0, 7);
        const isTest = number >= 24;
        const amount = isTest ? '100000' : number % 2 === 0 ? '500000' : '100000';
        return of('old region', {
          bank_transaction: [line(`m${month}`, `${month}-10`, amount)],
          forecast_statement: isTest ? [statement(`m${month}`, `${before}-20`, '400000', `${month}-20`)] : [],
        });
      }).map((records, number) => (number === 0 ? records : { ...records, customer: [] })),
      { customer: [] },
      of('new region', {
        bank_transaction: [line('n1', '2024-06-10', '100'), line('n2', '2025-02-10', '300')],
        forecast_statement: [statement('n1', '2025-01-20', '200', '2025-02-20')],
      }),
      {
        territory_assignment: [
          {
            source_id: 'ta1',
            customer_ref: 'old region',
            owner_ref: 'e2',
            region: '华北',
            valid_from: '2020-01-01',
          },
          {
            source_id: 'ta2',
            customer_ref: 'new region',
            owner_ref: 'e2',
            region: '西南',
            valid_from: '2020-01-01',
          },
        ],
      },
    ),
    checks: [
      {
        sql: `select series, test_months, error_cny, history_months, cast(mase as decimal(9, 4)) from marts.forecast_mase
          where horizon = 'H1' and basis = 'collection' and series in ('华北', '西南') order by history_months desc`,
        expected: ['华北 12 3600000.00 24 0.7500', '西南 12 100.00 4 -'],
      },
    ],
  },
  {
    id: 'FVA-5',
    what: '160,000 for 24 Jul, 158,000 on 29 Jul is a hit; 8 days late, too little, and a date not yet a week ago are none',
    records: merge(
      of('hit', {
        forecast_statement: [statement('h1', '2025-06-20', '160000', '2025-07-24')],
        bank_transaction: [line('lh1', '2025-07-29', '158000')],
      }),
      of('late by 8', {
        forecast_statement: [statement('h2', '2025-06-20', '100', '2025-07-24')],
        bank_transaction: [line('lh2', '2025-08-01', '100')],
      }),
      of('too little', {
        forecast_statement: [statement('h3', '2025-06-20', '100', '2025-07-24')],
        bank_transaction: [line('lh3', '2025-07-24', '94')],
      }),
      of('not over', {
        forecast_statement: [statement('h4', '2025-09-20', '100', '2025-10-24')],
        bank_transaction: [line('lh4', '2025-10-24', '100')],
      }),
    ),
    checks: [
      {
        sql: `select customer_name, matched_near_cny, is_judged, is_hit from marts.forecast_thread
          where horizon = 'H1' and ${named('hit', 'late by 8', 'too little', 'not over')} order by 1`,
        expected: [
          'hit 158000.00 true true',
          'late by 8 0.00 true false',
          'not over 100.00 false false',
          'too little 94.00 true false',
        ],
      },
    ],
  },
  {
    id: 'FVA-6',
    what: 'July: F 1,782,000, A 1,470,000, G 312,000 = slipped 280,000 + not paid 60,000 + amount 12,000 − unforecast 40,000',
    records: merge(
      of('S1', {
        forecast_statement: [statement('S1', '2025-06-30', '180000', '2025-07-24', confirmed)],
        bank_transaction: [line('s1', '2025-08-04', '180000')],
      }),
      of('S2', {
        forecast_statement: [
          statement('S2', '2025-06-25', '160000', '2025-07-24', { ...promised, stated_by_ref: 'e2' }),
        ],
        bank_transaction: [line('s2', '2025-08-06', '100000')],
      }),
      of('S3', {
        receivable_document: [document('D3', '2025-06-01', '150000'), document('N3', '2025-07-20', '-12000')],
        receipt: [receipt('r3', '2025-07-15', '138000', { bank_reference: 'R3' })],
        bank_transaction: [line('s3', '2025-07-15', '138000', { reference: 'R3' })],
        allocation: [
          allocation('D3', '138000', { receipt_ref: 'r3' }),
          allocation('D3', '12000', { kind: 'credit_note', credit_note_number: 'N3' }),
        ],
        forecast_statement: [statement('S3', '2025-06-10', '150000', '2025-07-15', onDocument('D3'))],
      }),
      of('others', {
        forecast_statement: [statement('S4', '2025-06-10', '1292000', '2025-07-31')],
        bank_transaction: [line('s4', '2025-07-03', '1000000'), line('s5', '2025-07-30', '292000')],
      }),
      of('nobody', { bank_transaction: [line('s6', '2025-07-11', '40000')] }),
    ),
    checks: [
      {
        sql: `select sum(forecast_cny) as forecast, sum(actual_cny) as actual, sum(forecast_cny - actual_cny) as gap from marts.forecast_accuracy
          where month = '2025-07' and horizon = 'H1' and basis = 'collection' and certainty_set = 'all'
            and ${named('S1', 'S2', 'S3', 'others', 'nobody')}`,
        expected: ['1782000.00 1470000.00 312000.00'],
      },
      {
        sql: gapOf(
          `month = '2025-07' and horizon = 'H1' and basis = 'collection' and ${named('S1', 'S2', 'S3', 'others', 'nobody')}`,
        ),
        expected: [
          '2025-07 collection amount settled_otherwise 12000.00',
          '2025-07 collection not_paid promised 60000.00',
          '2025-07 collection slipped confirmed 180000.00',
          '2025-07 collection slipped promised 100000.00',
          '2025-07 collection unforecast nobody -40000.00',
        ],
      },
      {
        sql: `select part, statement_id, stated_by_name, bank_transaction_id, document_number, value_date from marts.forecast_gap
          where month = '2025-07' and horizon = 'H1' and basis = 'collection' and ${named('S1', 'S2', 'S3', 'nobody')} order by 1, 2`,
        expected: [
          'amount erp:S3 2025-06-10 王一 - D3 -',
          'not_paid erp:S2 2025-06-25 李二 - - -',
          'slipped erp:S1 2025-06-30 王一 bank:s1 - 2025-08-04',
          'slipped erp:S2 2025-06-25 李二 bank:s2 - 2025-08-06',
          'unforecast - - bank:s6 - 2025-07-11',
        ],
      },
    ],
  },
  {
    id: 'FVA-6',
    what: 'every other part, at H1',
    records: merge(
      of('arrears', {
        forecast_statement: [statement('p1', '2025-05-05', '100', '2025-06-20')],
        bank_transaction: [line('p1', '2025-07-02', '90')],
      }),
      of('pulled in', {
        forecast_statement: [statement('p2', '2025-06-05', '100', '2025-09-20')],
        bank_transaction: [line('p2', '2025-07-02', '90')],
      }),
      of('said after', {
        forecast_statement: [statement('p3', '2025-07-05', '100', '2025-07-20')],
        bank_transaction: [line('p3', '2025-07-20', '100')],
      }),
      of('refunded', { bank_transaction: [line('p4', '2025-07-20', '-30', { category: 'refund' })] }),
      of('more than stated', {
        receivable_document: [document('D5', '2025-06-01', '100')],
        receipt: [receipt('r5', '2025-07-15', '100', { bank_reference: 'R5' })],
        bank_transaction: [line('p5', '2025-07-15', '100', { reference: 'R5' })],
        allocation: [allocation('D5', '100', { receipt_ref: 'r5' })],
        forecast_statement: [statement('p5', '2025-06-05', '70', '2025-07-15', onDocument('D5'))],
      }),
      of('voided', {
        receivable_document: [document('D6', '2025-06-01', '100', { is_counted: false })],
        forecast_statement: [statement('p6', '2025-06-05', '100', '2025-07-15', onDocument('D6'))],
      }),
      of('overlapping', {
        receivable_document: [
          document('D7', '2025-06-01', '60', { order_number: 'O7' }),
          document('D8', '2025-06-01', '60', { order_number: 'O7' }),
        ],
        receipt: [receipt('r7', '2025-07-15', '110', { bank_reference: 'R7' })],
        bank_transaction: [line('p7', '2025-07-15', '110', { reference: 'R7' })],
        allocation: [
          allocation('D7', '60', { receipt_ref: 'r7' }),
          allocation('D8', '50', { receipt_ref: 'r7' }),
        ],
        forecast_statement: [
          statement('p7', '2025-06-05', '40', '2025-07-15', onDocument('D7')),
          statement('p8', '2025-06-05', '75', '2025-07-15', { subject_kind: 'order', subject_number: 'O7' }),
          statement('p9', '2025-06-05', '10', '2025-07-15'),
        ],
      }), // 40 to the document's, 20 + 50 to the order's, none to the one without subject: 5 and 10 open
    ),
    checks: [
      {
        sql: `select customer_name, part, sub_part, sum(amount_cny) as amount from marts.forecast_gap
          where month = '2025-07' and horizon = 'H1' and basis = 'collection'
            and ${named('arrears', 'pulled in', 'said after', 'refunded', 'more than stated', 'voided', 'overlapping')}
          group by customer_name, part, sub_part order by 1, 2, 3`,
        expected: [
          'arrears arrears - -90.00',
          'more than stated amount more_than_stated -30.00',
          'overlapping not_paid expected 15.00',
          'pulled in pulled_in - -90.00',
          'refunded reversed refund 30.00',
          'said after unforecast said_after -100.00',
          'voided not_paid no_basis 100.00',
        ],
      },
    ],
  },
  {
    id: 'FVA-6',
    what: 'form, on cash basis: a bill signed for, its money later, and the interest; late and unforecast bills; paid before the month (H2)',
    records: merge(
      of('by bill', {
        ...bill('bank_bill', 'B10', '2025-07-15', '100', {
          event: 'discounted',
          event_date: '2025-08-20',
          proceeds_cny: '99',
        }),
        bank_transaction: [line('f1', '2025-08-20', '99', { reference: 'B10' })],
        forecast_statement: [statement('f1', '2025-06-05', '120', '2025-07-15')],
      }),
      of('bill too late', {
        receipt: [receipt('B11', '2025-08-15', '100', { method: 'bank_bill', bank_reference: 'B11' })],
        forecast_statement: [statement('f2', '2025-06-05', '100', '2025-07-15')],
      }),
      of('bill nobody forecast', {
        receipt: [receipt('B12', '2025-07-15', '100', { method: 'bank_bill', bank_reference: 'B12' })],
      }),
      of('same month', {
        receipt: [receipt('B13', '2025-07-05', '100', { method: 'bank_bill', bank_reference: 'B13' })],
        bank_transaction: [line('f3', '2025-07-20', '98', { reference: 'B13' })],
        forecast_statement: [statement('f3', '2025-06-05', '100', '2025-07-15')],
      }),
      of('bill came back', {
        receipt: [
          receipt('B14', '2025-07-05', '100', { method: 'bank_bill', bank_reference: 'B14' }),
          receipt('B14r', '2025-07-25', '-100', { method: 'bank_bill', bank_reference: 'B14' }),
        ],
        forecast_statement: [statement('f4', '2025-06-05', '100', '2025-07-15')],
      }),
    ),
    checks: [
      {
        sql: `select customer_name, month, basis, part, sub_part, sum(amount_cny) as amount from marts.forecast_gap
          where month in ('2025-07', '2025-08') and horizon = 'H1'
            and ${named('by bill', 'bill too late', 'bill nobody forecast', 'same month', 'bill came back')}
          group by customer_name, month, basis, part, sub_part order by 1, 2, 3, 4, 5`,
        expected: [
          'bill came back 2025-07 cash form bill_signed 100.00',
          'bill came back 2025-07 collection reversed dishonour 100.00',
          'bill nobody forecast 2025-07 collection unforecast nobody -100.00',
          'bill too late 2025-07 cash slipped expected 100.00',
          'bill too late 2025-07 collection slipped expected 100.00',
          'bill too late 2025-08 collection arrears - -100.00',
          'by bill 2025-07 cash form bill_signed 100.00',
          'by bill 2025-07 cash not_paid expected 20.00',
          'by bill 2025-07 collection not_paid expected 20.00',
          'by bill 2025-08 cash form bill_paid -100.00',
          'by bill 2025-08 cash form discount_interest 1.00',
          'same month 2025-07 cash form bill_paid -100.00',
          'same month 2025-07 cash form bill_signed 100.00',
          'same month 2025-07 cash form discount_interest 2.00',
        ],
      },
    ],
  },
  {
    id: 'FVA-6',
    what: 'at H2: paid after the cut-off and before the month is pulled in',
    records: of('before the month', {
      forecast_statement: [statement('e1', '2025-05-20', '100', '2025-07-15')],
      bank_transaction: [line('e1', '2025-06-18', '100')],
    }),
    checks: [
      {
        sql: `select horizon, month, part, amount_cny from marts.forecast_gap
          where basis = 'collection' and not is_weekly and ${named('before the month')} order by 1, 2`,
        expected: [
          'H1 2025-06 pulled_in -100.00',
          'H2 2025-06 unforecast -100.00',
          'H2 2025-07 pulled_in 100.00',
          'H3 2025-06 unforecast -100.00',
        ],
      },
    ],
  },
  {
    id: 'FVA-7',
    what: 'confirmed Thu 24 Jul for that day, 180,000: flagged Fri 25 July, arrived Mon 4 August: 11 days late',
    records: of('late', {
      forecast_statement: [statement('c1', '2025-07-24', '180000', '2025-07-24', confirmed)],
      bank_transaction: [line('k1', '2025-08-04', '180000')],
    }),
    checks: [
      {
        sql: `select flagged_date, missing_cny, missing_now_cny, arrived_date, days_since, rls_owner from marts.confirmed_unpaid where ${named('late')}`,
        expected: ['2025-07-25 180000.00 0.00 2025-08-04 11 E1'],
      },
    ],
  },
  {
    id: 'FVA-7',
    what: 'a bill that was signed for is there, a commercial one too; a part of it is not enough',
    records: merge(
      ...[
        ['bank bill signed', 'bank_bill', '200'],
        ['commercial bill signed', 'commercial_bill', '200'],
        ['note for a part', 'supply_chain_note', '50'],
      ].map(([customer = '', kind = '', amount = '']) =>
        of(customer, {
          receivable_document: [document(`K ${kind}`, '2025-06-01', '200')],
          receipt: [
            receipt(`k ${kind}`, '2025-07-24', amount, { method: kind, bank_reference: `k ${kind}` }),
          ],
          allocation: [allocation(`K ${kind}`, amount, { kind, receipt_ref: `k ${kind}` })],
          forecast_statement: [
            statement(`k ${kind}`, '2025-07-24', '200', '2025-07-24', {
              ...confirmed,
              ...onDocument(`K ${kind}`),
            }),
          ],
        }),
      ),
    ),
    checks: [
      {
        sql: `select customer_name, missing_cny from marts.confirmed_unpaid
          where ${named('bank bill signed', 'commercial bill signed', 'note for a part')}`,
        expected: ['note for a part 150.00'],
      },
    ],
  },
  {
    id: 'FVA-7',
    what: 'flagged on the next workday: after a holiday, on a make-up Sunday, from a rest day, from a make-up Saturday, said later',
    records: merge(
      ...[
        ['before the holiday', '2025-09-30', '2025-09-30'],
        ['before a make-up Sunday', '2025-09-26', '2025-09-26'],
        ['for a Sunday', '2025-08-01', '2025-08-03'],
        ['on a make-up Saturday', '2025-10-11', '2025-10-11'],
        ['said after its day', '2025-08-20', '2025-08-18'],
        ['a tie with the limit', '2025-07-24', '2025-07-24'],
      ].map(([customer = '', said = '', expected = '']) =>
        of(customer, {
          forecast_statement: [statement(`d ${customer}`, said, '200', expected, confirmed)],
          bank_transaction: customer === 'a tie with the limit' ? [line('k2', '2025-07-24', '199')] : [],
        }),
      ),
    ),
    checks: [
      {
        sql: `select customer_name, flagged_date, missing_cny, arrived_date from marts.confirmed_unpaid
          where customer_name in ('before the holiday', 'before a make-up Sunday', 'for a Sunday', 'on a make-up Saturday', 'said after its day',
            'a tie with the limit') order by 2`,
        expected: [
          'for a Sunday 2025-08-04 200.00 -',
          'said after its day 2025-08-21 200.00 -',
          'before a make-up Sunday 2025-09-28 200.00 -',
          'before the holiday 2025-10-09 200.00 -',
          'on a make-up Saturday 2025-10-13 200.00 -',
        ],
      },
    ],
  },
  {
    id: 'FVA-7',
    what: 'held back while one of two accounts has no lines of that day; raised for its own day once the late file is there',
    records: merge(
      of('a late file', {
        forecast_statement: [statement('g1', '2025-07-29', '100', '2025-07-29', confirmed)],
        bank_transaction: [line('k3', '2025-08-15', '100')],
      }),
      of('never loaded', {
        forecast_statement: [statement('g2', '2025-08-12', '100', '2025-08-12', confirmed)],
      }),
      {
        bank_coverage: [
          loaded('2023-06-01', '2025-10-31'),
          loaded('2025-07-01', '2025-07-28', 'a2'),
          { ...loaded('2025-07-29', '2025-07-29', 'a2'), source_id: 'late a2', is_deleted: true },
          loaded('2025-07-30', '2025-08-11', 'a2'),
          loaded('2025-08-13', '2025-10-31', 'a2'),
        ],
      },
    ),
    checks: [
      {
        sql: `select customer_name, flagged_date, arrived_date, days_since from marts.confirmed_unpaid where ${named('a late file', 'never loaded')}`,
        expected: ['a late file 2025-07-30 2025-08-15 17'],
      },
    ],
  },
  {
    id: 'FVA-8',
    what: 'confirmed 4.6 of 5.0 m = 92 %, promised 71 %, expected 48 %; a person below 70 % on confirmed is flagged',
    records: merge(
      of('words', {
        forecast_statement: [
          statement('v1', '2025-03-03', '5000000', '2025-03-04', {
            ...confirmed,
            ...onDocument('V1'),
            stated_by_ref: 'e3',
          }),
          statement('v2', '2025-02-03', '100', '2025-03-04', {
            ...promised,
            ...onDocument('V2'),
            stated_by_ref: 'e3',
          }),
          statement('v3', '2025-01-03', '100', '2025-01-20', { ...onDocument('V3'), stated_by_ref: 'e3' }), // replaced before its date
          statement('v3', '2025-01-15', '100', '2025-03-04', { ...onDocument('V3'), stated_by_ref: 'e3' }),
        ],
        receivable_document: [
          document('V1', '2025-01-01', '5000000'),
          document('V2', '2025-01-01', '100'),
          document('V3', '2025-01-01', '100'),
        ],
        receipt: [
          receipt('rv', '2025-03-11', '4600119', { bank_reference: 'RV' }),
          receipt('rw', '2025-03-12', '52', { bank_reference: 'RW' }),
        ],
        bank_transaction: [
          line('kv', '2025-03-11', '4600119', { reference: 'RV' }),
          line('kw', '2025-03-12', '52', { reference: 'RW' }),
        ],
        allocation: [
          allocation('V1', '4600000', { receipt_ref: 'rv' }),
          allocation('V2', '71', { receipt_ref: 'rv' }),
          allocation('V3', '48', { receipt_ref: 'rv' }),
          allocation('V3', '52', { receipt_ref: 'rw' }), // the 8th day after
        ],
      }),
      of('not to be believed', {
        forecast_statement: [
          statement('v4', '2025-03-03', '100', '2025-03-04', { ...confirmed, stated_by_ref: 'e4' }),
        ],
        bank_transaction: [line('kx', '2025-03-05', '69')],
      }),
      {
        employee: [
          { source_id: 'e3', employee_number: 'E3', name: '赵三', role: 'sales' },
          { source_id: 'e4', employee_number: 'E4', name: '钱四', role: 'sales' },
        ],
      },
    ),
    checks: [
      {
        sql: `select stated_by_name, certainty, count(*) as words, round(cast(sum(worth_cny) * 100 / sum(amount_cny) as decimal(18, 6)), 1) as worth, is_below_floor
          from marts.word_worth where stated_by in ('E3', 'E4') group by stated_by_name, certainty, is_below_floor order by 4 desc`,
        expected: [
          '赵三 confirmed 1 92.0 false',
          '赵三 promised 1 71.0 false',
          '钱四 confirmed 1 69.0 true',
          '赵三 expected 1 48.0 false',
        ],
      },
    ],
  },
  {
    id: 'FVA-9',
    what: '15 Jul → 25 Jul → 8 Aug: 2 pushes, 24 days; a date moved earlier is none',
    records: of('pushing', {
      forecast_statement: [
        statement('u1', '2025-07-01', '100', '2025-07-15'),
        statement('u1', '2025-07-12', '100', '2025-07-25'),
        statement('u1', '2025-07-22', '100', '2025-08-08'),
        statement('u2', '2025-07-01', '100', '2025-07-15'),
        statement('u2', '2025-07-02', '100', '2025-07-10'),
      ],
    }),
    checks: [
      {
        sql: `select thread_id, month, versions, pushes, days_pushed, is_pushed_twice from marts.pushed_thread where ${named('pushing')} order by 1`,
        expected: ['erp:u1 2025-07 3 2 24 true', 'erp:u2 2025-07 2 0 0 false'],
      },
    ],
  },
  {
    id: 'FVA-10',
    what: '3.1 of 4.0 m due in July have a statement = 77.5 %; the other 0.9 m is nobody’s forecast',
    records: merge(
      of('covered', {
        receivable_document: [
          document('W1', '2025-05-01', '2000000', { due_date: '2025-07-10' }),
          document('W2', '2025-05-01', '800000', { due_date: '2025-07-20', order_number: 'OW' }),
          document('W3', '2025-05-01', '900000', { due_date: '2025-07-21' }),
          document('W4', '2025-05-01', '70', { due_date: '2025-08-21' }), // not due in July
          document('W5', '2025-07-01', '70', { due_date: '2025-07-21' }), // not there at the cut-off
        ],
        forecast_statement: [
          statement('x1', '2025-06-05', '1', '2025-08-10', onDocument('W1')),
          statement('x2', '2025-06-05', '800000', '2025-07-30', {
            subject_kind: 'order',
            subject_number: 'OW',
          }),
          statement('x3', '2025-07-05', '900000', '2025-07-30', onDocument('W3')), // said after the cut-off
        ],
      }),
      of('covered in part', {
        receivable_document: [document('W6', '2025-05-01', '300000', { due_date: '2025-07-10' })],
        forecast_statement: [statement('x4', '2025-06-05', '300000', '2025-07-10')],
      }),
    ),
    checks: [
      {
        sql: `select sum(covered_cny) as covered, sum(due_cny) as due, round(cast(sum(covered_cny) * 100 / sum(due_cny) as decimal(18, 6)), 1) as coverage
          from marts.forecast_coverage where month = '2025-07' and horizon = 'H1' and ${named('covered', 'covered in part')}`,
        expected: ['3100000.00 4000000.00 77.5'],
      },
      {
        sql: `select document_number, covered_by, covered_cny from marts.forecast_coverage
          where month = '2025-07' and horizon = 'H1' and ${named('covered', 'covered in part')} order by 1`,
        expected: ['W1 document 2000000.00', 'W2 order 800000.00', 'W3 nobody 0.00', 'W6 customer 300000.00'],
      },
    ],
  },
  {
    id: 'REC-10',
    what: '10 promises 1,000,000: 6 kept 550,000, 1 partly (40,000 of 100,000), 2 broken, 1 moved → 60.0 % and 59.0 %',
    records: of('promising', {
      receivable_document: Array.from({ length: 10 }, (_, number) =>
        document(`Y${number}`, '2025-04-01', '100000'),
      ),
      forecast_statement: [
        ...['100000', '100000', '100000', '100000', '100000', '50000', '100000', '120000', '130000'].map(
          (amount, number) =>
            statement(`y${number}`, '2025-05-20', amount, '2025-06-10', {
              ...promised,
              ...onDocument(`Y${number}`),
            }),
        ),
        statement('y9', '2025-05-20', '100000', '2025-06-10', { ...promised, ...onDocument('Y9') }),
        statement('y9', '2025-06-08', '100000', '2025-06-25', onDocument('Y9')),
        statement('y8', '2025-06-20', '130000', '2025-09-10', { ...promised, ...onDocument('Y8') }), // broken once more
      ],
      receipt: [
        receipt('ry', '2025-06-13', '549750', { bank_reference: 'RY' }), // the third workday after; 250 of 50,000 are tolerated
        receipt('rz', '2025-06-13', '40000', { bank_reference: 'RZ' }),
        receipt('rt', '2025-06-16', '120000', { bank_reference: 'RT' }), // the fourth
      ],
      bank_transaction: [
        line('ky', '2025-06-13', '549750', { reference: 'RY' }),
        line('kz', '2025-06-13', '40000', { reference: 'RZ' }),
        line('kt', '2025-06-16', '120000', { reference: 'RT' }),
      ],
      allocation: [
        ...[0, 1, 2, 3, 4].map((number) => allocation(`Y${number}`, '100000', { receipt_ref: 'ry' })),
        allocation('Y5', '49750', { receipt_ref: 'ry' }),
        allocation('Y6', '40000', { receipt_ref: 'rz' }),
        allocation('Y7', '100000', { receipt_ref: 'rt' }),
      ],
    }),
    checks: [
      {
        sql: `select outcome, count(*) as promises, sum(promised_cny) as promised, sum(kept_cny) as kept from marts.promise_kept
          where month = '2025-06' and ${named('promising')} group by outcome order by 1`,
        expected: [
          'broken 2 250000.00 0.00',
          'kept 6 550000.00 549750.00',
          'moved 1 100000.00 0.00',
          'partly 1 100000.00 40000.00',
        ],
      },
      {
        sql: `select count(*) filter (where outcome = 'kept') * 100 / count(*) as by_count,
            round(cast(sum(kept_cny) * 100 / sum(promised_cny) as decimal(18, 6)), 1) as by_value
          from marts.promise_kept where month = '2025-06' and ${named('promising')}`,
        expected: ['60 59.0'],
      },
      {
        sql: `select month, outcome, level, judged_date from marts.promise_kept where document_number = 'Y8' and ${named('promising')} order by 1`,
        expected: ['2025-06 broken 1 2025-06-13', '2025-09 broken 2 2025-09-15'],
      },
    ],
  },
];
