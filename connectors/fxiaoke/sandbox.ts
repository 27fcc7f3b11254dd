import { z } from 'zod';
import { type Fault, messageOf, type Row, Sandbox, type SandboxAnswer, type SandboxRequest } from '../kit';
import { type GateOptions, good, refused, SandboxGate, sessionLost } from './sandboxGate';
import { type ObjectSchema, type Option, tenantSchema } from './sandboxSchema';
import { SandboxTable } from './sandboxTable';

export interface SandboxOptions extends GateOptions {
  /** Employee ids of CRM administrators: they see every record, employees only with `sharesPersonnel`. */
  admins: readonly string[];
  sharesPersonnel: boolean;
}

const DEFAULTS: SandboxOptions = {
  appId: 'FSAID_1321000',
  appSecret: 'sandbox-app-secret',
  permanentCode: 'SANDBOX0PERMANENT0CODE',
  ea: 'sandbox01',
  admins: ['1000'],
  sharesPersonnel: true,
  callsPer20Seconds: 100,
  callsPerDay: 100_000,
  now: Date.now,
};

const MAX_LIMIT = 100;
const MAX_OFFSET = 10_000;

/**
 * The OpenAPI gateway of 纷享销客, new generation. HTTP is always 200; `errorCode` counts and stands last in the body.
 *
 * Filling it: `seed('AccountObj', [{ _id: '68fa…', name: '…', owner: ['1001'], last_modified_time: ms, … }])`. Objects and
 * fields are in sandboxSchema.ts; a field that is seeded but not listed there becomes a text field. Money is text
 * ("100.01"), times and days are milliseconds, people and departments are lists (['1001']), selects hold option values.
 * Left out: `owner` and `created_by` are nobody, `life_status` is 'normal', `create_time` and `last_modified_time` are now.
 * A record is a whole: seeding its `_id` again replaces it, so a live change is `seed` with a new `last_modified_time`.
 * People: `PersonnelObj` with `_id` = `user_id` = what `owner` lists hold; `main_department` points to a `DepartmentObj`.
 * An activity names its customer in `related_object_data: [{ describe_api_name: 'AccountObj', id, name }]` (or `account_id`).
 * `setOptions('NewOpportunityObj', 'sales_stage', [{ value, label }, …])` gives the tenant's own stages, first to last.
 */
export class FxiaokeSandbox extends Sandbox {
  readonly options: SandboxOptions;
  readonly gate: SandboxGate;
  private readonly schema: Record<string, ObjectSchema> = tenantSchema();
  private readonly tables = new Map<string, SandboxTable>();
  private readonly forbidden = new Set<string>();

  constructor(options: Partial<SandboxOptions> = {}) {
    super();
    this.options = { ...DEFAULTS, ...options };
    this.gate = new SandboxGate(this.options);
  }

  seed(object: string, records: readonly Row[]): void {
    const table = this.table(object);
    const now = this.options.now();
    for (const record of records) {
      this.learn(object, record);
      table.put({
        life_status: 'normal',
        lock_status: '0',
        record_type: 'default__c',
        is_deleted: false,
        owner: [],
        created_by: [],
        create_time: now,
        ...record,
        last_modified_time: Number(record.last_modified_time ?? now),
      });
    }
  }

  /** Deletes for good, as after 作废 and 删除: no query tells of it. */
  remove(object: string, ids: readonly string[]): void {
    for (const id of ids) this.table(object).delete(id);
  }

  /** 作废: the record stays, with life_status 'invalid', but no list shows it. */
  invalidate(object: string, ids: readonly string[]): void {
    const table = this.table(object);
    for (const id of ids)
      table.put({ ...table.get(id), life_status: 'invalid', last_modified_time: this.options.now() });
  }

  setOptions(object: string, field: string, options: readonly Option[]): void {
    const known = this.objectSchema(object).fields;
    known[field] = { label: known[field]?.label ?? field, type: 'select_one', options };
  }

  /** Takes the right to see an object away from everybody. */
  forbid(object: string): void {
    this.forbidden.add(object);
  }

  records(object: string): Row[] {
    return [...this.table(object).all()];
  }

  protected override isSpared({ path }: SandboxRequest): boolean {
    return path === '/oauth2.0/token';
  }

  protected override faultAnswer(fault: Fault): SandboxAnswer | undefined {
    if (fault === 'business_error') return refused(32000, '参数错误');
    if (fault === 'throttled') return refused(30004, '秒频次超限');
    if (fault !== 'session_lost') return undefined;
    this.gate.loseTokens();
    return sessionLost();
  }

  protected answer(request: SandboxRequest): SandboxAnswer {
    const { method, path } = request;
    if (!path.startsWith('/cgi/') && path !== '/oauth2.0/token') return elsewhere;
    if (method !== 'POST') return refused(32000, '参数错误');
    const body = parsed(request.body);
    if (path === '/oauth2.0/token') return this.gate.giveToken(request, body);
    const problem = this.gate.refusal(request, (userId) => this.isEmployee(userId));
    if (problem) return problem;
    if (path === '/cgi/crm/v2/object/list') return good({ objects: this.objects() });
    if (path === '/cgi/crm/v2/object/describe') return this.describe(body);
    if (path === '/cgi/crm/v2/data/query') return this.query(request, body, false);
    if (path === '/cgi/crm/custom/v2/data/query') return this.query(request, body, true);
    return refused(32000, '参数错误');
  }

