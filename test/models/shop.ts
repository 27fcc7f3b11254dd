import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { defineStream, money } from '../../connectors/kit';
import {
  buildModels,
  type ModelConnection,
  type Row,
  type Session,
  type Value,
  type Warehouse,
} from '../../warehouse';
import type { BuildRequest, BuildResult } from '../../warehouse/models/build';
import { quoted, rawTable } from '../../warehouse/warehouse';

const streams = [
  defineStream({
    name: 'customers',
    vendorName: 'Customer',
    key: ['id'],
    contract: z.object({ id: z.string(), name: z.string(), region: z.string().nullable() }),
  }),
  defineStream({
    name: 'orders',
    vendorName: 'Order',
    key: ['id'],
    contract: z.object({ id: z.string(), customer: z.string().nullable(), amount: money() }),
  }),
];

/** A small company for tests of the model runner: customers and orders of one connection, four models, one test. */
export const SHOP: Readonly<Record<string, string>> = {
  'models/staging/customer.sql': `-- what  Customers.
-- key  connection, source_id
select null::varchar as connection, null::varchar as source_id, null::varchar as name, null::varchar as region where false`,
  'models/staging/sales_order.sql': `-- what  Orders.
-- key  connection, source_id
select null::varchar as connection, null::varchar as source_id, null::varchar as customer_ref, null::decimal(18, 2) as amount_cny where false`,
  'connectors/shop/staging/customer.sql': `-- what  Customers of the shop.
-- sources  raw.customers
select _connection as connection, _source_id as source_id, name, region from raw.customers where _deleted_at is null`,
  'connectors/shop/staging/sales_order.sql': `-- what  Orders of the shop.
-- sources  raw.orders
select orders._connection as connection, orders._source_id as source_id, customer as customer_ref, amount as amount_cny
from raw.orders where _deleted_at is null`,
  'models/core/customer.sql': `-- what     Customers (客户).
-- grain    one row per customer
-- key      customer_id
-- sources  staging.customer
-- column   customer_id: connection and id
-- required name
select connection || ':' || source_id as customer_id, name, coalesce(region, 'none') as region, connection, source_id
from staging.customer`,
  'models/core/sales_order.sql': `-- what     Orders with their customer (订单).
-- grain    one row per order
-- key      sales_order_id
-- sources  core.customer, staging.sales_order
-- reference customer_id -> core.customer.customer_id
select sales_order.connection || ':' || sales_order.source_id as sales_order_id, customer.customer_id, customer.region,
    sales_order.amount_cny, sales_order.connection, sales_order.source_id, sales_order.customer_ref
from staging.sales_order
left join core.customer on customer.connection = sales_order.connection and customer.source_id = sales_order.customer_ref`,
  'models/marts/customer_total.sql': `-- what     What each customer ordered.
-- grain    one row per customer
-- key      customer_id
-- sources  core.customer, core.sales_order
-- accepted region: north, south, none
with total as (
    select customer_id, sum(amount_cny)::decimal(18, 2) as amount_cny, count(*) as orders from core.sales_order group by customer_id
)
select customer.customer_id, customer.name, customer.region, coalesce(total.amount_cny, 0) as amount_cny, coalesce(total.orders, 0) as orders
from core.customer left join total on total.customer_id = customer.customer_id`,
  'models/marts/region_total.sql': `-- what     What each region ordered; nothing of core.customer alone reaches it.
-- grain    one row per region
-- key      region
-- sources  core.sales_order
select coalesce(region, 'unknown') as region, sum(amount_cny)::decimal(18, 2) as amount_cny from core.sales_order group by coalesce(region, 'unknown')`,
  'models/tests/totals_add_up.sql': `-- what     The totals of customers and orders agree.
-- sources  core.sales_order, marts.customer_total
select total.amount_cny as total, orders.amount_cny as orders
from (select coalesce(sum(amount_cny), 0) as amount_cny from marts.customer_total) as total
cross join (select coalesce(sum(amount_cny), 0) as amount_cny from core.sales_order where customer_id is not null) as orders
where total.amount_cny <> orders.amount_cny`,
};

export interface Shop {
  connection: ModelConnection;
  folder: string;
  /** Writes a file of the project, or takes it away. */
  write(path: string, text: string | undefined): void;
  /** Inserts or changes records as a sync would: raw rows and the record of the run. */
  put(stream: string, ...records: Record<string, Value>[]): Promise<void>;
  /** Marks records as deleted, as a reconciliation would. */
  remove(stream: string, ...ids: string[]): Promise<void>;
  build(request?: Partial<BuildRequest>): Promise<BuildResult>;
  rows(sql: string): Promise<Row[]>;
  close(): Promise<void>;
}

/** The shop's files in a folder of their own, over a warehouse; `files` replace some or add to them. */
export async function openShop(
  warehouse: Warehouse,
  files: Readonly<Record<string, string>> = {},
): Promise<Shop> {
  const folder = mkdtempSync(join(tmpdir(), 'millrace-shop-'));
  const write = (path: string, text: string | undefined) => {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    if (text === undefined) rmSync(file);
    else writeFileSync(file, text);
  };
  for (const [path, text] of Object.entries({ ...SHOP, ...files })) write(path, text);
  const connection = { name: 'shop', connector: 'shop', streams };
  for (const stream of streams) await warehouse.prepareStream('shop', stream);
  let run = 0;
  const sync = (stream: string, loaded: number, deleted: number, work: (session: Session) => Promise<void>) =>
    warehouse.transaction(async (session) => {
      run += 1;
      await session.run(
        `insert into meta.run_stream values (?, 'shop', ?, ?, ?, 0, 0, ?, 0, 1, utc_now(), null, 'running', null, null, null)`,
        [`sync-${run}`, stream, loaded, loaded, deleted],
      );
      await work(session);
      await session.run(`update meta.run_stream set ended_at = utc_now(), status = 'done' where run_id = ?`, [
        `sync-${run}`,
      ]);
    });
  let builds = 0;
  return {
    connection,
    folder,
    write,
    put: (stream, ...records) =>
      sync(stream, records.length, 0, async (session) => {
        for (const record of records) await putRow(session, stream, record, `sync-${run}`);
      }),
    remove: (stream, ...ids) =>
      sync(stream, 0, ids.length, async (session) => {
        for (const id of ids)
          await session.run(
            `update ${rawTable('shop', stream)} set _deleted_at = utc_now() where _source_id = ?`,
            [id],
          );
      }),
    build: (request) => {
      builds += 1;
      const defaults = { runId: `build-${builds}`, connections: [connection], asOfDate: '2026-03-31' };
      return buildModels(warehouse, { ...defaults, folder: join(folder, 'models'), ...request });
    },
    rows: (sql) => warehouse.rows(sql),
    async close() {
      await warehouse.close();
      rmSync(folder, { recursive: true });
    },
  };
}

async function putRow(
  session: Session,
  stream: string,
  record: Record<string, Value>,
  run: string,
): Promise<void> {
  const table = rawTable('shop', stream);
  const id = record.id ?? null;
  await session.run(`delete from ${table} where _source_id = ?`, [id]);
  const columns = Object.keys(record).map(quoted).join(', ');
  const values = Object.values(record);
  await session.run(
    `insert into ${table} (_source_id, _connection, _sync_id, _extracted_at, _first_extracted_at, _row_hash, ${columns})
     select ?, 'shop', ?, utc_now(), utc_now(), ?, ${values.map((value) => (typeof value === 'number' ? 'cast(? as decimal(18, 2))' : '?')).join(', ')}`,
    [id, run, JSON.stringify(record), ...values],
  );
}
