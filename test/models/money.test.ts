import { givenOnce } from './given';
import { allocation, document, merge, of, type Records, receipt } from './records';

/**
 * The calendar and receivables: the worked examples of METRICS sections 1 and 3, expected values by hand from that page.
 * One build serves many cases: each case is a customer of its own. The build runs all model tests (identities) too.
 */
const today = '2025-05-10';

const builtOnce = (entities: Records) => givenOnce({ today, entities });

describe('the calendar (METRICS 1)', () => {
  const rows = builtOnce({});

  test('due dates move to the next workday', async () => {
    const found = await rows(`
      select cast(day as varchar) as day, effective_day, is_closure from core.calendar
      where day in ('2025-04-04', '2025-04-19', '2025-09-28') order by 1`);
    expect(found).toEqual([
      { day: '2025-04-04', effective_day: '2025-04-07', is_closure: true },
      { day: '2025-04-19', effective_day: '2025-04-21', is_closure: false },
      { day: '2025-09-28', effective_day: '2025-09-28', is_closure: false }, // a Sunday that is worked
    ]);
  });

  test.each`
    from            | workdays | expected
    ${'2025-09-30'} | ${1}     | ${'2025-10-09'}
    ${'2025-09-26'} | ${7}     | ${'2025-10-13'}
  `('add_workdays($from, $workdays) = $expected', async ({ from, workdays, expected }) => {
    const found = await rows(`
      select day from core.calendar where is_workday
        and workday_index = (select workday_index from core.calendar where day = '${from}') + ${workdays}`);
    expect(found).toEqual([{ day: expected }]);
  });

  test('years without a notice are provisional', async () => {
    const found = await rows(
      'select min(day) as from_day, max(day) as to_day from core.calendar where not is_provisional',
    );
    expect(found).toEqual([{ from_day: '2022-01-01', to_day: '2026-12-31' }]);
  });
});

