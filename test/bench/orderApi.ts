import { z } from 'zod';
import {
  createKit,
  defineConnector,
  type Http,
  isRaw,
  type OpenSource,
  type Split,
} from '../../connectors/kit';
import { orders } from './orders';

const spec = z.object({ baseUrl: z.url(), set: z.string() });

/** A connector with nothing but its pages: what is measured is the kit, the loader and the engine. */
const connector = defineConnector({
  name: 'bench',
  title: { zh: '测速', en: 'Bench' },
  spec,
  streams: [orders],
  open: ({ baseUrl, set }, kit) => ({ http: kit.http({ baseUrl }), set }),
  check: () => Promise.resolve(),
  async *read(api) {
    let next = pageOf(api, 0);
    for (let number = 0; ; number++) {
      const records = await next;
      if (isRaw(records) && records.count === 0) return;
      next = pageOf(api, number + 1); // the next one is on its way while this one is spooled
      yield { records, state: { page: number } };
    }
  },
});

const pageOf = ({ http, set }: { http: Http; set: string }, page: number): Promise<Split> =>
  http.records('GET', '/orders', { path: ['data', 'list'] }, { params: { set, page } });

/** `set`: the name under which the pages were written (orderServer.ts). */
export function openOrderApi(baseUrl: string, set: string): Promise<OpenSource> {
  return connector.connect({ baseUrl, set }, createKit({ connection: 'bench', secrets: [] }));
}
