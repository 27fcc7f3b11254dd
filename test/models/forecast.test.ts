import { givenOnce } from './given';
import { line, loaded, merge, of, people, receipt, type Records, statement } from './records';

/**
 * What people said against what came: the worked examples of METRICS section 5, expected values by hand from that page.
 * Every case is a customer of its own in July 2025; the build runs the identities (gap, cents) as model tests.
 */
const builtOnce = (today: string, ...records: Records[]) =>
  givenOnce({ today, entities: merge(people, ...records) });

describe('FVA-1 to FVA-3', () => {
  const rows = builtOnce(
    '2025-08-10',
    of('c1', {
      forecast_statement: [statement('t1', '2025-06-20', '100', '2025-07-10')],
      bank_transaction: [line('l1', '2025-07-10', '80')],
    }),
    of('c2', { forecast_statement: [statement('t2', '2025-06-20', '50', '2025-07-10')] }),
    of('c3', { bank_transaction: [line('l3', '2025-07-10', '40')] }),
  );

  test('the three cells of the example give WMAPE 91.7 %, bias +25.0 %, net accuracy 75.0 %', async () => {
    const found = await rows(`
      select sum(abs_error_cny) as abs_error, sum(forecast_cny - actual_cny) as error, sum(actual_cny) as actual, count(*) as cells
      from marts.forecast_accuracy
      where month = '2025-07' and horizon = 'H1' and basis = 'collection' and certainty_set = 'all'`);
    expect(found).toEqual([{ abs_error: '110.00', error: '30.00', actual: '120.00', cells: '3' }]);
  });

  test('what was said on 20 June is in H1 and not in H2', async () => {
    const found = await rows(`
      select horizon, sum(forecast_cny) as forecast from marts.forecast_accuracy
      where month = '2025-07' and not is_weekly and basis = 'collection' and certainty_set = 'all' group by horizon order by 1`);
    expect(found).toEqual([
      { horizon: 'H1', forecast: '150.00' },
      { horizon: 'H2', forecast: '0.00' },
      { horizon: 'H3', forecast: '0.00' },
    ]);
  });
});

describe('5.1: two people on one document', () => {
  const said = (person: string, day: string, amount: string, document: string) =>
    statement(`${person} ${document}`, day, amount, '2025-07-15', {
      stated_by_ref: person,
      subject_kind: 'document',
      subject_number: document,
    });
  const rows = builtOnce(
    '2025-08-10',
    merge(
      of('owned', {
        forecast_statement: [said('e1', '2025-06-01', '100', 'D1'), said('e2', '2025-06-20', '300', 'D1')],
      }),
      of('not owned', {
        forecast_statement: [said('e1', '2025-06-01', '100', 'D2'), said('e2', '2025-06-20', '300', 'D2')],
      }),
      {
        territory_assignment: [
          {
            source_id: 't1',
            customer_ref: 'owned',
            owner_ref: 'e1',
            region: '华东',
            valid_from: '2024-01-01',
          },
        ],
      },
    ),
  );

  test.each`
    customer       | expected
    ${'owned'}     | ${['E1', '100.00', true]}
    ${'not owned'} | ${['E2', '300.00', true]}
  `('$customer: the owner counts, else the later', async ({ customer, expected }) => {
    const found = await rows(`
      select stated_by, stated_cny, has_conflict from marts.forecast_thread
      where month = '2025-07' and horizon = 'H1' and customer_name = '${customer}'`);
    expect(found.map((row) => Object.values(row))).toEqual([expected]);
  });
});

describe('FVA-7: confirmed, no money', () => {
  const confirmed = { certainty: 'confirmed', evidence: '水单' };
  const records = merge(
    of('late', {
      forecast_statement: [statement('t1', '2025-07-24', '180000', '2025-07-24', confirmed)],
      bank_transaction: [line('l1', '2025-08-04', '180000')],
    }),
    of('same day', {
      forecast_statement: [statement('t2', '2025-07-24', '100', '2025-07-24', confirmed)],
      bank_transaction: [line('l2', '2025-07-24', '100')],
    }),
    of('within 0.5 %', {
      forecast_statement: [statement('t3', '2025-07-24', '1000', '2025-07-24', confirmed)],
      bank_transaction: [line('l3', '2025-07-24', '995')],
    }),
    of('replaced in time', {
      forecast_statement: [
        statement('t4', '2025-07-22', '100', '2025-07-24', confirmed),
        statement('t4', '2025-07-24', '100', '2025-08-20'),
      ],
    }),
    of('replaced too late', {
      forecast_statement: [
        statement('t5', '2025-07-24', '100', '2025-07-24', confirmed),
        statement('t5', '2025-07-28', '100', '2025-08-20'),
      ],
      bank_transaction: [line('l5', '2025-08-05', '100')],
    }),
    of('a bill signed', {
      forecast_statement: [statement('t6', '2025-07-24', '100', '2025-07-24', confirmed)],
      receipt: [receipt('r6', '2025-07-24', '100', { method: 'bank_bill' })],
    }),
  );
  const flags =
    'select customer_name, flagged_date, missing_cny, missing_now_cny, arrived_date, days_since, rls_owner from marts.confirmed_unpaid order by 1';

  describe('on 10 August', () => {
    const rows = builtOnce('2025-08-10', records, { bank_coverage: [loaded('2025-07-01', '2025-08-10')] });
    test('what was late stays in the record, with its delay', async () => {
      expect((await rows(flags)).map((row) => Object.values(row))).toEqual([
        ['late', '2025-07-25', '180000.00', '0.00', '2025-08-04', 11, 'E1'],
        ['replaced too late', '2025-07-25', '100.00', '0.00', '2025-08-05', 12, 'E1'],
      ]);
    });
  });

  describe('on the first workday after', () => {
    const rows = builtOnce('2025-07-25', records, { bank_coverage: [loaded('2025-07-01', '2025-07-24')] });
    test('it is raised', async () => {
      expect((await rows(flags)).map((row) => Object.values(row))).toEqual([
        ['late', '2025-07-25', '180000.00', '180000.00', null, 1, 'E1'],
        ['replaced too late', '2025-07-25', '100.00', '100.00', null, 1, 'E1'],
      ]);
    });
  });

  describe('while the lines of one account are not loaded', () => {
    const rows = builtOnce('2025-07-25', records, {
      bank_coverage: [loaded('2025-07-01', '2025-07-24'), loaded('2025-07-01', '2025-07-23', 'a2')],
    });
    test('it is not raised', async () => {
      expect(await rows(flags)).toEqual([]);
    });
  });
});

describe('5.1: kept as said, and flagged', () => {
  const rows = builtOnce(
    '2025-08-10',
    of('c1', {
      forecast_statement: [
        statement('t1', '2025-07-24', '1', '2025-07-28', { certainty: 'confirmed' }), // Monday; the next workday is the 25th
        statement('t2', '2025-07-25', '1', '2025-07-28', { certainty: 'confirmed', evidence: '水单' }),
        statement('t3', '2025-07-25', '1', '2025-12-31', { certainty: 'promised' }),
      ],
    }),
  );

  test('confirmed for later than the next workday, confirmed without evidence', async () => {
    const found = await rows(
      'select thread_id, is_future_confirmed, lacks_evidence from core.forecast_statement order by 1',
    );
    expect(found.map((row) => Object.values(row))).toEqual([
      ['erp:t1', true, true],
      ['erp:t2', false, false],
      ['erp:t3', false, false],
    ]);
  });
});
