import { z } from 'zod';
import { type Http, type Kit, MillraceError, type Split, type Stream } from '../kit';
import type { Config } from './config';
import { explain, RIGHT } from './explain';
import type { Ask } from './pages';
import { type Session, sessionOf } from './session';
import { objectStreams, SOME_ORGS } from './streams';

const description = z.object({ fields: z.array(z.object({ name: z.string() })) });
const counted = z.object({
  records: z.array(z.object({ CurrencyIsoCode: z.string().nullable().optional(), n: z.number() })),
});

/** One Salesforce org, as the user of the app sees it. */
export class Org implements Ask {
  readonly config: Config;
  readonly now: () => Date;
  private readonly http: Http;
  private readonly session: Session;
  private readonly described = new Map<string, Promise<ReadonlySet<string>>>();

  constructor(config: Config, kit: Kit) {
    const session = sessionOf(config);
    let sent: string | undefined;
    this.config = config;
    this.now = () => kit.now();
    this.session = session;
    this.http = kit.http({
      baseUrl: config.baseUrl,
      timeoutMs: 130_000, // the vendor gives a query up after two minutes
      headers() {
        sent = session.value;
        return sent === undefined ? {} : { authorization: `Bearer ${sent}` };
      },
      login: (http) => session.renew(http, sent),
      explain: (answer) => explain(answer, config.quotaShare),
    });
  }

  /** Whether we can log in, and the API is open to this user. */
  async limits(): Promise<void> {
    await this.get('/limits');
  }

  /** Deleted and archived records too: without them old activities would look deleted. */
  async query(soql: string): Promise<Split> {
    await this.session.ensure(this.http);
    const headers = { 'sforce-query-options': `batchSize=${this.config.rowsPerPage}` };
    return this.http.records('GET', this.path('/queryAll'), RECORDS, { params: { q: soql }, headers });
  }

  async next(path: string): Promise<Split> {
    return this.http.records('GET', path, RECORDS);
  }

  /**
   * Fields to ask for. Error: `permission_refused` when this user does not see one of them, since a hidden field looks like an
   * empty one; fields that only some orgs have, and those in `hiddenFields`, are left out.
   */
  async projection(stream: Stream): Promise<string[]> {
    const visible = await this.fieldsOf(stream.vendorName);
    const names = stream.fields.map(({ name }) => name);
    const hidden = new Set(this.config.hiddenFields);
    const missing = names.filter(
      (name) => !visible.has(name) && !SOME_ORGS.has(name) && !hidden.has(`${stream.vendorName}.${name}`),
    );
    if (missing.length === 0) return names.filter((name) => visible.has(name));
    const list = missing.map((name) => `${stream.vendorName}.${name}`).join(', ');
    throw new MillraceError('permission_refused', {
      what: `The user does not see ${list}`,
      where: `stream ${stream.name}`,
      todo: 'Give it read access to the fields (field-level security), or list them in hiddenFields: their columns stay empty',
    });
  }

  async visibleFields(): Promise<{ object: string; field: string; is_visible: string }[]> {
    const rows = objectStreams.map(async ({ vendorName, fields }) => {
      const visible = await this.fieldsOf(vendorName);
      return fields.map(({ name }) => {
        return { object: vendorName, field: name, is_visible: String(visible.has(name)) };
      });
    });
    return (await Promise.all(rows)).flat();
  }

  /** Currencies of opportunities and their rates; an org with one currency has no codes. */
  async currencies() {
    const { currency, rates } = this.config;
    const hasCodes = (await this.fieldsOf('Opportunity')).has('CurrencyIsoCode');
    const soql = hasCodes
      ? 'SELECT CurrencyIsoCode, COUNT(Id) n FROM Opportunity GROUP BY CurrencyIsoCode'
      : 'SELECT COUNT(Id) n FROM Opportunity';
    const answer = counted.safeParse(await this.get('/query', { q: soql }));
    if (!answer.success) throw new MillraceError('bad_answer', { what: 'The answer counts no currencies' });
    const counts = new Map([[currency, 0]]);
    for (const { CurrencyIsoCode, n } of answer.data.records) counts.set(CurrencyIsoCode ?? currency, n);
    return [...counts].map(([iso_code, n]) => ({
      iso_code,
      is_default: String(iso_code === currency),
      cny_rate: iso_code === 'CNY' ? '1' : (rates[iso_code] ?? null),
      opportunities: String(n),
    }));
  }

  private fieldsOf(object: string): Promise<ReadonlySet<string>> {
    const known = this.described.get(object) ?? this.describe(object);
    this.described.set(object, known);
    return known;
  }

  /** An object that the user may not see is not there at all. */
  private async describe(object: string): Promise<ReadonlySet<string>> {
    const answer = description.safeParse(
      await this.get(`/sobjects/${object}/describe`).catch((error: unknown) => {
        if (!(error instanceof MillraceError) || error.code !== 'not_found') throw error;
        throw new MillraceError('permission_refused', {
          what: `The user does not see the object ${object}`,
          where: error.where,
          todo: RIGHT,
        });
      }),
    );
    if (answer.success) return new Set(answer.data.fields.map(({ name }) => name));
    throw new MillraceError('bad_answer', { what: `The description of ${object} has no fields` });
  }

  private async get(path: string, params?: Record<string, string>): Promise<unknown> {
    await this.session.ensure(this.http);
    return this.http.get(this.path(path), { ...(params && { params }) });
  }

  private path(path: string): string {
    return `/services/data/v${this.config.apiVersion}${path}`;
  }
}

const RECORDS = { path: ['records'] };