  private isEmployee(userId: string): boolean {
    return this.options.admins.includes(userId) || this.table('PersonnelObj').get(userId)?.status === '0';
  }

  private objects() {
    return Object.entries(this.schema).map(([describeApiName, { label }]) => ({
      describeApiName,
      describeDisplayName: label,
      isActive: true,
      hideButton: false,
      publicObject: false,
      defineType: describeApiName.endsWith('__c') ? 'custom' : 'package',
    }));
  }

  private describe(body: Row): SandboxAnswer {
    const name = z.object({ apiName: z.string() }).safeParse(body.data).data?.apiName ?? '';
    const schema = this.schema[name];
    if (!schema) return refused(32000, `参数错误: ${name}`);
    if (this.forbidden.has(name)) return refused(15003, `没有${schema.label}权限`);
    const fields = Object.fromEntries(
      Object.entries(schema.fields).map(([api_name, field]) => [
        api_name,
        {
          api_name,
          ...field,
          is_required: false,
          is_active: true,
          define_type: api_name.endsWith('__c') ? 'custom' : 'package',
        },
      ]),
    );
    return good({ describe: { api_name: name, display_name: schema.label, fields } });
  }

  private query({ headers }: SandboxRequest, body: Row, isCustom: boolean): SandboxAnswer {
    const asked = queryBody.safeParse(body.data);
    if (!asked.success) return refused(32000, '参数错误');
    const { dataObjectApiName: name, search_query_info: info } = asked.data;
    const schema = this.schema[name];
    if (!schema || name.endsWith('__c') !== isCustom) return refused(32000, `参数错误: ${name}`);
    if (this.forbidden.has(name)) return refused(15003, `没有${schema.label}权限`);
    const { limit, offset, filters, orders, fieldProjection } = info;
    if (limit > MAX_LIMIT) return refused(32000, 'limit 最大 100');
    if (offset % limit !== 0) return refused(32000, 'offset 必须是 limit 的整数倍');
    if (offset > MAX_OFFSET) return refused(10013, 'offset out of range 10000', 'offset 不能超过10000');
    if (filters.some(({ field_name }) => !(field_name in schema.fields)))
      return refused(32000, '参数错误: field_name');
    const isVisible = this.visibleTo(headers['x-fs-userid'] ?? '', name);
    const isCounted = asked.data.find_explicit_total_num;
    try {
      const { rows, total } = this.table(name).find({ filters, orders, offset, limit, isCounted, isVisible });
      const dataList = rows.map((row) => projected(row, fieldProjection));
      return good({ dataList, offset, limit, total: isCounted ? total : 0 });
    } catch (problem) {
      return refused(32000, `参数错误: ${messageOf(problem)}`);
    }
  }

  /** Invalid and deleted records are in no list; a plain user sees what he owns. */
  private visibleTo(userId: string, object: string): (row: Row) => boolean {
    const { admins, sharesPersonnel } = this.options;
    const seesAll = object === 'PersonnelObj' ? sharesPersonnel : admins.includes(userId);
    return (row) =>
      row.life_status !== 'invalid' &&
      row.is_deleted !== true &&
      (seesAll || (row.owner as unknown[]).includes(userId));
  }

  private table(object: string): SandboxTable {
    const table = this.tables.get(object) ?? new SandboxTable();
    this.tables.set(object, table);
    return table;
  }

  private objectSchema(object: string): ObjectSchema {
    const schema = this.schema[object] ?? { label: object, fields: { ...tenantSchema().AccountObj?.fields } };
    this.schema[object] = schema;
    return schema;
  }

  private learn(object: string, record: Row): void {
    const { fields } = this.objectSchema(object);
    for (const field in record) fields[field] ??= { label: field, type: 'text' };
  }
}

const queryBody = z.object({
  dataObjectApiName: z.string(),
  find_explicit_total_num: z.boolean().default(true),
  search_query_info: z.object({
    limit: z.int().min(1),
    offset: z.int().min(0),
    filters: z.array(
      z.object({ field_name: z.string(), operator: z.string(), field_values: z.array(z.unknown()) }),
    ),
    orders: z.array(z.object({ fieldName: z.string(), isAsc: z.boolean() })),
    fieldProjection: z.array(z.string()).optional(),
  }),
});

/** Empty fields are left out of answers; without a projection every field comes. */
function projected(row: Row, fields: readonly string[] | undefined): Row {
  const answer: Row = {};
  for (const field of fields ?? Object.keys(row)) {
    const value = row[field];
    if (value !== undefined && value !== null && value !== '') answer[field] = value;
  }
  return answer;
}

/** What www.fxiaoke.com does: it is not the gateway. */
const elsewhere: SandboxAnswer = {
  status: 302,
  headers: { location: 'https://www.fxiaoke.com/' },
  body: '<html><body>302 Found FS_SRV</body></html>',
};

function parsed(body: Buffer): Row {
  try {
    return JSON.parse(body.toString('utf8')) as Row;
  } catch {
    return {};
  }
}
