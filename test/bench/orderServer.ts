import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { open, readFile, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { numbers, type Orders, orderJson } from './orders';

const PAGE_ROWS = 1_000;

/** Writes the pages of an API beforehand, so that making them costs the measured time nothing; the last one is empty. */
export async function writePages(folder: string, name: string, options: Orders): Promise<void> {
  const file = join(folder, `${name}.pages`);
  const out = createWriteStream(file);
  const ends = [0];
  let records: string[] = [];
  const put = async () => {
    const body = Buffer.from(`{"code":0,"data":{"total":${options.rows},"list":[${records.join(',')}]}}`);
    ends.push((ends.at(-1) ?? 0) + body.length);
    records = [];
    if (!out.write(body)) await once(out, 'drain');
  };
  for (const n of numbers(options)) {
    records.push(orderJson(n, options));
    if (records.length === PAGE_ROWS) await put();
  }
  if (records.length > 0) await put();
  await put();
  out.end();
  await once(out, 'finish');
  await writeFile(`${file}.json`, JSON.stringify(ends));
}

/** An API that gives the pages of a folder: GET /orders?set=<name>&page=<from 0>. */
export async function startOrderServer(folder: string): Promise<{ url: string; server: Server }> {
  const sets = new Map<string, ReturnType<typeof openPages>>();
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const query = new URL(request.url ?? '/', 'http://bench').searchParams;
    const name = query.get('set') ?? '';
    const set = sets.get(name) ?? openPages(join(folder, `${name}.pages`));
    sets.set(name, set);
    response.setHeader('content-type', 'application/json');
    response.end(await (await set)(Number(query.get('page'))));
  };
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

async function openPages(file: string): Promise<(page: number) => Promise<Buffer>> {
  const ends = JSON.parse(await readFile(`${file}.json`, 'utf8')) as number[];
  const handle = await open(file);
  return async (page) => {
    const from = ends[page] ?? 0;
    const body = Buffer.allocUnsafe((ends[page + 1] ?? from) - from);
    await handle.read(body, 0, body.length, from);
    return body;
  };
}

/** A process of its own, so that what the server costs is not the loader's. */
if (require.main === module) {
  process.on('disconnect', () => process.exit());
  startOrderServer(process.argv[2] ?? '.').then(
    ({ url }) => process.send?.(url),
    (error: unknown) => {
      throw error;
    },
  );
}
