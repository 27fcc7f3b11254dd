import { z } from 'zod';
import {
  defineConnector,
  type Http,
  keysetPages,
  MillraceError,
  secret,
  type Split,
  type Stream,
} from '../kit';
import { explain } from './explain';
import { byId, type Filter, isFull, lister, type Order, where } from './pages';
import { type Session, sessionOf } from './session';
import {
  collectionForecasts,
  employees,
  objectStreams,
  options,
  STANDARD_FIELDS,
  stageChanges,
  territoryAssignments,
} from './streams';
import { trace } from './trace';

const MAX_ROWS = 100; // 客户端 limit 最大 100
const customObject = (apiName: string) =>
  z
    .string()
    .regex(/^\w+__c$/, 'the api name of a custom object ends in __c')
    .nullable()
    .default(apiName);

const spec = z.object({
  baseUrl: z
    .url()
    .default('https://open.fxiaoke.com')
    .meta({
      hint: { zh: '企业所在云的 OpenAPI 域名', en: 'The OpenAPI gateway of your cloud' },
    }),
  appId: z.string().min(1),
  appSecret: secret(),
  permanentCode: secret(),
  userId: z
    .string()
    .min(1)
    .meta({
      hint: { zh: 'CRM 管理员的员工ID（人员 → 账号信息）', en: 'Employee id of a CRM administrator' },
    }),
  callsPer20Seconds: z.int().positive().default(100),
  rowsPerPage: z.int().min(1).max(MAX_ROWS).default(MAX_ROWS),
  /** Null: this tenant keeps no such object. */
  stageHistoryObject: customObject(stageChanges.vendorName),
  forecastObject: customObject(collectionForecasts.vendorName),
  territoryObject: customObject(territoryAssignments.vendorName),
});
type Config = z.infer<typeof spec>;

interface Fxiaoke {
  config: Config;
  http: Http;
  session: Session;
  /** Api name of a stream's object: a tenant's own objects have the names their config gives. */
  objectOf(stream: Stream): string;
  /** Fields of an object, as far as this user sees them. Asked for once. */
  describe(object: string): Promise<Description>;
}

export const fxiaoke = defineConnector({
  name: 'fxiaoke',
  title: { zh: '纷享销客', en: 'Fxiaoke' },
  spec,
  streams: [...objectStreams, options],
  select: (config) => [
    ...objectStreams.filter((stream) => customObjects(config)[stream.name] !== null),
    options,
  ],
  open(config, kit): Fxiaoke {
    const session = sessionOf(config, () => kit.now().getTime());
    let sent: string | undefined;
    const http = kit.http({
      baseUrl: config.baseUrl,
      rate: { calls: config.callsPer20Seconds, perMs: 20_000 },
      headers() {
        sent = session.value;
        return session.headers(config.userId);
      },
      login: (client) => session.renew(client, sent),
      explain,
    });
    const descriptions = new Map<string, Promise<Description>>();
    const api: Fxiaoke = {
      config,
      http,
      session,
      objectOf: ({ name, vendorName }) => customObjects(config)[name] ?? vendorName,
      describe(object) {
        const known = descriptions.get(object) ?? describe(api, object);
        descriptions.set(object, known);
        return known;
      },
    };
    return api;
  },
  async check(api, stream) {
    if (!stream) await call(api, '/cgi/crm/v2/object/list', { includeNull: false });
    else if (stream.name === options.name) await optionRows(api);
    else await checkObject(api, stream);
  },
  async *read(api, stream, state, request) {
    if (stream.name === options.name) {
      yield { records: await optionRows(api), state: null };
      return;
    }
    const fields = await projection(api, stream);
    const rows = api.config.rowsPerPage;
    const list = lister((filters, orders) =>
      query(api, api.objectOf(stream), { filters, orders, fields, rows }),
    );
    yield* keysetPages(stream, state, rows, list, request);
  },
  /** 作废 (invalidated) and deleted records have left the list, so their keys are missing here. */
  async *keys(api, stream) {
    if (stream.name === options.name) {
      yield (await optionRows(api)).map((row) => [row.stream, row.field, row.value]);
      return;
    }
    const fields = [...new Set(['_id', ...stream.key])];
    const rows = api.config.rowsPerPage;
    for (let last: string | undefined; ; ) {
      const filters = last === undefined ? [] : [where('_id', 'GT', last)];
      const page = await query(api, api.objectOf(stream), { filters, orders: byId, fields, rows });
      const records = recordsOf(page);
      if (records.length > 0) yield records.map((record) => stream.key.map((field) => String(record[field])));
      if (!isFull(page, rows)) return;
      last = String(records[records.length - 1]?._id);
    }
  },
});

