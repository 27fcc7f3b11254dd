import { randomBytes } from 'node:crypto';
import { type Fault, type Row, Sandbox, type SandboxAnswer, type SandboxRequest } from '../../kit';
import { objectStreams } from '../streams';
import { parseSoql, type Soql } from './soql';

export interface SalesforceOptions {
  clientId: string;
  clientSecret: string;
  refreshToken: string;
  /** Rows of a page whatever is asked for; the vendor's own least is 200. */
  rowsPerPage: number;
  /** Longest span of time that a query answers in time; undefined: any. */
  slowSpanMs: number | undefined;
  callsPerDay: number;
}

const DEFAULTS: SalesforceOptions = {
  clientId: '3MVG9sandbox',
  clientSecret: 'sandbox-client-secret',
  refreshToken: 'sandbox-refresh-token',
  rowsPerPage: 2_000,
  slowSpanMs: undefined,
  callsPerDay: 1_000_000,
};

/**
 * A Salesforce org: token endpoint, query, queryAll, pages behind locators, describe, limits. Records are seeded by object in the
 * vendor's own field names and formats; `Id`, `IsDeleted`, `CreatedDate` and `SystemModstamp` are filled in where they are left out.
 */
export class SalesforceSandbox extends Sandbox {
  readonly options: SalesforceOptions;
  logins = 0;
  calls24h = 0;
  private readonly tables = new Map<string, Map<string, Row>>();
  private readonly forbidden = new Set<string>();
  private readonly hidden = new Set<string>();
  private readonly absent = new Set<string>(['CurrencyIsoCode']);
  private readonly locators = new Map<string, { rows: Row[]; soql: Soql; page: number }>();
  private readonly tokens = new Set<string>();

  constructor(options: Partial<SalesforceOptions> = {}) {
    super();
    this.options = { ...DEFAULTS, ...options };
  }

  seed(object: string, records: readonly Row[]): void {
    const table = this.table(object);
    for (const record of records) {
      const now = timeText(new Date());
      table.set(String(record.Id), { IsDeleted: false, CreatedDate: now, SystemModstamp: now, ...record });
    }
  }

  /** As after the recycle bin was emptied: no query shows it, nothing tells of it. */
  remove(object: string, ids: readonly string[]): void {
    for (const id of ids) this.table(object).delete(id);
  }

  /** Into the recycle bin: `queryAll` shows it with IsDeleted. */
  recycle(object: string, id: string, at: string): void {
    this.table(object).set(id, { ...this.table(object).get(id), IsDeleted: true, SystemModstamp: at });
  }

  records(object: string): Row[] {
    return [...this.table(object).values()];
  }

  forbid(object: string): void {
    this.forbidden.add(object);
  }

  /** Field-level security: the field is gone from describe, and no query may name it. */
  hide(object: string, field: string): void {
    this.hidden.add(`${object}.${field}`);
  }

  /** Several currencies: records have a CurrencyIsoCode. */
  switchCurrenciesOn(): void {
    this.absent.delete('CurrencyIsoCode');
  }

  /** The eleventh locator of a user replaces the first; so do two days. */
  loseLocators(): void {
    this.locators.clear();
  }

  protected override isSpared({ path }: SandboxRequest): boolean {
    return path === '/services/oauth2/token';
  }

  protected override callName({ path }: SandboxRequest): string {
    return path.includes('/queryAll/') || path.includes('/query/')
      ? 'next page'
      : path.replace(/^\/services\/data\/v[\d.]+/, '');
  }

  protected override faultAnswer(fault: Fault): SandboxAnswer | undefined {
    if (fault === 'business_error') return refused(400, 'MALFORMED_QUERY', 'unexpected token: sandbox');
    if (fault === 'throttled')
      return refused(
        403,
        'REQUEST_LIMIT_EXCEEDED',
        'ConcurrentRequests (Concurrent API Requests) Limit exceeded.',
      );
    if (fault !== 'session_lost') return undefined;
    this.tokens.clear();
    return lostSession();
  }

