import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Orders like an ERP's JSON API gives them, about 570 bytes each, Chinese text, 1–3 lines. `n` from 0. */
export function orderJson(n: number): string {
  const id = String(n).padStart(9, '0');
  const minute = String(Math.floor(n / 60) % 60).padStart(2, '0');
  const day = String(1 + (Math.floor(n / 3_600) % 28)).padStart(2, '0');
  const month = String(1 + (Math.floor(n / 100_800) % 12)).padStart(2, '0');
  const lines = Array.from(
    { length: 1 + (n % 3) },
    (_, line) =>
      `{"line":${line + 1},"product":"深沟球轴承 62${(n + line) % 90}","qty":${1 + (n % 40)},"price":${100 + (n % 900)}.5}`,
  );
  return `{"id":"SO${id}","bill_no":"XSDD${id}","modified":"2026-${month}-${day} 08:${minute}:00","order_date":"2026-${month}-${day}","customer_code":"C${n % 1200}","customer_name":"苏州恒力精密机械有限公司${n % 1200}","amount":${1000 + (n % 90_000)}.${String(n % 100).padStart(2, '0')},"tax_rate":0.13,"approved":true,"sales_id":"S${n % 18}","remark":"请于本月底前发货，送货前电话联系仓库","lines":[${lines.join(',')}],"status":"C","currency":"CNY"}`;
}

const PAGE_ROWS = 1_000;

/** A process of its own, started with the number of rows: what the server costs is not the loader's. */
if (require.main === module) {
  const rows = Number(process.argv[2]);
  const server = createServer((request, response) => {
    const page = Number(new URL(request.url ?? '/', 'http://bench').searchParams.get('page'));
    const from = page * PAGE_ROWS;
    const records: string[] = [];
    for (let n = from; n < Math.min(from + PAGE_ROWS, rows); n++) records.push(orderJson(n));
    const body = `{"code":0,"data":{"total":${rows},"list":[${records.join(',')}]}}`;
    response.setHeader('content-type', 'application/json');
    response.end(body);
  });
  server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
}
