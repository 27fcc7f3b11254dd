import { buildModels, type Row } from '../../warehouse';
import { freezeMonths } from '../../workflows/activities/freeze';
import { engines } from '../support/engines';
import { type BuiltCase, given } from './given';
import { allocation, document, line, loaded, merge, of, people, receipt, statement } from './records';

const TODAY = '2025-07-10';

/** METRICS DAT-8: June is frozen, then a credit note, money, an allocation and a change of region of June become known. */
const entities = merge(
  people,
  of('credited', {
    receivable_document: [
      document('A1', '2025-05-10', '5200000', { due_date: '2025-06-10' }),
      { ...document('CN1', '2025-06-20', '-5650'), is_deleted: true },
    ],
  }),
  of('credited and applied', {
    receivable_document: [
      document('A2', '2025-05-10', '1000', { due_date: '2025-06-10' }),
      { ...document('CN2', '2025-06-20', '-200'), is_deleted: true },
    ],
    allocation: [
      { ...allocation('A2', '200', { kind: 'credit_note', credit_note_number: 'CN2' }), is_deleted: true },
    ],
  }),
  of('paid late known', {
    receivable_document: [document('A3', '2025-05-10', '300', { due_date: '2025-06-10' })],
    receipt: [{ ...receipt('r3', '2025-06-18', '300', { bank_reference: 'R3' }), is_deleted: true }],
    bank_transaction: [{ ...line('late', '2025-06-18', '300', { reference: 'R3' }), is_deleted: true }],
    allocation: [{ ...allocation('A3', '300', { receipt_ref: 'r3' }), is_deleted: true }],
    forecast_statement: [statement('s3', '2025-05-20', '300', '2025-06-18')],
  }),
  of('moved', {
    receivable_document: [document('A4', '2025-05-10', '700', { due_date: '2025-06-10' })],
  }),
  of('the same', {
    receivable_document: [document('A5', '2025-05-10', '40', { due_date: '2025-06-10' })],
    bank_transaction: [line('same', '2025-06-18', '60')],
  }),
  {
    bank_coverage: [loaded('2025-01-01', TODAY)],
    territory_assignment: [
      { source_id: 'ta1', customer_ref: 'moved', owner_ref: 'e1', region: '华东', valid_from: '2024-01-01' },
      {
        source_id: 'ta2',
        customer_ref: 'moved',
        owner_ref: 'e2',
        region: '华南',
        valid_from: '2025-06-01',
        is_deleted: true,
      },
    ],
  },
);

