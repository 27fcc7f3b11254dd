import { z } from 'zod';
import { type Http, type Kit, MillraceError, type Split, type Stream } from '../kit';
import { type Config, ownObjects } from './config';
import { explain } from './explain';
import type { Filter, Order } from './pages';
import { type Session, sessionOf } from './session';
import { objectStreams, STANDARD_FIELDS } from './streams';
import { trace } from './trace';

export interface Query {
  filters: readonly Filter[];
  orders: readonly Order[];
  fields: readonly string[];
  rows: number;
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
type Fields = z.infer<typeof description>['data']['describe']['fields'];

/** One company's data, as one of its users sees it. */
export class Tenant {
  readonly config: Config;
  private readonly http: Http;
  private readonly session: Session;
  private readonly described = new Map<string, Promise<Fields>>();

  constructor(config: Config, kit: Kit) {
    const session = sessionOf(config, () => kit.now().getTime());
    let sent: string | undefined;
    this.config = config;
    this.session = session;
    this.http = kit.http({
      baseUrl: config.baseUrl,
      rate: { calls: config.callsPer20Seconds, perMs: 20_000 },
      headers() {
        sent = session.value;
        return session.headers(config.userId);
      },
      login: (http) => session.renew(http, sent),
      explain,
    });
  }

  /** Api name of a stream's object; null when this tenant keeps none. */
  objectOf({ name, vendorName }: Stream): string | null {
    const own = ownObjects(this.config).get(name);
    return own === undefined ? vendorName : own;
  }

  async call(path: string, body: object): Promise<unknown> {
    await this.session.ensure(this.http);
    return this.http.post(path, { params: trace(), body });
  }

  /** Records at offset 0. Preset and custom objects have different addresses; the wrong one does not know the object. */
  async query(object: string, { filters, orders, fields, rows }: Query): Promise<Split> {
    const path = object.endsWith('__c') ? '/cgi/crm/custom/v2/data/query' : '/cgi/crm/v2/data/query';
    const info = { limit: rows, offset: 0, filters, orders, fieldProjection: fields };
    // the documentation has three switches for "no total" on three pages; these two cover preset and custom objects
    const data = { dataObjectApiName: object, find_explicit_total_num: false, search_query_info: info };
    const body = { returnTotalNum: 3, data };
    await this.session.ensure(this.http);
    return this.http.records('POST', path, { path: ['data', 'dataList'] }, { params: trace(), body });
  }

  /** Fields to ask for: those of the contract that this tenant has. Less personal data, and half the bytes. */
  async projection(stream: Stream, object: string): Promise<string[]> {
    const known = await this.describe(object);
    const isThere = (name: string) => STANDARD_FIELDS.includes(name) || name in known;
    const missing = stream.fields.filter(({ name, isRequired }) => isRequired && !isThere(name));
    if (missing.length === 0) return stream.fields.map(({ name }) => name).filter(isThere);
    throw new MillraceError('config_invalid', {
      what: `Object ${object} has no field ${missing.map(({ name }) => name).join(', ')}`,
      where: `stream ${stream.name}`,
      todo: `Add it in the CRM (README lists the fields), let user ${this.config.userId} see it, or set the object to null`,
    });
  }

  /** Options of all select fields that our contracts read. */
  async options() {
    const rows = objectStreams.map(async (stream) => {
      const object = this.objectOf(stream);
      const known = object === null ? {} : await this.describe(object);
      return stream.fields.flatMap(({ name: field }) =>
        (known[field]?.options ?? []).map(({ value, label }, index) => {
          return { stream: stream.name, field, value, label, position: String(index + 1) };
        }),
      );
    });
    return (await Promise.all(rows)).flat();
  }

  /** Fields of an object, as far as this user sees them. Asked for once. */
  private async describe(object: string): Promise<Fields> {
    const known = this.described.get(object) ?? this.ask(object);
    this.described.set(object, known);
    return known;
  }

  private async ask(object: string): Promise<Fields> {
    const body = { includeDetail: false, data: { apiName: object } };
    const answer = description.safeParse(await this.call('/cgi/crm/v2/object/describe', body));
    if (answer.success) return answer.data.data.describe.fields;
    throw new MillraceError('bad_answer', { what: `The description of ${object} has no fields` });
  }
}