const customObjects = (config: Config): Record<string, string | null | undefined> => ({
  [stageChanges.name]: config.stageHistoryObject,
  [collectionForecasts.name]: config.forecastObject,
  [territoryAssignments.name]: config.territoryObject,
});

interface Query {
  filters: Filter[];
  orders: Order[];
  fields: readonly string[];
  rows: number;
}

/** Preset and custom objects have different addresses; the wrong one does not know the object. */
async function query(api: Fxiaoke, object: string, { filters, orders, fields, rows }: Query): Promise<Split> {
  const path = object.endsWith('__c') ? '/cgi/crm/custom/v2/data/query' : '/cgi/crm/v2/data/query';
  const info = { limit: rows, offset: 0, filters, orders, fieldProjection: fields };
  // three pages of the documentation name three switches for "no total"; these two cover preset and custom objects
  const data = { dataObjectApiName: object, find_explicit_total_num: false, search_query_info: info };
  const body = { returnTotalNum: 3, data };
  await api.session.ensure(api.http);
  return api.http.records('POST', path, { path: ['data', 'dataList'] }, { params: trace(), body });
}

async function call(api: Fxiaoke, path: string, body: object): Promise<unknown> {
  await api.session.ensure(api.http);
  return api.http.post(path, { params: trace(), body });
}

const description = z.object({
  data: z.object({
    describe: z.object({
      fields: z.record(
        z.string(),
        z.looseObject({
          options: z.array(z.looseObject({ label: z.string(), value: z.coerce.string() })).optional(),
        }),
      ),
    }),
  }),
});
type Description = z.infer<typeof description>['data']['describe']['fields'];

async function describe(api: Fxiaoke, object: string): Promise<Description> {
  const answer = description.safeParse(
    await call(api, '/cgi/crm/v2/object/describe', { includeDetail: false, data: { apiName: object } }),
  );
  if (!answer.success)
    throw new MillraceError('bad_answer', { what: `The description of ${object} has no fields` });
  return answer.data.data.describe.fields;
}

/** Fields to ask for: those of the contract that this tenant has. Less personal data, and half the bytes. */
async function projection(api: Fxiaoke, stream: Stream): Promise<string[]> {
  const object = api.objectOf(stream);
  const known = await api.describe(object);
  const isThere = (name: string) => STANDARD_FIELDS.includes(name) || name in known;
  const missing = stream.fields.filter(({ name, isRequired }) => isRequired && !isThere(name));
  if (missing.length === 0) return stream.fields.map(({ name }) => name).filter(isThere);
  throw new MillraceError('config_invalid', {
    what: `Object ${object} has no field ${missing.map(({ name }) => name).join(', ')}`,
    where: `stream ${stream.name}`,
    todo: `Add it in the CRM (README lists the fields), let user ${api.config.userId} see it, or set the object to null`,
  });
}

async function checkObject(api: Fxiaoke, stream: Stream): Promise<void> {
  const fields = await projection(api, stream);
  const { count } = await query(api, api.objectOf(stream), { filters: [], orders: byId, fields, rows: 1 });
  if (stream.name !== employees.name || count > 0) return;
  throw new MillraceError('permission_refused', {
    what: `User ${api.config.userId} sees no employee at all`,
    where: `stream ${stream.name}`,
    todo: 'Share 人员对象 with this user (数据管理权限 → 数据共享); being an administrator is not enough',
  });
}

/** Options of all select fields that our contracts read. */
async function optionRows(api: Fxiaoke) {
  const streams = objectStreams.filter((stream) => customObjects(api.config)[stream.name] !== null);
  const rows = streams.map(async (stream) => {
    const fields = await api.describe(api.objectOf(stream));
    return stream.fields.flatMap(({ name }) =>
      (fields[name]?.options ?? []).map(({ value, label }, index) => ({
        stream: stream.name,
        field: name,
        value,
        label,
        position: String(index + 1),
      })),
    );
  });
  return (await Promise.all(rows)).flat();
}

const recordsOf = ({ lines }: Split): Record<string, unknown>[] =>
  lines
    .toString('utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>);
