import { engines } from '../support/engines';
import { receivableCases, today } from './receivableCases';
import { overCube } from './overCube';

/** Sections 2 and 3 of METRICS.md: each worked example with its own numbers, and what the entries say of edges, by hand. */
describe.each(engines)('receivables over $name', ({ open }) => {
  const over = overCube(receivableCases, open);

  /** The values of the one row of a query. */
  const row = async (sql: string): Promise<unknown[]> => {
    const found = await over.built.rows(sql);
    expect(found.length).toBe(1);
    return Object.values(found[0] ?? {});
  };
  const close = (found: unknown[], expected: readonly number[]) => {
    expect(found.length).toBe(expected.length);
    for (const [n, value] of expected.entries()) expect(Number(found[n])).toBeCloseTo(value, 6);
  };
  const at = (mart: string, customer: string, day: string, columns: string) =>
    row(
      `select ${columns} from marts.${mart} where customer_name = '${customer}' and as_of_date = date '${day}'`,
    );
  const ask = async (measures: readonly string[], filters: Record<string, string>) => {
    const view = measures[0]?.split('.')[0];
    const rows = await over.cube.load(
      {
        measures,
        filters: Object.entries(filters).map(([name, value]) => {
          return { member: `${view}.${name}`, operator: 'equals', values: [value] };
        }),
      },
      { scope: 'all' },
    );
    return measures.map((name) => rows[0]?.[name] ?? null);
  };

  describe('orders, deliveries, billing', () => {
    test.each`
      id         | what                                                                          | expected                     | sql
      ${'ORD-1'} | ${'100 pieces at 1,130.00'}                                                   | ${['113000.00']}             | ${"select sum(amount_cny) as a from marts.order_flow where kind = 'intake' and document_number = 'SO1'"}
      ${'ORD-2'} | ${'100 ordered, 60 delivered, 5 back for replacement'}                        | ${['45.000000', '50850.00']} | ${"select undelivered_quantity, backlog_cny from marts.order_backlog where line_id = 'erp:L1' and as_of_date = date '2025-04-30'"}
      ${'ORD-2'} | ${'2,000 pieces at 2,000.00, more digits than a product of two decimals has'} | ${['4000000.00']}            | ${"select backlog_cny from marts.order_backlog where line_id = 'erp:L3' and as_of_date = date '2025-06-30'"}
      ${'ORD-3'} | ${'40 pieces short'}                                                          | ${['45200.00', '2025-03']}   | ${"select amount_cny, month from marts.order_flow where kind = 'closed_short'"}
      ${'ORD-4'} | ${'60 pieces delivered'}                                                      | ${['67800.00']}              | ${"select amount_cny from marts.order_flow where kind = 'delivered' and document_number = 'D1'"}
      ${'ORD-5'} | ${'60 delivered, 5 returned, 40 invoiced'}                                    | ${['15.000000', '16950.00']} | ${"select uninvoiced_quantity, uninvoiced_cny from marts.order_backlog where line_id = 'erp:L1' and as_of_date = date '2025-04-30'"}
      ${'ORD-5'} | ${'by value where deliveries know no lines'}                                  | ${[true, null, '900.00']}    | ${`select is_by_value, backlog_cny, uninvoiced_cny from marts.order_backlog where customer_name = 'returns' and as_of_date = date '${today}'`}
      ${'ORD-6'} | ${'113,000 less 6,500 in red'}                                                | ${['106500.00']}             | ${"select sum(amount_cny) as a from marts.billing where customer_name = 'billings' and month = '2025-03'"}
      ${'ORD-6'} | ${'credit sales without what a prepayment covers'}                            | ${['4000.00', '6000.00']}    | ${"select prepaid_cny, credit_sales_cny from marts.billing where document_number = 'V1'"}
      ${'ORD-6'} | ${'money of the document date covers it, not more than it is'}                | ${['500.00', '0.00']}        | ${"select prepaid_cny, credit_sales_cny from marts.billing where document_number = 'V2'"}
    `('$id: $what', async ({ sql, expected }) => {
      expect(await row(sql)).toEqual(expected);
    });

    test('ORD-2: a line that was closed is no backlog, and one without movements of its source is not there', async () => {
      const found = await over.built.rows(
        "select distinct line_id from marts.order_backlog where backlog_cny > 0 and as_of_date >= date '2025-03-31' order by 1",
      );
      expect(found).toEqual([{ line_id: 'erp:L1' }, { line_id: 'erp:L3' }]);
    });

    test('ORD-7: 500,000 delivered, 15,000 returned, exchanges in; without deliveries no rate', async () => {
      const rate = ['order_flows.return_rate', 'order_flows.returned'];
      const [three, returned] = await ask(rate, { month: '2025-04', customer_name: 'returns' });
      expect([Number(three), returned]).toEqual([0.03, '15000.00']);
      expect(await ask(rate, { month: '2025-03' })).toEqual([null, null]);
    });
  });

  describe('balances and age', () => {
    test('REC-1: gross 55,000 and net 52,000 of 30 April, though the clerk allocates on 6 May', async () => {
      expect(
        await at('receivable_balance', 'exposure', '2025-04-30', 'gross_cny, net_cny, unapplied_cny'),
      ).toEqual(['55000.00', '52000.00', '3000.00']);
    });

    test('REC-2: the buckets of both views and the credits make the net', async () => {
      const found = await over.built.rows(`
        select ageing_view, bucket, amount_cny from marts.receivable_ageing
        where customer_name = 'exposure' and as_of_date = date '2025-04-30' order by ageing_view, bucket_order`);
      expect(found.map((each) => Object.values(each))).toEqual([
        ['accounting', '0_1y', '55000.00'],
        ['accounting', 'credits', '-3000.00'],
        ['overdue', '1_30', '55000.00'],
        ['overdue', 'credits', '-3000.00'],
      ]);
    });

    test.each`
      day             | bucket    | provision
      ${'2025-02-28'} | ${'0_1y'} | ${'50.005000'}
      ${'2025-03-31'} | ${'1_2y'} | ${'100.010000'}
    `('REC-2, REC-12: a document of 29 February is $bucket on $day', async ({ day, bucket, provision }) => {
      const found = await row(`
        select bucket, amount_cny, provision_cny from marts.receivable_ageing
        where customer_name = 'a leap year' and ageing_view = 'accounting' and as_of_date = date '${day}'`);
      expect(found).toEqual([bucket, '1000.10', provision]);
    });

    test('REC-9: 1,360,000 of 5,260,000 is overdue; more than 90 days, and by count', async () => {
      const at30June = { as_of: '2025-06-30', customer_name: 'DSO' };
      const names = ['overdue_share', 'overdue_90_share', 'overdue_item_share'];
      const found = await ask(
        names.map((name) => `receivables.${name}`),
        at30June,
      );
      close(found, [1_360_000 / 5_260_000, 0, 1 / 3]);
      const leap = await ask(['receivables.overdue_90_share'], {
        as_of: '2025-06-30',
        customer_name: 'a leap year',
      });
      close(leap, [1]);
    });
  });

  describe('days of sales', () => {
    const dso = ['dso', 'best_possible_dso', 'delinquent_days'].map((name) => `receivable_turnover.${name}`);

    test('REC-3, REC-5, REC-6: 52.0, 39.0 and 13.0 days over the 91 days of April to June', async () => {
      close(await ask(dso, { as_of: '2025-06-30', customer_name: 'DSO' }), [52, 39, 13]);
    });

    test('REC-3: bills on hand added; the window of 30 April is February to April, 89 days', async () => {
      const twins = [
        'receivable_turnover.dso',
        'receivable_turnover.dso_with_bills',
        'receivable_turnover.window_days',
      ];
      const found = await ask(twins, { as_of: '2025-04-30', customer_name: 'exposure' });
      close(found, [(52_000 * 89) / 150_000, (67_000 * 89) / 150_000, 89]);
    });

    test('REC-3: in mid-month the window is the 90 days up to the day', async () => {
      const found = await ask([...dso.slice(0, 1), 'receivable_turnover.window_days'], {
        as_of: today,
        customer_name: 'in mid-month',
      });
      close(found, [(100 * 90) / 160, 90]);
    });

    test('REC-3: without credit sales there is no number', async () => {
      expect(await ask(dso, { as_of: '2025-06-30', customer_name: 'prepaid in full' })).toEqual([
        null,
        null,
        null,
      ]);
      expect(await ask(dso, { as_of: '2025-06-30', customer_name: 'sold long ago' })).toEqual([
        null,
        null,
        null,
      ]);
    });

    test.each`
      customer                    | day             | expected
      ${'DSO'}                    | ${'2025-06-30'} | ${30 + (31 * 2.4) / 3.3}
      ${'a month without sales'}  | ${'2025-06-30'} | ${30 + 31 + (30 * 40) / 100}
      ${'a negative month'}       | ${'2025-06-30'} | ${30 + 31 + (30 * 50) / 100}
      ${'in mid-month'}           | ${today}        | ${15 + (30 * 60) / 120}
      ${'owes less than nothing'} | ${'2025-06-30'} | ${0}
      ${'sold long ago'}          | ${'2025-06-30'} | ${365 + 335 + (31 * 10) / 10}
      ${'sold long ago'}          | ${today}        | ${null}
    `('REC-4: $customer, $day: $expected', async ({ customer, day, expected }) => {
      const [found, isOver] = await at('receivable_slice', customer, day, 'countback_days, is_over_730_days');
      expect(isOver).toBe(expected === null);
      if (expected === null) expect(found).toBeNull();
      else close([found], [expected]);
    });

    test('REC-4: a region is worked out from its own sums, and a day without a slice is answered for the company', async () => {
      const [region] = await ask(['receivable_slices.countback_dso'], {
        as_of: '2025-06-30',
        slice_key: 'region:十一家',
      });
      close([region], [30]);
      const [company, net] = await ask(['receivable_slices.countback_dso', 'receivable_slices.net'], {
        as_of: '2025-06-30',
      });
      const [sum] = await row(
        "select sum(net_cny) as n from marts.receivable_balance where as_of_date = date '2025-06-30'",
      );
      expect([Number(company) > 0, net]).toEqual([true, sum]);
    });
  });

  describe('how well it is collected', () => {
    test('REC-7: 100,000 ten days late and 300,000 two early are 1.0 day; of the late ones 10', async () => {
      const found = await ask(['paid_lateness.average_days_late', 'paid_lateness.average_days_late_only'], {
        month: '2025-03',
        customer_name: 'late and early',
      });
      close(found, [1, 10]);
    });

    test('REC-7: a commercial bill counts on the day it is paid, 91 days after it was due', async () => {
      const found = await row(
        "select cast(paid_date as varchar) as d, days_late, amount_days from marts.payment_lateness where kind = 'commercial_bill'",
      );
      expect(found).toEqual(['2025-05-12', 91, '4550000.00']);
    });

    test('REC-8: 64.3 % in June', async () => {
      const june = { as_of: '2025-06-30', customer_name: 'roll-forward' };
      const parts = ['opening', 'credit_sales', 'write_offs', 'closing', 'closing_not_due'];
      expect(
        await ask(
          parts.map((name) => `collection_effectiveness.${name}`),
          june,
        ),
      ).toEqual(['4800000.00', '2800000.00', '20000.00', '5200000.00', '3900000.00']);
      close(await ask(['collection_effectiveness.cei'], june), [2.38 / 3.7]);
    });

    test('REC-8: of a quarter with all its sales; nothing to collect has no number', async () => {
      const quarter = { as_of: '2025-06-30', customer_name: 'roll-forward', period: 'quarter' };
      close(await ask(['collection_effectiveness.cei'], quarter), [(7.6 - 0.02 - 5.2) / (7.6 - 3.9)]);
      const undue = { as_of: today, customer_name: 'in mid-month', period: 'year' };
      close(await ask(['collection_effectiveness.cei'], undue), [(160 - 100) / (160 - 40 - 0)]);
      const nothing = { as_of: '2025-06-30', customer_name: '十一家 1' };
      expect(await ask(['collection_effectiveness.cei'], nothing)).toEqual([null]);
    });

    test('REC-12: (120,000 - 20,000) / 36,000,000 = 0.28 %; what is older than 12 months is out', async () => {
      const found = await ask(['receivable_turnover.write_off_rate', 'receivable_turnover.recoveries'], {
        as_of: '2025-06-30',
        customer_name: 'write-offs',
      });
      expect([(Number(found[0]) * 100).toFixed(2), found[1]]).toEqual(['0.28', '20000.00']);
    });

    test('REC-16: 4.80 + 2.80 - 2.20 - 0.13 - 0.05 - 0.02 = 5.20 million', async () => {
      const found = await row(`
        select opening_cny, billed_cny, cash_cny, bank_bill_cny, deduction_cny, write_off_cny, closing_cny
        from marts.receivable_rollforward where customer_name = 'roll-forward' and month = '2025-06'`);
      expect(found).toEqual([
        '4800000.00',
        '2800000.00',
        '2200000.00',
        '130000.00',
        '50000.00',
        '20000.00',
        '5200000.00',
      ]);
      const [closing] = await ask(['receivable_rollforward.closing'], {
        month: '2025-06',
        customer_name: 'roll-forward',
      });
      expect(closing).toBe('5200000.00');
    });
  });

  describe('where the risk lies', () => {
    test('REC-11: 50/30/20 make 3,800; who is owed money is not among them', async () => {
      const names = ['hhi', 'top_5_share', 'customers'].map((name) => `receivable_slices.${name}`);
      close(await ask(names, { as_of: '2025-06-30', slice_key: 'region:三家' }), [3800, 1, 3]);
      const eleven = ['top_5_share', 'top_10_share', 'hhi'].map((name) => `receivable_slices.${name}`);
      close(await ask(eleven, { as_of: '2025-06-30', slice_key: 'region:十一家' }), [
        5 / 11,
        10 / 11,
        10_000 / 11,
      ]);
    });

    test.each`
      day             | onHand        | contingent
      ${'2025-04-30'} | ${'15000.00'} | ${'0.00'}
      ${'2025-06-30'} | ${'0.00'}     | ${'15000.00'}
    `('REC-13: the bill due in October, $day', async ({ day, onHand, contingent }) => {
      const found = await at(
        'bill',
        'exposure',
        day,
        'maturity_month, acceptor_class, on_hand_cny, contingent_cny',
      );
      expect(found).toEqual(['2025-10', 'bank', onHand, contingent]);
    });

    test('REC-14: 52,000 + 20,000 + 15,000 + 16,950 - 0 = 103,950, of a limit of 200,000', async () => {
      const parts = ['net', 'undue_retention', 'bills', 'uninvoiced', 'prepayment', 'exposure'];
      const april = { as_of: '2025-04-30', customer_name: 'exposure' };
      expect(
        await ask(
          parts.map((name) => `credit_exposure.${name}`),
          april,
        ),
      ).toEqual(['52000.00', '20000.00', '15000.00', '16950.00', '0.00', '103950.00']);
      close(await ask(['credit_exposure.limit_use'], april), [0.51975]);
      expect(await ask(['credit_exposure.limit_use'], { ...april, customer_name: 'DSO' })).toEqual([null]);
    });

    test('REC-15: 200,000 thirty days late are 3,000.00; public bodies have 30 days, by contract up to 60', async () => {
      const found = await over.built.rows(`
        select customer_name, cast(statutory_date as varchar) as day, days_late, interest_cny
        from marts.statutory_lateness where as_of_date = date '2025-04-30' order by 1`);
      expect(found.map((each) => Object.values(each))).toEqual([
        ['a large enterprise', '2025-03-31', 30, '3000.000000'],
        ['a public body', '2025-03-03', 58, '2.900000'],
        ['a public body, 45 days', '2025-03-17', 44, '2.200000'],
        ['a public body, 90 days', '2025-03-31', 30, '1.500000'],
      ]);
      expect(await ask(['statutory_lateness.interest'], { as_of: '2025-04-30' })).toEqual(['3006.60']);
    });
  });
});