describe('receivables (METRICS 3)', () => {
  const rows = builtOnce(
    merge(
      of('the example of REC-1', {
        receivable_document: [
          document('A', '2025-03-05', '100000', { due_date: '2025-04-04' }),
          document('B', '2025-03-20', '56500', { due_date: '2025-04-19' }),
          document('N', '2025-04-15', '-6500', { is_credit_note: true }),
        ],
        receipt: [
          receipt('r1', '2025-04-10', '80000'),
          receipt('r2', '2025-04-11', '15000', { method: 'bank_bill' }),
          receipt('r3', '2025-04-28', '3000'),
        ],
        allocation: [
          allocation('A', '80000', { receipt_ref: 'r1' }),
          allocation('A', '15000', { receipt_ref: 'r2', kind: 'bank_bill' }),
          allocation('B', '6500', { credit_note_number: 'N', kind: 'credit_note' }),
        ],
      }),
      of('a plan of three', {
        receivable_document: [document('P', '2025-03-01', '1000')],
        instalment: [
          { source_id: '1', document_ref: 'P', due_date: '2025-03-31', amount_cny: '600' },
          { source_id: '2', document_ref: 'P', due_date: '2025-04-30', amount_cny: '300' },
          {
            source_id: '3',
            document_ref: 'P',
            due_date: '2026-03-01',
            amount_cny: '100',
            is_retention: true,
          },
        ],
        receipt: [receipt('r4', '2025-03-20', '650')],
        allocation: [allocation('P', '650', { receipt_ref: 'r4' })],
      }),
      of('a plan that misses a part', {
        receivable_document: [document('Q', '2025-03-01', '1000')],
        instalment: [{ source_id: '4', document_ref: 'Q', due_date: '2025-03-31', amount_cny: '600' }],
      }),
      of('paid without allocation', {
        receivable_document: [document('D1', '2025-05-01', '100')],
        receipt: [receipt('r5', '2025-05-02', '130')],
      }),
      of('marked as prepayment', {
        receivable_document: [document('D2', '2025-05-01', '100')],
        receipt: [receipt('r6', '2025-05-02', '80', { is_prepayment: true })],
      }),
      of('an open credit note', {
        receivable_document: [document('D3', '2025-05-01', '100'), document('N3', '2025-05-02', '-40')],
      }),
      of('a credit note paid out', {
        receivable_document: [document('N4', '2025-05-02', '-40')],
        receipt: [receipt('r7', '2025-05-03', '-40')],
        allocation: [allocation('N4', '-40', { receipt_ref: 'r7' })],
      }),
      of('a deduction', {
        receivable_document: [document('D5', '2025-05-01', '100')],
        receipt: [receipt('r8', '2025-05-02', '90')],
        allocation: [
          allocation('D5', '90', { receipt_ref: 'r8' }),
          allocation('D5', '10', { kind: 'deduction', value_date: '2025-05-03' }),
        ],
      }),
      of('a dishonoured bill', {
        receivable_document: [document('D6', '2025-05-01', '100')],
        receipt: [
          receipt('r9', '2025-05-02', '100', { method: 'bank_bill' }),
          receipt('r10', '2025-05-06', '-100', { method: 'bank_bill' }),
        ],
        allocation: [
          allocation('D6', '100', { receipt_ref: 'r9', kind: 'bank_bill' }),
          allocation('D6', '-100', { receipt_ref: 'r10', kind: 'bank_bill' }),
        ],
      }),
      of('a receipt in review', {
        receivable_document: [document('D7', '2025-05-01', '100')],
        receipt: [receipt('r11', '2025-05-02', '100', { is_counted: false })],
        allocation: [allocation('D7', '100', { receipt_ref: 'r11' })],
      }),
      of('a document in review', {
        receivable_document: [
          document('D8', '2025-05-01', '100', { is_counted: false }),
          document('D9', '2025-05-01', '7'),
        ],
      }),
      of('paid twice', {
        receivable_document: [document('D10', '2025-05-01', '100')],
        receipt: [receipt('r12', '2025-05-02', '110')],
        allocation: [allocation('D10', '110', { receipt_ref: 'r12' })],
      }),
      of('a company of our own', { receivable_document: [document('D11', '2025-05-01', '9')], customer: [] }),
      { customer: [{ source_id: 'own', name: 'a company of our own', is_internal: true }] },
    ),
  );

  test('REC-1: the clerk allocates later, the balance of 30 April is right all the same', async () => {
    const found = await rows(`
      select cast(as_of_date as varchar) as day, gross_cny, unapplied_cny, credit_note_cny, net_cny, overdue_cny
      from marts.receivable_balance
      where customer_name = 'the example of REC-1' and as_of_date between '2025-03-31' and '2025-04-30' order by 1`);
    expect(found.map((row) => Object.values(row))).toEqual([
      ['2025-03-31', '156500.00', '0.00', '0.00', '156500.00', '0.00'],
      ['2025-04-30', '55000.00', '3000.00', '0.00', '52000.00', '55000.00'],
    ]);
  });

  test('REC-2: buckets and credits of both views make the net', async () => {
    const found = await rows(`
      select ageing_view, bucket, amount_cny from marts.receivable_ageing
      where customer_name = 'the example of REC-1' and as_of_date = '2025-04-30' order by 1, bucket_order`);
    expect(found.map((row) => Object.values(row))).toEqual([
      ['accounting', '0_1y', '55000.00'],
      ['accounting', 'credits', '-3000.00'],
      ['overdue', '1_30', '55000.00'],
      ['overdue', 'credits', '-3000.00'],
    ]);
  });

  test('open items of the as-of day are late from their effective due date', async () => {
    const found = await rows(`
      select document_number, open_amount_cny, days_overdue, is_overdue from marts.open_receivable
      where customer_name = 'the example of REC-1' order by 1`);
    expect(found.map((row) => Object.values(row))).toEqual([
      ['A', '5000.00', 33, true], // 7 April to 10 May
      ['B', '50000.00', 19, true], // 21 April to 10 May
    ]);
  });

  test('3.1: a payment fills the instalments in the order they fall due; without a due date it is 30 days', async () => {
    const settled = await rows(`
      select item_id, amount_cny from core.settlement where document_id = 'erp:P' order by 1`);
    expect(settled.map((row) => Object.values(row))).toEqual([
      ['erp:P#1', '600.00'],
      ['erp:P#2', '50.00'],
    ]);
    const missed = await rows(`
      select item_id, amount_cny, due_date, due_assumed from core.open_item where document_id = 'erp:Q' order by 1`);
    expect(missed.map((row) => Object.values(row))).toEqual([
      ['erp:Q', '400.00', '2025-03-31', true],
      ['erp:Q#4', '600.00', '2025-03-31', false],
    ]);
  });

  test.each`
    customer                     | gross       | unapplied   | credit     | net         | prepayment | retention
    ${'a plan of three'}         | ${'250.00'} | ${'0.00'}   | ${'0.00'}  | ${'250.00'} | ${'0.00'}  | ${'100.00'}
    ${'paid without allocation'} | ${'100.00'} | ${'100.00'} | ${'0.00'}  | ${'0.00'}   | ${'30.00'} | ${'0.00'}
    ${'marked as prepayment'}    | ${'100.00'} | ${'0.00'}   | ${'0.00'}  | ${'100.00'} | ${'80.00'} | ${'0.00'}
    ${'an open credit note'}     | ${'100.00'} | ${'0.00'}   | ${'40.00'} | ${'60.00'}  | ${'0.00'}  | ${'0.00'}
    ${'a dishonoured bill'}      | ${'100.00'} | ${'0.00'}   | ${'0.00'}  | ${'100.00'} | ${'0.00'}  | ${'0.00'}
    ${'a receipt in review'}     | ${'100.00'} | ${'0.00'}   | ${'0.00'}  | ${'100.00'} | ${'0.00'}  | ${'0.00'}
    ${'a document in review'}    | ${'7.00'}   | ${'0.00'}   | ${'0.00'}  | ${'7.00'}   | ${'0.00'}  | ${'0.00'}
    ${'paid twice'}              | ${'0.00'}   | ${'0.00'}   | ${'10.00'} | ${'-10.00'} | ${'0.00'}  | ${'0.00'}
  `('3.2 to 3.6: $customer', async ({ customer, ...expected }) => {
    const found = await rows(`
      select gross_cny as gross, unapplied_cny as unapplied, credit_note_cny as credit, net_cny as net,
        prepayment_cny as prepayment, undue_retention_cny as retention
      from marts.receivable_balance where as_of_date = '${today}' and customer_name = '${customer}'`);
    expect(found).toEqual([expected]);
  });

  test('who owes nothing and who is ours has no row', async () => {
    const found = await rows(`
      select customer_name from marts.receivable_balance where as_of_date = '${today}'
        and customer_name in ('a credit note paid out', 'a deduction', 'a company of our own')`);
    expect(found).toEqual([]);
  });
});