describe.each(engines)('restated since freeze on $name', ({ open }) => {
  let built: BuiltCase;
  let frozen: string[];
  let rightAfter: Row[];
  const totals = (month = '2025-06') => `
    select number, sum(frozen_cny) as frozen, sum(live_cny) as live, sum(difference_cny) as difference
    from marts.restated where month = '${month}' group by number order by number`;
  /** What a freeze made stale, or everything. */
  const build = (isAll: boolean) =>
    buildModels(built.warehouse, {
      runId: 'again',
      connections: [],
      asOfDate: TODAY,
      keepStaging: true,
      ...(isAll && { isAll }),
    });

  beforeAll(async () => {
    built = await given({ today: TODAY, entities }, open);
    frozen = await freezeMonths(built.warehouse, { runId: 'first', asOfDate: TODAY });
    await build(false);
    rightAfter = await built.rows(totals());
    await built.warehouse.transaction(async (session) => {
      for (const entity of [
        'receivable_document',
        'receipt',
        'bank_transaction',
        'allocation',
        'territory_assignment',
      ]) {
        const learned = entity === 'allocation' ? ', allocated_at = utc_now()' : '';
        await session.run(
          `update staging.${entity} set is_deleted = false, recorded_at = utc_now()${learned} where is_deleted`,
        );
      }
    });
    await build(true);
  }, 120_000);
  afterAll(() => built?.close());

  test('June is frozen three workdays after its end, and nothing is restated then', () => {
    expect(frozen.at(-1)).toBe('2025-06');
    expect(rightAfter).toEqual([
      { number: '5.2', frozen: '300.00', live: '300.00', difference: '0.00' },
      { number: 'COL-1', frozen: '60.00', live: '60.00', difference: '0.00' },
      { number: 'COL-2', frozen: '60.00', live: '60.00', difference: '0.00' },
      { number: 'FVA-6', frozen: '240.00', live: '240.00', difference: '0.00' },
      { number: 'REC-1', frozen: '5202040.00', live: '5202040.00', difference: '0.00' },
      { number: 'REC-2', frozen: '5202040.00', live: '5202040.00', difference: '0.00' },
    ]);
  });

  test('DAT-8: a credit note of June that is known in July restates June by −5,650.00, and is named', async () => {
    const found = await built.rows(`
      select number, part, source_kind, source_number, change, cause, frozen_cny, live_cny, difference_cny, learned_at > frozen_at as is_later
      from marts.restated where month = '2025-06' and customer_name = 'credited' and number = 'REC-1' and change <> 'unchanged'`);
    expect(found.map((row) => Object.values(row))).toEqual([
      [
        'REC-1',
        'open_items',
        'document',
        'CN1',
        'late',
        'late document',
        '0.00',
        '-5650.00',
        '-5650.00',
        true,
      ],
    ]);
    const [june] = await built.rows(`
      select sum(frozen_cny) as frozen, sum(live_cny) as live, sum(difference_cny) as difference
      from marts.restated where month = '2025-06' and customer_name = 'credited' and number = 'REC-1'`);
    expect(june).toEqual({ frozen: '5200000.00', live: '5194350.00', difference: '-5650.00' });
  });

  test.each`
    customer                  | number     | expected
    ${'credited and applied'} | ${'REC-1'} | ${['A2 changed credit_note CN2 -200.00']}
    ${'credited and applied'} | ${'REC-2'} | ${['- changed - -200.00']}
    ${'paid late known'}      | ${'REC-1'} | ${['A3 gone cash -300.00']}
    ${'paid late known'}      | ${'COL-1'} | ${['bank:late late - 300.00']}
    ${'paid late known'}      | ${'FVA-6'} | ${['s3 2025-05-20 gone - -300.00']}
    ${'paid late known'}      | ${'5.2'}   | ${[]}
    ${'the same'}             | ${'COL-1'} | ${[]}
  `('$number of "$customer"', async ({ customer, number, expected }) => {
    const found = await built.rows(`
      select coalesce(replace(source_number, 'erp:', ''), '-') || ' ' || change || ' ' || coalesce(cause, '-') || ' ' || difference_cny as line
      from marts.restated where month = '2025-06' and customer_name = '${customer}' and number = '${number}' and change <> 'unchanged'`);
    expect(found.map((row) => row.line)).toEqual(expected);
  });

  test('a frozen month keeps its owner and region: the region that gained a customer is restated, and the one that lost it', async () => {
    const found = await built.rows(`
      select rls_region, rls_owner, frozen_cny, live_cny, difference_cny from marts.restated
      where month = '2025-06' and customer_name = 'moved' and number = 'REC-1' order by difference_cny`);
    expect(found.map((row) => Object.values(row))).toEqual([
      ['华东', 'E1', '700.00', '0.00', '-700.00'],
      ['华南', 'E2', '0.00', '700.00', '700.00'],
    ]);
  });

  test('the frozen copies hold their identities: buckets make the balance, parts make the gap', async () => {
    const [sums] = await built.rows(`
      select
        (select sum(net_cny) from ops.frozen_receivable where month = '2025-06') as net,
        (select sum(amount_cny) from ops.frozen_ageing where month = '2025-06' and ageing_view = 'overdue') as buckets,
        (select sum(forecast_cny - actual_cny) from ops.frozen_forecast
          where month = '2025-06' and horizon = 'H1' and basis = 'collection' and certainty_set = 'all') as gap,
        (select sum(amount_cny) from ops.frozen_gap where month = '2025-06' and horizon = 'H1' and basis = 'collection') as parts,
        (select sum(amount_cny) from ops.frozen_collection where month = '2025-06') as collected`);
    expect(sums).toEqual({
      net: '5202040.00',
      buckets: '5202040.00',
      gap: '240.00',
      parts: '240.00',
      collected: '60.00',
    });
  });

  test('a retry adds nothing; the month asked for by name is compared with its new version from then on', async () => {
    expect(await freezeMonths(built.warehouse, { runId: 'first', asOfDate: TODAY })).toEqual([]);
    expect(
      await freezeMonths(built.warehouse, { runId: 'second', asOfDate: TODAY, month: '2025-06' }),
    ).toEqual(['2025-06']);
    await build(false);
    expect(
      await built.rows("select distinct frozen_version, change from marts.restated where month = '2025-06'"),
    ).toEqual([{ frozen_version: '2', change: 'unchanged' }]);
  });
});
