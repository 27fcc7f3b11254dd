import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createKit, type OpenSource } from '../../connectors/kit';
import { tryton } from '../../connectors/tryton';
import { buildModels, DuckDbWarehouse, loadStream, reconcileStream } from '../../warehouse';
import { type BaseTruth, type LateTruth, type Series, startTryton, type TrytonServer } from './index';

const SET_UP_MS = 15 * 60_000;
const series = (process.env.MILLRACE_TRYTON ?? '8.0').split(',') as Series[];

const folder = mkdtempSync(join(tmpdir(), 'millrace-tryton-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A real Tryton's books in the warehouse, to the cent. What must come out is worked out in plan.py from what was put in. */
describe.each(series)('Tryton %s in the warehouse', (version) => {
  let warehouse: DuckDbWarehouse;
  let base: TrytonServer<'base'>;
  let truth: BaseTruth;

  beforeAll(async () => {
    warehouse = await DuckDbWarehouse.open({ file: ':memory:' });
    base = await startTryton({ phase: 'base', series: version });
    truth = base.truth;
    await sync(warehouse, base, 'first');
    await build(warehouse, 'first', truth.as_of);
  }, SET_UP_MS);
  afterAll(async () => {
    await base?.stop();
    await warehouse?.close();
  });

  const pairs = async (sql: string): Promise<Record<string, string>> =>
    Object.fromEntries((await warehouse.rows(sql)).map(({ name, value }) => [String(name), String(value)]));

  test('no record was set aside', async () => {
    expect(await warehouse.rows('select stream, source_id, reasons from quarantine.record')).toEqual([]);
  });

  test('each customer owes what its account says', async () => {
    const ledger = await pairs(`
      select parties.code as name, sum(net_cny - prepayment_cny) as value from marts.receivable_balance
      join raw.erp__parties as parties on 'erp:' || parties._source_id = receivable_balance.customer_id
      where as_of_date = date '${truth.as_of}' group by parties.code having sum(net_cny - prepayment_cny) <> 0`);
    expect(ledger).toEqual(truth.expected.receivable_cny);
    expect(ledger).toEqual(truth.server.receivable_cny);
  });

  test('open invoices and open credit notes are the plan’s', async () => {
    const open = (isCredit: boolean) =>
      pairs(`
      select parties.code as name, sum(${isCredit ? '-' : ''}open_amount_cny) as value from marts.open_receivable
      join raw.erp__parties as parties on 'erp:' || parties._source_id = open_receivable.customer_id
      where (open_amount_cny < 0) = ${String(isCredit)} group by parties.code`);
    expect(await open(false)).toEqual(truth.expected.gross_cny);
    expect(await open(true)).toEqual(truth.expected.credit_note_cny);
  });

  test('a rescheduled instalment is due on its new dates', async () => {
    const dates = await warehouse.rows(`
      select open_item.due_date from core.open_item
      join raw.erp__sales as sales on sales.number = open_item.order_number where sales.reference = 'PO-0023' order by due_date`);
    expect(dates.map((row) => row.due_date)).toEqual(['2025-06-16', '2026-01-15', '2026-02-15']); // 30 % at once, the rest in halves
  });

  test('each document: its day, its amount and what is left of it', async () => {
    const rows = await warehouse.rows(`
      select coalesce(sales.reference, 'OPENING') as reference, parties.code as customer,
          receivable_document.document_date as date, receivable_document.amount_cny as amount,
          receivable_document.amount_cny - coalesce(settled.amount_cny, 0) as open, receivable_document.is_credit_note
      from core.receivable_document
      join raw.erp__parties as parties on 'erp:' || parties._source_id = receivable_document.customer_id
      left join raw.erp__sales as sales on sales.number = receivable_document.order_number
      left join (select document_id, sum(amount_cny) as amount_cny from core.settlement group by document_id) as settled
          on settled.document_id = receivable_document.document_id`);
    const inOrder = (documents: readonly object[]) =>
      documents.map((document) => Object.entries(document).map(String).toSorted().join(' ')).toSorted();
    expect(inOrder(rows)).toEqual(inOrder(truth.expected.documents));
  });

  test('documents, receipts and orders add up', async () => {
    const { expected } = truth;
    const one = async (sql: string) => String((await warehouse.rows(`select ${sql}`))[0]?.value);
    expect(await one('sum(amount_cny) as value from core.receivable_document')).toBe(expected.billed_cny);
    expect(await one('sum(amount_cny) as value from core.receipt')).toBe(expected.received_cny);
    expect(await one('sum(amount_cny) as value from core.sales_order')).toBe(expected.order_intake_cny);
    expect(await one('sum(amount_cny) as value from core.sales_order_line')).toBe(expected.order_intake_cny);
    expect(await one('sum(amount_cny) as value from core.delivery')).toBe(expected.delivered_cny);
    expect(await one('sum(amount_cny) as value from staging.goods_return where is_counted')).toBe(
      expected.returned_cny,
    );
  });

  test('each order has its amount, day and seller', async () => {
    const rows = await warehouse.rows(`
      select sales.reference, parties.code as customer, sales_order.amount_cny, sales_order.order_date as date,
          sales_order.owner_number as owner, sales_order.is_counted
      from staging.sales_order join raw.erp__sales as sales on sales._source_id = sales_order.source_id
      join raw.erp__parties as parties on parties._source_id = sales_order.customer_ref order by sales.reference`);
    const expected = truth.expected.orders.map((order) => ({
      ...order,
      owner: order.is_counted ? order.owner : null,
    }));
    const known = rows.map((row) => ({ ...row, owner: row.is_counted ? row.owner : null })); // nobody quoted a draft
    expect(known).toEqual(expected.sort((one, other) => (one.reference < other.reference ? -1 : 1)));
  });

  test('each receipt came on its day and is used up by what it pays', async () => {
    const rows = await warehouse.rows(`
      select receipt.bank_reference as number, parties.code as customer, receipt.receipt_date as date, receipt.amount_cny
      from core.receipt join raw.erp__parties as parties on 'erp:' || parties._source_id = receipt.customer_id
      order by receipt_date, bank_reference nulls first`);
    expect(rows).toEqual(truth.expected.receipts);
    const [unused] = await warehouse.rows(`
      select sum(receipt.amount_cny - coalesce(used.amount_cny, 0)) as cny from core.receipt left join (
        select receipt_id, sum(amount_cny) as amount_cny from core.settlement where receipt_id is not null group by receipt_id
      ) as used on used.receipt_id = receipt.receipt_id`);
    expect(unused?.cny).toBe('5200.00'); // the advance of 5,000.00, and 300.00 paid too much of which 100.00 went back
  });

  test('what settles what: kinds and amounts', async () => {
    const kinds = await pairs(
      'select kind as name, sum(amount_cny) as value from staging.allocation group by kind',
    );
    const credited = truth.expected.documents.filter(
      ({ is_credit_note, open }) => is_credit_note && open === '0.00',
    );
    expect(kinds).toMatchObject({
      write_off: truth.expected.write_off_cny,
      fx_diff: truth.expected.fx_diff_cny,
    });
    expect(toCents(kinds.credit_note)).toBe(credited.reduce((sum, { amount }) => sum - toCents(amount), 0));
  });

  test('stages: every move at its instant', async () => {
    const moves = await warehouse.rows(`
      select opportunities.description as name, stage_change.from_stage_key as "from", stage_change.to_stage_key as "to",
          cast(stage_change.changed_at as varchar) as at
      from staging.stage_change join raw.erp__opportunities as opportunities
          on opportunities._source_id = stage_change.opportunity_ref order by name, changed_at`);
    expect(moves).toEqual(
      truth.expected.opportunities.flatMap(({ name, moves: own }) => own.map((move) => ({ name, ...move }))),
    );
    const won = await warehouse.rows("select distinct status from core.opportunity where stage_key = 'won'");
    expect(won).toEqual([{ status: 'won' }]);
  });

  test(
    'after later changes everything is as the server says',
    async () => {
      const late = await startTryton({ phase: 'late', series: version });
      try {
        const changes: LateTruth = late.truth;
        await sync(warehouse, late, 'second');
        await build(warehouse, 'second', changes.as_of);
        expect(
          await pairs(`
        select parties.code as name, sum(net_cny - prepayment_cny) as value from marts.receivable_balance
        join raw.erp__parties as parties on 'erp:' || parties._source_id = receivable_balance.customer_id
        where as_of_date = date '${changes.as_of}' group by parties.code having sum(net_cny - prepayment_cny) <> 0`),
        ).toEqual(changes.server.receivable_cny);
        const orders = await warehouse.rows(`
        select sales.reference, sales_order.amount_cny from staging.sales_order
        join raw.erp__sales as sales on sales._source_id = sales_order.source_id where not is_deleted order by sales.reference`);
        expect(orders).toEqual(sortedOrders(changes));
      } finally {
        await late.stop();
      }
    },
    SET_UP_MS,
  );
});

const sortedOrders = ({ server }: LateTruth) =>
  server.orders
    .map(({ reference, amount_cny }) => ({ reference, amount_cny }))
    .sort((one, other) => (one.reference < other.reference ? -1 : 1));

const toCents = (amount: unknown) => Math.round(Number(amount) * 100);

async function sync(warehouse: DuckDbWarehouse, server: TrytonServer, runId: string): Promise<void> {
  const { baseUrl, database, users } = server;
  const config = { baseUrl, database, ...users.reader };
  const source: OpenSource = await tryton.connect(
    config,
    createKit({ connection: 'erp', secrets: [config.password] }),
  );
  for (const stream of source.streams) {
    await warehouse.run(
      "insert into meta.run_stream values (?, 'erp', ?, 0, 0, 0, 0, 0, 0, 0, now()::timestamp, null, 'running', null, null, null)",
      [runId, stream.name],
    );
    await loadStream(warehouse, { connection: 'erp', stream, syncId: runId, source, spoolFolder: folder });
    await reconcileStream(warehouse, {
      connection: 'erp',
      stream,
      source,
      spoolFolder: folder,
      isConfirmed: true,
      runId: 'reconcile',
    });
  }
}

const build = (warehouse: DuckDbWarehouse, runId: string, asOfDate: string): Promise<unknown> =>
  buildModels(warehouse, {
    runId,
    asOfDate,
    connections: [{ name: 'erp', connector: 'tryton', streams: tryton.streams }],
  });
