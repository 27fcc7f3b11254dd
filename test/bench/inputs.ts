import { chmodSync, createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { DuckDBInstance } from '@duckdb/node-api';
import { literal } from '../../warehouse/warehouse';
import { CSV_HEADER, orderCsv, orderJson, writeOrders } from './orders';
import { writePages } from './orderServer';
import { BAD_EVERY, CHANGES, inputFile, type Step } from './workloads';

/** Writes what the workloads of a run read. Not measured. */
export async function writeInputs(
  folder: string,
  sources: readonly Step['source'][],
  rowsOf: (source: Step['source']) => number,
): Promise<void> {
  const has = (source: Step['source']) => sources.includes(source);
  if (has('api') || has('ndjson'))
    await writeOrders(inputFile(folder, 'orders.ndjson'), { rows: rowsOf('ndjson') }, orderJson);
  if (has('api')) {
    const rows = rowsOf('api');
    await writePages(folder, 'first', { rows });
    for (const [name, changedEvery] of Object.entries(CHANGES)) {
      await writePages(folder, name, { rows, changedEvery });
      await writeOrders(
        inputFile(folder, `changed-${changedEvery}.ndjson`),
        { rows, changedEvery },
        orderJson,
      );
    }
  }
  if (has('api, 1 % bad'))
    await writePages(folder, 'bad', { rows: rowsOf('api, 1 % bad'), badEvery: BAD_EVERY });
  if (has('csv'))
    await writeOrders(inputFile(folder, 'orders.csv'), { rows: rowsOf('csv') }, orderCsv, CSV_HEADER);
  if (has('parquet')) await writeParquet(folder, rowsOf('parquet'));
}

async function writeParquet(folder: string, rows: number): Promise<void> {
  const csv = inputFile(folder, 'parquet.csv');
  await writeOrders(csv, { rows }, orderCsv, CSV_HEADER);
  const instance = await DuckDBInstance.create(':memory:', { memory_limit: '1GB' });
  const connection = await instance.connect();
  await connection.run(
    `copy (select * replace (cast(amount as decimal(18, 2)) as amount, cast(tax_rate as decimal(18, 6)) as tax_rate)
       from read_csv(${literal(csv)}, header = true, delim = ',', quote = '"', escape = '"')) to ${literal(inputFile(folder, 'orders.parquet'))} (format parquet)`,
  );
  connection.closeSync();
  instance.closeSync();
}

/** A table of orders in another Postgres. The server writes into `folder` too, whoever runs it. */
export async function fillTable(url: string, folder: string, rows: number): Promise<void> {
  chmodSync(folder, 0o777);
  const csv = inputFile(folder, 'filling.csv');
  await writeOrders(csv, { rows }, orderCsv, CSV_HEADER);
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(`create table orders (id text primary key, bill_no text, modified timestamp, order_date date, customer_code text, customer_name text,
      amount numeric(18, 2), tax_rate numeric(18, 6), approved boolean, sales_id text, remark text, status text, currency text)`);
    await pipeline(
      createReadStream(csv),
      client.query(copyFrom('copy orders from stdin (format csv, header)')),
    );
  } finally {
    await client.end();
  }
}