  protected answer(request: SandboxRequest): SandboxAnswer {
    const { path, query, headers } = request;
    if (path === '/services/oauth2/token') return this.giveToken(request);
    const [, token = ''] = /^Bearer (\S+)$/.exec(headers.authorization ?? '') ?? [];
    if (!this.tokens.has(token)) return lostSession();
    this.calls24h++;
    const limits = { 'sforce-limit-info': `api-usage=${this.calls24h}/${this.options.callsPerDay}` };
    return { ...this.data(path, query, headers), headers: limits };
  }

  private giveToken({ body, headers }: SandboxRequest): SandboxAnswer {
    this.logins++;
    const form = new URLSearchParams(body.toString('utf8'));
    const { clientId, clientSecret, refreshToken } = this.options;
    const isForm = (headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded');
    const grant = form.get('grant_type');
    if (!isForm || (grant !== 'client_credentials' && grant !== 'refresh_token'))
      return {
        status: 400,
        body: { error: 'unsupported_grant_type', error_description: 'grant type not supported' },
      };
    if (form.get('client_id') !== clientId || form.get('client_secret') !== clientSecret)
      return {
        status: 400,
        body: { error: 'invalid_client', error_description: 'invalid client credentials' },
      };
    if (grant === 'refresh_token' && form.get('refresh_token') !== refreshToken)
      return {
        status: 400,
        body: { error: 'invalid_grant', error_description: 'expired access/refresh token' },
      };
    const token = `00D${randomBytes(12).toString('hex')}!AQ`;
    this.tokens.add(token);
    const about = {
      id: `${this.baseUrl}/id/00D/005`,
      token_type: 'Bearer',
      issued_at: String(Date.now()),
      signature: 'x',
    };
    return { body: { access_token: token, instance_url: this.baseUrl, ...about } };
  }

  private data(path: string, query: URLSearchParams, headers: Record<string, string>): SandboxAnswer {
    const [, rest] = /^\/services\/data\/v\d+\.0\/(.+)$/.exec(path) ?? [];
    if (rest === undefined) return refused(404, 'NOT_FOUND', 'The requested resource does not exist');
    if (rest === 'limits')
      return {
        body: {
          DailyApiRequests: {
            Max: this.options.callsPerDay,
            Remaining: this.options.callsPerDay - this.calls24h,
          },
        },
      };
    const [, described] = /^sobjects\/(\w+)\/describe$/.exec(rest) ?? [];
    if (described !== undefined) return this.describe(described);
    const [, locator, offset] = /^query(?:All)?\/(\w+)-(\d+)$/.exec(rest) ?? [];
    if (locator !== undefined)
      return this.page(locator, Number(offset), path.slice(0, path.lastIndexOf('/')));
    if (rest !== 'query' && rest !== 'queryAll')
      return refused(404, 'NOT_FOUND', 'The requested resource does not exist');
    return this.query(query.get('q') ?? '', rest === 'queryAll', headers, path);
  }

  private describe(object: string): SandboxAnswer {
    if (!this.isKnown(object) || this.forbidden.has(object))
      return refused(404, 'NOT_FOUND', 'The requested resource does not exist');
    const fields = this.fieldsOf(object).map((name) => ({ name, filterable: true, type: 'string' }));
    return { body: { name: object, queryable: true, fields } };
  }

  private query(text: string, isAll: boolean, headers: Record<string, string>, path: string): SandboxAnswer {
    let soql: Soql;
    try {
      soql = parseSoql(text);
    } catch {
      return refused(400, 'MALFORMED_QUERY', `unexpected token in ${text.slice(0, 60)}`);
    }
    const { object, fields, groupBy } = soql;
    if (!this.isKnown(object) || this.forbidden.has(object))
      return refused(400, 'INVALID_TYPE', `sObject type '${object}' is not supported.`);
    const known = new Set(this.fieldsOf(object));
    const asked = [...fields.filter((field) => !field.startsWith('COUNT(')), ...(groupBy ? [groupBy] : [])];
    const unknown = asked.find((field) => !known.has(field));
    if (unknown !== undefined)
      return refused(400, 'INVALID_FIELD', `No such column '${unknown}' on entity '${object}'.`);
    if (this.isSlow(soql))
      return refused(400, 'QUERY_TIMEOUT', 'Your query request was running for too long.');
    const rows = this.records(object).filter((row) => (isAll || row.IsDeleted !== true) && soql.where(row));
    if (fields.some((field) => field.startsWith('COUNT('))) return counted(rows, groupBy);
    rows.sort((one, other) => compareBy(soql.orderBy, one, other));
    const asksFor = Number(/batchSize=(\d+)/.exec(headers['sforce-query-options'] ?? '')?.[1] ?? 2_000);
    const found = rows.slice(0, soql.limit);
    const locator = `01g${randomBytes(8).toString('hex')}`;
    const page = Math.min(asksFor, this.options.rowsPerPage);
    this.locators.set(locator, { rows: found, soql, page });
    return this.page(locator, 0, path);
  }

  /** The same page again as often as it is asked for. */
  private page(locator: string, offset: number, path: string): SandboxAnswer {
    const open = this.locators.get(locator);
    if (!open) return refused(400, 'INVALID_QUERY_LOCATOR', 'invalid query locator');
    const { rows, soql, page } = open;
    const records = rows.slice(offset, offset + page).map((row) => ({
      attributes: {
        type: soql.object,
        url: `/services/data/v61.0/sobjects/${soql.object}/${String(row.Id)}`,
      },
      ...Object.fromEntries(soql.fields.map((field) => [field, row[field] ?? null])),
    }));
    const end = offset + records.length;
    const done = end >= rows.length;
    const next = { nextRecordsUrl: `${path}/${locator}-${end}` };
    return { body: { totalSize: rows.length, done, ...(done ? {} : next), records } };
  }

  /** A span without a beginning is longer than any. */
  private isSlow({ conditions }: Soql): boolean {
    const { slowSpanMs } = this.options;
    if (slowSpanMs === undefined) return false;
    const bound = (sign: string) =>
      conditions.flatMap((each) => {
        const [, time] = new RegExp(`^\\(?\\w+ ${sign}=? (\\d{4}-[^ ]+Z)`).exec(each) ?? [];
        return time === undefined ? [] : [Date.parse(time)];
      })[0];
    const [from, to] = [bound('>') ?? Date.parse('1999-01-01'), bound('<')];
    return to !== undefined && to - from > slowSpanMs;
  }

  private fieldsOf(object: string): string[] {
    const own = objectStreams.find(({ vendorName }) => vendorName === object)?.fields ?? [];
    return own
      .map(({ name }) => name)
      .filter((name) => !this.hidden.has(`${object}.${name}`) && !this.absent.has(name));
  }

  private isKnown(object: string): boolean {
    return objectStreams.some(({ vendorName }) => vendorName === object);
  }

  private table(object: string): Map<string, Row> {
    const table = this.tables.get(object) ?? new Map<string, Row>();
    this.tables.set(object, table);
    return table;
  }
}

/** 2026-01-05T08:00:00.000+0000: the vendor writes the zone without a colon. */
export const timeText = (date: Date): string => date.toISOString().replace('Z', '+0000');

function counted(rows: readonly Row[], groupBy: string | undefined): SandboxAnswer {
  const counts = new Map<unknown, number>();
  if (groupBy === undefined) counts.set(undefined, rows.length);
  else for (const row of rows) counts.set(row[groupBy] ?? null, (counts.get(row[groupBy] ?? null) ?? 0) + 1);
  const records = [...counts].map(([value, n]) => ({
    attributes: { type: 'AggregateResult' },
    ...(groupBy === undefined ? {} : { [groupBy]: value }),
    n,
  }));
  return { body: { totalSize: records.length, done: true, records } };
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value ?? ''));

function compareBy(fields: readonly string[], one: Row, other: Row): number {
  for (const field of fields) {
    const [left, right] = [textOf(one[field]), textOf(other[field])];
    if (left !== right) return left < right ? -1 : 1;
  }
  return 0;
}

const refused = (status: number, errorCode: string, message: string): SandboxAnswer => ({
  status,
  body: [{ message, errorCode }],
});

const lostSession = () => refused(401, 'INVALID_SESSION_ID', 'Session expired or invalid');
