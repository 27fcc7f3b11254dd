import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ledgerModels } from '../ledger/ledgerModels';
import { type BuiltCase, given } from '../models/given';
import { engines } from '../support/engines';
import { ledgerCases } from './ledgerCases';

const WANTED = ['core.ledger_movement', 'core.bill_state', 'core.item_balance', 'marts.receivable_balance'];

/** Sections 3.1 to 3.6 and REC-1 of METRICS.md: worked examples with their own numbers, the rest by hand from the page. */
describe.each(engines)('the ledger over $name', ({ open }) => {
  const folder = mkdtempSync(join(tmpdir(), 'ledger-'));
  let built: BuiltCase;
  beforeAll(async () => {
    built = await given({ ...ledgerCases, folder: ledgerModels(folder, WANTED) }, open);
  });
  afterAll(async () => {
    await built?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const values = async (sql: string) => (await built.rows(sql)).map((row) => Object.values(row));

  test.each`
    id       | customer                    | due             | effective       | source
    ${'3.1'} | ${'a plan'}                 | ${'2025-04-10'} | ${'2025-04-10'} | ${'instalment'}
    ${'3.1'} | ${'its own'}                | ${'2025-04-04'} | ${'2025-04-07'} | ${'document'}
    ${'3.1'} | ${'net 30'}                 | ${'2025-04-04'} | ${'2025-04-07'} | ${'term'}
    ${'3.1'} | ${'月结 30'}                | ${'2025-04-30'} | ${'2025-04-30'} | ${'term'}
    ${'3.1'} | ${'货到 60'}                | ${'2025-05-01'} | ${'2025-05-06'} | ${'term'}
    ${'3.1'} | ${'货到 60, not delivered'} | ${'2025-04-04'} | ${'2025-04-07'} | ${'assumed'}
    ${'3.1'} | ${'票到 45'}                | ${'2025-04-19'} | ${'2025-04-21'} | ${'term'}
    ${'3.1'} | ${'no term'}                | ${'2025-04-04'} | ${'2025-04-07'} | ${'assumed'}
  `(
    '$id due date of $customer: $due, late after $effective',
    async ({ customer, due, effective, source }) => {
      const found = await values(`
      select cast(due_date as varchar), cast(effective_due_date as varchar), due_source, due_assumed
      from core.open_item where document_number = '3.1 ${customer}'`);
      expect(found).toEqual([[due, effective, source, source === 'assumed']]);
    },
  );

  describe('3.2 settlements', () => {
    test('original = settlements by kind + open, whatever the kind', async () => {
      const found = await values(`
        select kind, sum(amount_cny) from core.settlement where document_id = 'erp:K' group by kind order by kind`);
      expect(found).toEqual([
        ['bank_bill', '1000.00'],
        ['bank_fee', '4.01'],
        ['cash', '1000.00'],
        ['commercial_bill', '1000.00'],
        ['credit_note', '100.00'],
        ['deduction', '2.01'],
        ['discount', '1.01'],
        ['fx_diff', '5.01'],
        ['prepayment_applied', '1000.00'],
        ['rounding', '6.01'],
        ['set_off', '3.01'],
        ['supply_chain_note', '1000.00'],
        ['write_off', '7.01'],
      ]);
      // 10,000 - 5 x 1,000 - 100 - (1 + ... + 7 + 0.07)
      expect(
        await values(
          "select open_amount_cny from core.item_balance where item_id = 'erp:K' and to_date is null",
        ),
      ).toEqual([['4871.93']]);
    });

    test('a credit note applied to an invoice settles both, net 0', async () => {
      expect(await values("select amount_cny from core.settlement where document_id = 'erp:KN'")).toEqual([
        ['-100.00'],
      ]);
      expect(
        await values("select * from core.item_balance where item_id = 'erp:KN' and to_date is null"),
      ).toEqual([]);
    });

    test('0.4: a foreign invoice is relieved at its own rate, the rest is an exchange difference', async () => {
      expect(
        await values(
          "select kind, amount_cny from core.settlement where document_id = 'erp:F' order by kind",
        ),
      ).toEqual([
        ['cash', '7200.00'],
        ['fx_diff', '-200.00'],
      ]);
      expect(
        await values("select * from core.item_balance where item_id = 'erp:F' and to_date is null"),
      ).toEqual([]);
    });

    test('REC-12: what a write-off brings in later takes it back on that day', async () => {
      expect(
        await values(`
          select cast(from_date as varchar), open_amount_cny from core.item_balance where item_id = 'erp:W' order by from_date`),
      ).toEqual([['2025-01-01', '500.00']]);
      expect(
        await values(`
          select cast(effective_date as varchar), sum(amount_cny) from core.settlement
          where document_id = 'erp:W' and kind = 'write_off' group by effective_date order by 1`),
      ).toEqual([
        ['2025-03-31', '500.00'],
        ['2025-05-20', '-200.00'],
      ]);
    });
  });

  test.each`
    id       | what                                            | document | effective
    ${'3.3'} | ${"the bank's day, not the receipt's"}          | ${'T1'}  | ${'2025-03-31'}
    ${'3.3'} | ${"the document's, when the money was earlier"} | ${'T2'}  | ${'2025-04-20'}
  `('$id a settlement takes effect on $what', async ({ document, effective }) => {
    const found = await values(
      `select cast(effective_date as varchar) from core.settlement where document_id = 'erp:${document}'`,
    );
    expect(found).toEqual([[effective]]);
  });

  test("3.3 until the bank's line is known the receipt's day counts", async () => {
    const found = await values(`
      select cast(effective_date as varchar), cast(recorded_at as varchar), amount_cny from core.ledger_movement
      where side = 'item' and kind = 'cash' and document_id = 'erp:T1' order by recorded_at, effective_date`);
    expect(found).toEqual([
      ['2025-04-03', '2025-04-03 03:00:00', '-100.00'],
      ['2025-03-31', '2025-04-07 02:00:00', '-100.00'],
      ['2025-04-03', '2025-04-07 02:00:00', '100.00'],
    ]);
  });

  test.each`
    id       | customer         | states                                                                                                                                       | open
    ${'3.4'} | ${'held'}        | ${[['2025-03-10', null, 'on_hand', false]]}                                                                                                  | ${null}
    ${'3.4'} | ${'matured'}     | ${[['2025-03-10', '2025-05-10', 'on_hand', false], ['2025-05-10', null, 'paid', false]]}                                                     | ${null}
    ${'3.4'} | ${'endorsed'}    | ${[['2025-03-10', '2025-03-20', 'on_hand', false], ['2025-03-20', '2025-05-10', 'endorsed', true], ['2025-05-10', null, 'endorsed', false]]} | ${null}
    ${'3.4'} | ${'discounted'}  | ${[['2025-03-10', '2025-04-02', 'on_hand', false], ['2025-04-02', null, 'discounted', false]]}                                               | ${null}
    ${'3.4'} | ${'dishonoured'} | ${[['2025-03-10', '2025-05-12', 'on_hand', false], ['2025-05-12', null, 'dishonoured', false]]}                                              | ${'100000.00'}
    ${'3.4'} | ${'云信'}        | ${[['2025-03-10', null, 'on_hand', false]]}                                                                                                  | ${null}
  `('$id a bill that is $customer', async ({ customer, states, open: reopened }) => {
    const found = await values(`
      select cast(from_date as varchar), cast(to_date as varchar), state, is_contingent
      from core.bill_state where bill_id = 'erp:no ${customer}' order by from_date`);
    expect(found).toEqual(states);
    const owed = await values(`
      select cast(from_date as varchar), cast(to_date as varchar), open_amount_cny from core.item_balance
      where item_id = 'erp:3.4 ${customer}' order by from_date`);
    expect(owed).toEqual([
      ['2025-02-01', '2025-03-10', '100000.00'], // settled on the day it was signed for, at face value
      ...(reopened ? [['2025-05-12', null, reopened]] : []),
    ]);
  });

  test('3.4 a dishonoured bill reopens the item with its old due date, as a negative settlement of that day', async () => {
    const found = await values(`
      select settlement.kind, cast(settlement.effective_date as varchar), settlement.amount_cny, cast(open_item.due_date as varchar)
      from core.settlement join core.open_item on open_item.item_id = settlement.item_id
      where settlement.document_id = 'erp:3.4 dishonoured' order by settlement.effective_date`);
    expect(found).toEqual([
      ['bank_bill', '2025-03-10', '100000.00', '2025-03-03'],
      ['bank_bill', '2025-05-12', '-100000.00', '2025-03-03'],
    ]);
    const receipts = await values(`
      select amount_cny, cast(value_date as varchar) from core.receipt
      where customer_id = 'erp:dishonoured' order by value_date`);
    expect(receipts).toEqual([
      ['100000.00', '2025-03-10'],
      ['-100000.00', '2025-05-12'],
    ]);
  });

  test('3.4 what a discount brings and costs', async () => {
    expect(
      await values(
        "select proceeds_cny, interest_cny, with_recourse from core.bill_event where event = 'discounted'",
      ),
    ).toEqual([['99200.00', '800.00', false]]);
  });

  test.each`
    id         | asOf            | known           | gross          | unapplied     | net
    ${'REC-1'} | ${'2025-04-30'} | ${'2025-05-31'} | ${'55000.00'}  | ${'3000.00'}  | ${'52000.00'}
    ${'REC-1'} | ${'2025-04-30'} | ${'2025-04-30'} | ${'135000.00'} | ${'83000.00'} | ${'52000.00'}
    ${'REC-1'} | ${'2025-04-30'} | ${'2025-05-05'} | ${'135000.00'} | ${'83000.00'} | ${'52000.00'}
    ${'REC-1'} | ${'2025-04-10'} | ${'2025-04-10'} | ${'156500.00'} | ${'80000.00'} | ${'76500.00'}
  `('$id as of $asOf, as known on $known: net $net', async ({ asOf, known, gross, unapplied, net }) => {
    const found = await values(`
      with movement as (
        select * from core.ledger_movement
        where customer_id = 'erp:REC-1' and effective_date <= date '${asOf}' and business_date(recorded_at) <= date '${known}'
      ),
      item as (select item_id, sum(amount_cny) as open_cny from movement where side = 'item' group by item_id)
      select cast(sum(greatest(open_cny, 0)) as decimal(18, 2)) as gross,
        cast((select -sum(amount_cny) from movement where side = 'receipt') as decimal(18, 2)) as unapplied,
        cast((select sum(amount_cny) from movement) as decimal(18, 2)) as net
      from item`);
    expect(found).toEqual([[gross, unapplied, net]]);
  });

  test('3.5 unapplied cash is at most the gross, the rest and what is marked is a prepayment', async () => {
    expect(
      await values(`
        select gross_cny, unapplied_cny, net_cny, prepayment_cny from marts.receivable_balance
        where customer_name = '3.5' and as_of_date = '2025-05-31'`),
    ).toEqual([['100.00', '100.00', '0.00', '110.00']]);
  });

  test('0.2 an undone allocation is undone from the day it was seen to be gone', async () => {
    const found = await values(`
      select side, cast(recorded_at as varchar), amount_cny from core.ledger_movement
      where customer_id = 'erp:undone' and kind = 'cash' order by side, recorded_at`);
    expect(found).toEqual([
      ['item', '2025-05-06 02:00:00', '-100.00'],
      ['item', '2025-05-20 02:00:00', '100.00'],
      ['receipt', '2025-05-06 02:00:00', '100.00'],
      ['receipt', '2025-05-20 02:00:00', '-100.00'],
    ]);
    expect(await values("select * from core.settlement where document_id = 'erp:U'")).toEqual([]);
  });

  test('3.6 our own split: 5 % of 113,000.10 for twelve months, to the cent', async () => {
    const found = await values(`
      select item_id, amount_cny, cast(effective_due_date as varchar), is_retention, due_source from core.open_item
      where document_id = 'erp:H1' order by item_id`);
    expect(found).toEqual([
      ['erp:H1', '107350.10', '2024-06-17', false, 'document'], // half a cent stays here (0.7: ties by id)
      ['erp:H1#retention', '5650.00', '2025-05-19', true, 'term'], // 17 May 2025 is a Saturday
    ]);
  });

  test.each`
    id       | what                                      | customer               | day             | gross          | undue
    ${'3.6'} | ${'before its due date in no receivable'} | ${'5 % for 12 months'} | ${'2025-04-30'} | ${'107350.10'} | ${'5650.00'}
    ${'3.6'} | ${'from then on an ordinary item'}        | ${'5 % for 12 months'} | ${'2025-05-31'} | ${'113000.10'} | ${'0.00'}
    ${'3.6'} | ${"the ERP's own split"}                  | ${'split by the ERP'}  | ${'2025-05-31'} | ${'950.00'}    | ${'50.00'}
  `('$id retention: $what', async ({ customer, day, gross, undue }) => {
    expect(
      await values(`
        select gross_cny, undue_retention_cny from marts.receivable_balance
        where customer_name = '${customer}' and as_of_date = '${day}'`),
    ).toEqual([[gross, undue]]);
  });
});
