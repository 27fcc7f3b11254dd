import { z } from 'zod';
import {
  businessDate,
  defineConnector,
  defineStream,
  type Http,
  keysetPages,
  type ListQuery,
  money,
  secret,
  type Stream,
  utcTime,
} from '../../connectors/kit';

const cursor = { field: 'changed', tie: 'id', overlap: '1 minutes' } as const;

const customers = defineStream({
  name: 'customers',
  vendorName: 'customers',
  key: ['id'],
  cursor,
  contract: z.object({
    id: z.string(),
    name: z.string(),
    credit_code: z.string(),
    region: z.string(),
    changed: utcTime(),
  }),
});

/** The narrow contract puts held orders into quarantine, the wide one lets a replay bring them in. */
const ordersOf = (statuses: readonly [string, ...string[]]) =>
  defineStream({
    name: 'orders',
    vendorName: 'orders',
    key: ['id'],
    cursor,
    amount: 'amount',
    snapshot: ['status'],
    contract: z.object({
      id: z.string(),
      customer_id: z.string(),
      amount: money(),
      day: businessDate(),
      status: z.enum(statuses),
      changed: utcTime(),
    }),
  });

const receipts = defineStream({
  name: 'receipts',
  vendorName: 'receipts',
  key: ['id'],
  cursor,
  amount: 'amount',
  contract: z.object({
    id: z.string(),
    customer_id: z.string(),
    amount: money(),
    day: businessDate(),
    changed: utcTime(),
  }),
});

/** A source of its own kind. Its staging files lie beside it: the name is the way there from connectors/. */
const connectorWith = (orders: Stream) =>
  defineConnector({
    name: '../test/chaos',
    title: { zh: '混沌', en: 'Chaos' },
    spec: z.object({ baseUrl: z.url(), password: secret() }),
    streams: [customers, orders, receipts],
    open: ({ baseUrl }, kit) => kit.http({ baseUrl, concurrent: 3 }),
    check: async (api) => void (await api.get('/ping')),
    read: (api, stream, state, request) =>
      keysetPages(stream, state, 25, (query) => list(api, stream, query), request),
    async *keys(api, stream) {
      for (let offset = 0; ; ) {
        const { data } = keyPage.parse(await api.get(`/keys/${stream.vendorName}`, { params: { offset } }));
        if (data.length === 0) return;
        offset += data.length;
        yield data.map(({ id }) => [id]);
      }
    },
  });

export const chaos = connectorWith(ordersOf(['open', 'closed']));
export const wideChaos = connectorWith(ordersOf(['open', 'closed', 'held']));

const keyPage = z.object({ data: z.array(z.object({ id: z.string() })) });

function list(api: Http, stream: Stream, { after, from, to }: ListQuery) {
  return api.records(
    'GET',
    `/records/${stream.vendorName}`,
    { path: ['data'] },
    {
      params: {
        ...(after && { after: `${after.cursor} ${after.tie}` }),
        ...(from !== undefined && { from }),
        ...(to !== undefined && { to }),
      },
    },
  );
}
