import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { z } from 'zod';
import { businessDate, defineStream, flag, json, localTime, money, quantity } from '../../connectors/kit';

/** Which orders, out of how many, and in which state. The same options give the same records. */
export interface Orders {
  rows: number;
  /** Only each n-th order, changed since: another amount and a later time. */
  changedEvery?: number;
  /** Each n-th order has an amount that is none. */
  badEvery?: number;
}

const flat = {
  id: z.string(),
  bill_no: z.string(),
  modified: localTime('Asia/Shanghai'),
  order_date: businessDate(),
  customer_code: z.string(),
  customer_name: z.string(),
  amount: money(),
  tax_rate: quantity(),
  approved: flag(),
  sales_id: z.string(),
  remark: z.string().nullable(),
  status: z.enum(['A', 'C']),
  currency: z.string(),
};

const common = {
  key: ['id'],
  cursor: { field: 'modified', tie: 'id', overlap: '5 minutes' },
  amount: 'amount',
} as const;

/** Orders with their lines, as an ERP's JSON API gives them: about 500 bytes each, Chinese text, one to three lines. */
export const orders = defineStream({
  name: 'orders',
  vendorName: 'orders',
  ...common,
  contract: z.object({ ...flat, lines: json() }),
});

/** The same without lines: what stands in files of columns and in tables. */
export const flatOrders = defineStream({
  name: 'flat_orders',
  vendorName: 'flat_orders',
  ...common,
  contract: z.object(flat),
});

/** Numbers of the orders that `options` means. */
export function* numbers({ rows, changedEvery = 1 }: Orders): Iterable<number> {
  for (let n = 0; n < rows; n += changedEvery) yield n;
}

export const countOfOrders = ({ rows, changedEvery = 1 }: Orders): number => Math.ceil(rows / changedEvery);

export function orderJson(n: number, options: Orders): string {
  const { id, day, minute, second, amount, hour } = partsOf(n, options);
  const lines = Array.from(
    { length: 1 + (n % 3) },
    (_, line) =>
      `{"line":${line + 1},"product":"深沟球轴承 62${(n + line) % 90}","qty":${1 + (n % 40)},"price":${100 + (n % 900)}.5}`,
  );
  return `{"id":"SO${id}","bill_no":"XSDD${id}","modified":"${day} ${hour}:${minute}:${second}","order_date":"${day}","customer_code":"C${n % 1200}","customer_name":"苏州恒力精密机械有限公司${n % 1200}","amount":${amount},"tax_rate":0.13,"approved":true,"sales_id":"S${n % 18}","remark":"请于本月底前发货，送货前电话联系仓库","lines":[${lines.join(',')}],"status":"C","currency":"CNY"}`;
}

export const CSV_HEADER = Object.keys(flat).join(',');

export function orderCsv(n: number, options: Orders): string {
  const { id, day, minute, second, amount, hour } = partsOf(n, options);
  return `SO${id},XSDD${id},${day} ${hour}:${minute}:${second},${day},C${n % 1200},苏州恒力精密机械有限公司${n % 1200},${amount},0.13,true,S${n % 18},"请于本月底前发货, 送货前电话联系仓库",C,CNY`;
}

function partsOf(n: number, { changedEvery, badEvery }: Orders) {
  const two = (value: number) => String(value).padStart(2, '0');
  const cents = two(n % 100);
  return {
    id: String(n).padStart(9, '0'),
    day: `2026-${two(1 + (Math.floor(n / 100_800) % 12))}-${two(1 + (Math.floor(n / 3_600) % 28))}`,
    hour: changedEvery ? '20' : '08',
    minute: two(Math.floor(n / 60) % 60),
    second: two(n % 60),
    amount:
      badEvery && n % badEvery === 0 ? '"1,2x"' : `${1000 + (n % 90_000) + (changedEvery ?? 0)}.${cents}`,
  };
}

/** Writes one line for each order. */
export async function writeOrders(
  file: string,
  options: Orders,
  lineOf: (n: number, options: Orders) => string,
  header?: string,
): Promise<void> {
  const out = createWriteStream(file);
  let text = header === undefined ? '' : `${header}\n`;
  for (const n of numbers(options)) {
    text += `${lineOf(n, options)}\n`;
    if (text.length < 1_000_000) continue;
    if (!out.write(text)) await once(out, 'drain');
    text = '';
  }
  out.end(text);
  await once(out, 'finish');
}
