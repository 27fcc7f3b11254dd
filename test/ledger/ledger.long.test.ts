import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { buildModels } from '../../warehouse';
import type { Row, Warehouse } from '../../warehouse/warehouse';
import { engines } from '../support/engines';
import type { History } from './history';
import { ledgerModels } from './ledgerModels';
import { anyHistory } from './makeHistory';
import { standingOf } from './oracle';
import { createStaging, stage } from './staged';
import { type Day, dayText, money } from './time';

/**
 * Random small ledgers, each of a customer of its own, in two builds on each engine: first what was known by an early day,
 * then all. The model tests (METRICS 12) run in both. Another seed: MILLRACE_SEED.
 */
const LEDGERS = 2_000;
const SEED = Number(process.env.MILLRACE_SEED ?? 7);
const EARLY: Day = 110;
const LATE: Day = 420;
const QUESTIONS: readonly (readonly [asOf: Day, known: Day])[] = [
  [31, 35],
  [59, 59],
  [60, EARLY],
  [100, 80],
  [EARLY, EARLY],
  [90, 150],
  [140, 140],
  [181, 200],
  [200, 181],
  [250, LATE],
  [LATE, 260],
  [LATE, LATE],
];
const WANTED = [
  'core.ledger_movement',
  'core.item_balance',
  'core.receipt_balance',
  'core.bill_state',
  'core.allocation',
  'core.collection',
  'marts.receivable_ageing',
  'marts.receivable_rollforward',
];

const histories = Array.from({ length: LEDGERS }, (_, number) => {
  const customer = `L${String(number).padStart(4, '0')}`;
  const [history] = fc.sample(anyHistory(customer), { numRuns: 1, seed: SEED + number });
  return history as History;
});

describe.each(engines)(`${LEDGERS} random ledgers on $name (seed ${SEED})`, ({ open }) => {
  const folder = mkdtempSync(join(tmpdir(), 'ledger-'));
  let warehouse: Warehouse;
  let early: Row[];
  let late: Row[];
  let nextWorkday: (day: Day) => Day;

  beforeAll(async () => {
    warehouse = await open();
    ledgerModels(folder, WANTED);
    await createStaging(warehouse);
    early = await built(EARLY);
    late = await built(LATE);
    nextWorkday = await workdays(warehouse);
  }, 600_000);
  afterAll(async () => {
    await warehouse?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** All rows of the ledger after a build of what is known by a day. */
  async function built(known: Day): Promise<Row[]> {
    await stage(warehouse, histories, known);
    const request = {
      runId: `known ${known}`,
      connections: [],
      asOfDate: dayText(known),
      folder,
      keepStaging: true,
    };
    await buildModels(warehouse, { ...request, isAll: true });
    return warehouse.rows('select * from core.ledger_movement order by movement_id');
  }

  test('later knowledge changes no row of the ledger that was known before', () => {
    const before = late.filter(({ recorded_at }) => String(recorded_at) < `${dayText(EARLY)} 24`);
    expect(before.length).toBeGreaterThan(LEDGERS * 2);
    expect(late.length).toBeGreaterThan(before.length);
    expect(before).toEqual(early);
  });

  test('as of any day, as known on any day, it says what METRICS says', async () => {
    let compared = 0;
    for (const [asOf, known] of QUESTIONS) {
      const found = await answers(warehouse, asOf, known);
      for (const history of histories) {
        const expected = textOf(standingOf(history, asOf, known, nextWorkday));
        const ledger = found.get(history.customer) ?? NOTHING;
        if (!isDeepStrictEqual(ledger, expected))
          // told with its history
          expect({ asOf, known, history, ledger }).toEqual({ asOf, known, history, ledger: expected });
        compared++;
      }
    }
    expect(compared).toBe(LEDGERS * QUESTIONS.length);
  }, 120_000);

  test('today, as known now, the ledger is what the live models say', async () => {
    const rows = await warehouse.rows(`
      select coalesce(item.item_id, live.item_id) as item_id, item.open_cny, live.open_amount_cny from (
        select item_id, sum(amount_cny) as open_cny from core.ledger_movement
        where side = 'item' group by item_id having sum(amount_cny) <> 0
      ) as item
      full join (select * from core.item_balance where to_date is null) as live on live.item_id = item.item_id
      where item.open_cny is null or live.open_amount_cny is null or item.open_cny <> live.open_amount_cny`);
    expect(rows).toEqual([]);
  });
});

type Text = { items: Record<string, string>; unallocated: string; marked: string };
const NOTHING: Text = { items: {}, unallocated: '0.00', marked: '0.00' };

async function answers(warehouse: Warehouse, asOf: Day, known: Day): Promise<Map<string, Text>> {
  const rows = await warehouse.rows(`
    select customer_id, side, item_id, is_retention, cast(max(effective_due_date) as varchar) as due,
      cast(cast(sum(case when side = 'item' then amount_cny else 0 end) as decimal(18, 2)) as varchar) as open_cny,
      cast(cast(-sum(case when side = 'receipt' and not is_prepayment then amount_cny else 0 end) as decimal(18, 2)) as varchar) as unallocated_cny,
      cast(cast(-sum(case when side = 'receipt' and is_prepayment then amount_cny else 0 end) as decimal(18, 2)) as varchar) as marked_cny
    from core.ledger_movement
    where effective_date <= date '${dayText(asOf)}' and recorded_at <= timestamp '${dayText(known)} 15:59:59'
    group by customer_id, side, item_id, is_retention`);
  const found = new Map<string, Text>();
  for (const row of rows) {
    const customer = String(row.customer_id).replace('erp:', '');
    const of = found.get(customer) ?? { items: {}, unallocated: '0.00', marked: '0.00' };
    found.set(customer, of);
    if (row.side === 'receipt')
      Object.assign(of, { unallocated: row.unallocated_cny, marked: row.marked_cny });
    else if (row.open_cny !== '0.00')
      of.items[String(row.item_id).replace('erp:', '')] =
        `${String(row.open_cny)} ${String(row.due)}${row.is_retention ? ' held' : ''}`;
  }
  return found;
}

function textOf({ items, unallocated, marked }: ReturnType<typeof standingOf>): Text {
  const lines = [...items.values()].map(({ id, open, due, isRetention }) => [
    id,
    `${money(open)} ${dayText(due)}${isRetention ? ' held' : ''}`,
  ]);
  return {
    items: Object.fromEntries(lines) as Record<string, string>,
    unallocated: money(unallocated),
    marked: money(marked),
  };
}

/** The day itself or the next workday, from the published calendar, which METRICS section 1's own test checks. */
async function workdays(warehouse: Warehouse): Promise<(day: Day) => Day> {
  const rows = await warehouse.rows(
    `select cast(day - date '2025-01-01' as int) as day, cast(effective_day - date '2025-01-01' as int) as effective from core.calendar`,
  );
  const next = new Map(rows.map(({ day, effective }) => [Number(day), Number(effective)]));
  return (day) => next.get(day) ?? day;
}
