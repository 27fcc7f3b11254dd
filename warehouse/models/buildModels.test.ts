import { openShop, type Shop } from '../../test/models/shop';
import { engines } from '../../test/support/engines';
import type { Session, Warehouse } from '../warehouse';
import { appendEvents } from '../events/appendEvents';
import { buildModels } from './buildModels';

const NOTE_MODEL = `-- what     Notes.
-- grain    one row per note
-- key      note_id
-- sources  ops.event
select event_id as note_id, json_text(body, 'text') as text from ops.event where kind = 'note.made'
`;

describe.each(engines)('a generation of models on $name', ({ open }) => {
  let warehouse: Warehouse;
  let shop: Shop;

  beforeEach(async () => {
    warehouse = await open();
    shop = await openShop(warehouse);
    await shop.put(
      'customers',
      { id: 'c1', name: 'Ada', region: 'north' },
      { id: 'c2', name: 'Bo', region: 'south' },
    );
    await shop.put(
      'orders',
      { id: 'o1', customer: 'c1', amount: '10.00' },
      { id: 'o2', customer: 'c2', amount: '5.00' },
    );
  });
  afterEach(() => shop.close());

  const totals = () =>
    shop.rows('select customer_id, amount_cny from marts.customer_total order by customer_id');

  test('builds again what reads a table of ours that was written', async () => {
    shop.write('models/core/note.sql', NOTE_MODEL);
    await shop.build();
    expect((await shop.build()).generation).toBeUndefined();
    const event = { eventId: 'n1', kind: 'note.made', actor: 'ada', subject: 'o1', body: { text: 'paid' } };
    await appendEvents(warehouse, [event]);
    expect((await shop.build()).models.map(({ model }) => model)).toEqual(['core.note']);
    expect(await shop.rows('select note_id, text from core.note')).toEqual([{ note_id: 'n1', text: 'paid' }]);
    expect((await shop.build()).generation).toBeUndefined();
  });

  test('stops where a change ends: an event that one model leaves out builds nothing behind it', async () => {
    shop.write('models/core/note.sql', NOTE_MODEL);
    shop.write(
      'models/marts/note_length.sql',
      '-- what     Notes by length.\n-- key      note_id\n-- sources  core.note\nselect note_id, cast(length(text) as int) as letters from core.note',
    );
    const event = { actor: 'ada', subject: 'o1', body: { text: 'paid' } };
    const letters = () => shop.rows('select note_id, letters from marts.note_length order by note_id');
    await appendEvents(warehouse, [{ ...event, eventId: 'n1', kind: 'note.made' }]);
    await shop.build();
    await appendEvents(warehouse, [{ ...event, eventId: 'x1', kind: 'order.seen' }]);
    expect((await shop.build()).models.map(({ model }) => model)).toEqual(['core.note']);
    expect(await letters()).toEqual([{ note_id: 'n1', letters: 4 }]);
    expect((await shop.build()).generation).toBeUndefined();
    await appendEvents(warehouse, [{ ...event, eventId: 'n2', kind: 'note.made', body: { text: 'late' } }]);
    expect((await shop.build()).models.map(({ model }) => model)).toEqual(['core.note', 'marts.note_length']);
    expect(await letters()).toEqual([
      { note_id: 'n1', letters: 4 },
      { note_id: 'n2', letters: 4 },
    ]);
    expect((await shop.build()).generation).toBeUndefined();
  });

  test('holds every model, with comments, counts and what it reads', async () => {
    const result = await shop.build();
    expect(result.generation).toBe(1);
    expect(result.models.map(({ model, rows, method }) => [model, rows, method])).toEqual([
      ['core.customer', 2, 'full'],
      ['core.sales_order', 2, 'full'],
      ['marts.customer_total', 2, 'full'],
      ['marts.region_total', 2, 'full'],
    ]);
    expect(await totals()).toEqual([
      { customer_id: 'shop:c1', amount_cny: '10.00' },
      { customer_id: 'shop:c2', amount_cny: '5.00' },
    ]);
    expect(
      await shop.rows(
        "select source, kind from meta.model_source where model = 'core.sales_order' order by source",
      ),
    ).toEqual([
      { source: 'core.customer', kind: 'model' },
      { source: 'staging.sales_order', kind: 'staging' },
    ]);
    expect(
      await shop.rows("select source from meta.model_source where model = 'staging.sales_order'"),
    ).toEqual([{ source: 'shop.orders' }]);
    expect(
      await shop.rows("select model, layer, what, key_columns from meta.model where model = 'core.customer'"),
    ).toEqual([
      { model: 'core.customer', layer: 'core', what: 'Customers (客户).', key_columns: 'customer_id' },
    ]);
    expect(await commentsOf(warehouse)).toEqual([
      'Customers (客户). Grain: one row per customer',
      'connection and id',
    ]);
  });

  test('is read complete and without waiting while the next one is built', async () => {
    await shop.build();
    await shop.put('orders', { id: 'o3', customer: 'c1', amount: '90.00' });
    const seen: unknown[] = [];
    const watched = watching(warehouse, async (sql) => {
      if (/^(drop table if exists core|alter table core.\w+ rename)/.test(sql)) return; // the swap itself
      if (!/^(create table|comment on|select \(select count)/.test(sql)) return;
      seen.push(await totals()); // awaited by the build: a reader that had to wait for it would never come back
    });
    const { connection, folder } = shop;
    const request = {
      runId: 'watched',
      connections: [connection],
      asOfDate: '2026-03-31',
      folder: `${folder}/models`,
    };
    await buildModels(watched, request);
    expect(seen.length).toBeGreaterThan(4);
    for (const each of seen) {
      expect(each).toEqual([
        { customer_id: 'shop:c1', amount_cny: '10.00' },
        { customer_id: 'shop:c2', amount_cny: '5.00' },
      ]);
    }
    expect(await totals()).toEqual([
      { customer_id: 'shop:c1', amount_cny: '100.00' },
      { customer_id: 'shop:c2', amount_cny: '5.00' },
    ]);
  });

  test('that fails leaves the published one, no table of the meantime, and its test results', async () => {
    await shop.build();
    await shop.put('customers', { id: 'c2', name: 'Bo', region: 'west' });
    await expect(shop.build({ runId: 'failing' })).rejects.toThrow(
      /region of marts.customer_total is one of north, south, none. Not so for 1 row, for example \[\{"region":"west"/,
    );
    expect(await shop.rows("select region from core.customer where source_id = 'c2'")).toEqual([
      { region: 'south' },
    ]);
    expect(await tablesOfTheMeantime(warehouse)).toEqual([]);
    expect(
      await shop.rows(
        "select test, returned_rows, generation from meta.model_test_run where run_id = 'failing' and returned_rows > 0",
      ),
    ).toEqual([{ test: 'marts.customer_total accepted region', returned_rows: '1', generation: null }]);
    await shop.put('customers', { id: 'c2', name: 'Bo', region: 'north' });
    expect((await shop.build()).generation).toBe(2);
  });

  test('stops at a key that is not unique, naming the rows', async () => {
    shop.write(
      'models/core/customer.sql',
      `-- what  Customers.\n-- key  name\n-- sources  staging.customer\nselect 'x' as name from staging.customer`,
    );
    shop.write('models/core/sales_order.sql', undefined);
    for (const name of ['marts/customer_total', 'marts/region_total', 'tests/totals_add_up'])
      shop.write(`models/${name}.sql`, undefined);
    await expect(shop.build()).rejects.toMatchObject({
      code: 'test_failed',
      what: expect.stringContaining('"name":"x"') as string,
    });
  });

  test('holds only what a change reaches', async () => {
    await shop.build();
    expect(await shop.build()).toMatchObject({ generation: undefined, models: [] });
    await shop.put('orders', { id: 'o1', customer: 'c1', amount: '11.00' });
    const built = (await shop.build()).models.map(({ model }) => model);
    expect(built).toEqual(['core.sales_order', 'marts.customer_total', 'marts.region_total']);
  });

  test.each([
    ['core.customer', ['core.customer']],
    ['sales_order+', ['core.sales_order', 'marts.customer_total', 'marts.region_total']],
    ['+customer_total', ['core.customer', 'core.sales_order', 'marts.customer_total']],
    ['core.customer region_total', ['core.customer', 'marts.region_total']],
    ['+region_total+, customer', ['core.customer', 'core.sales_order', 'marts.region_total']],
  ])('selected by %s', async (selection, expected) => {
    await shop.build();
    const { models } = await shop.build({ select: [selection] });
    expect(models.map(({ model }) => model)).toEqual(expected);
  });

  test('built alone leaves the rest of what changed to the next build', async () => {
    await shop.build();
    await shop.put('customers', { id: 'c1', name: 'Ada', region: 'south' });
    await shop.build({ select: ['core.customer'] });
    expect(await shop.rows("select region from core.sales_order where customer_id = 'shop:c1'")).toEqual([
      { region: 'north' },
    ]);
    expect((await shop.build()).models.map(({ model }) => model)).toEqual([
      'core.sales_order',
      'marts.customer_total',
      'marts.region_total',
    ]);
    expect(await shop.rows("select region from core.sales_order where customer_id = 'shop:c1'")).toEqual([
      { region: 'south' },
    ]);
    expect(await shop.build()).toMatchObject({ generation: undefined });
  });

  test('refuses an unknown name and names those that are near', async () => {
    await expect(shop.build({ select: ['core.custmer'] })).rejects.toMatchObject({
      code: 'not_found',
      todo: expect.stringContaining('Did you mean core.customer') as string,
    });
  });

  test('refuses sources in a header that the SQL does not read', async () => {
    shop.write(
      'models/marts/region_total.sql',
      `-- what  x\n-- sources  core.customer -- or 'core.sales_order'\nselect 1 as one from core.sales_order`,
    );
    await expect(shop.build()).rejects.toMatchObject({
      code: 'model_failed',
      todo: 'Write: -- sources  core.sales_order',
    });
  });
});

/** A warehouse whose builds call `see` before each statement. */
function watching(warehouse: Warehouse, see: (sql: string) => Promise<void>): Warehouse {
  const transaction: Warehouse['transaction'] = (work, options) =>
    warehouse.transaction((session) => {
      const run: Session['run'] = async (sql, values) => {
        await see(sql);
        return session.run(sql, values);
      };
      const rows: Session['rows'] = async (sql, values) => {
        await see(sql);
        return session.rows(sql, values);
      };
      const watched = Object.create(session, { run: { value: run }, rows: { value: rows } }) as Session;
      return work(watched);
    }, options);
  return Object.create(warehouse, { transaction: { value: transaction } }) as Warehouse;
}

async function commentsOf(warehouse: Warehouse) {
  const rows = await warehouse.rows(
    warehouse.dialect.engine === 'duckdb'
      ? `select comment from duckdb_tables() where schema_name = 'core' and table_name = 'customer'
         union all select comment from duckdb_columns() where schema_name = 'core' and table_name = 'customer' and column_name = 'customer_id'`
      : `select obj_description('core.customer'::regclass) as comment
         union all select col_description('core.customer'::regclass, 1)`,
  );
  return rows.map(({ comment }) => comment);
}

const tablesOfTheMeantime = (warehouse: Warehouse) =>
  warehouse.rows(
    "select table_name from information_schema.tables where table_name like '%\\_\\_next' escape '\\'",
  );
