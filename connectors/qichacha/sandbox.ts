import { createHash, randomUUID } from 'node:crypto';
import { type Fault, type Row, Sandbox, type SandboxAnswer, type SandboxRequest } from '../kit';
import { SERVICE_NAMES, type Service, type ServiceName, serviceOf, text } from './services';
import { meaningOf } from './statuses';

export interface SandboxOptions {
  appKey: string;
  secretKey: string;
  /** Calls a day; the one after is Status 116. */
  callsPerDay: number;
  /** Calls at once; one more is Status 122. */
  concurrent: number;
  /** How long a call takes, so that calls can overlap. */
  latencyMs: number;
  now: () => number;
}

const DEFAULTS: SandboxOptions = {
  appKey: 'sandbox0app0key0000000000000001',
  secretKey: 'SANDBOX0SECRET0KEY000000000000FF',
  callsPerDay: 1_000_000,
  concurrent: 10,
  latencyMs: 0,
  now: Date.now,
};

const MAX_SKEW_S = 300;
const MAX_PAGE_ROWS = 20;
const MESSAGES: Readonly<Record<string, string>> = {
  '101': '当前的KEY无效或者还未生效中',
  '107': '被禁止的IP或者签名错误',
  '111': '接口权限未开通，请联系管理员',
  '112': '您的账号剩余使用量已不足或已过期',
  '115': '身份验证错误或者已过期',
  '116': '请求超过日调用总数限制',
  '118': '请求方法不支持',
  '120': '系统监测到您的流量异常，请稍后再试',
  '122': '请求并发超过限制',
  '200': '【有效请求】查询成功',
  '201': '【有效请求】查询无结果',
  '202': '【有效请求】查询参数错误，请检查',
  '208': '【有效请求】此接口不支持此公司类型查询',
  '213': '【有效请求】参数长度不能小于2',
};

/**
 * api.qichacha.com: Status is text inside HTTP 200, every valid answer is billed, also an empty one.
 *
 * Filling it: `seed('companies', [{ creditCode: '9132…', name: '苏州…有限公司', formerNames: ['…'] }])`, then for each service
 * (the names of services.ts) records in the vendor's own fields with `company`, the credit code:
 * `seed('ShixinCheck', [{ company: '9132…', Id: 's1', Publicdate: '2026-03-01', Anno: '(2026)苏05执12号', Amount: '120000' }])`.
 * A record replaces the one with its Id (ExceptionCheck, SeriousIllegalCheck: its AddDate and AddReason; ActualControl: its
 * company, `{ company, Name, KeyNo }` is the controller). The newest come first. A company that nobody seeded is Status 201;
 * one of which nothing is on record is found with VerifyResult 0. `answerWith(creditCode, '208')` refuses a company.
 */
export class QichachaSandbox extends Sandbox {
  readonly options: SandboxOptions;
  /** Calls that the vendor would write on its bill, by service. */
  readonly billed = new Map<string, number>();
  private readonly companies = new Map<string, Row>();
  private readonly names = new Map<string, string>(); // name, also a former one → credit code
  private readonly records = new Map<string, Map<string, Row>>(); // service → key → record
  private readonly refused = new Map<string, string>();
  private readonly forbidden = new Set<string>();
  private running = 0;
  private today = { day: '', calls: 0 };

  constructor(options: Partial<SandboxOptions> = {}) {
    super();
    this.options = { ...DEFAULTS, ...options };
  }

  get billedCalls(): number {
    return [...this.billed.values()].reduce((sum, calls) => sum + calls, 0);
  }

  seed(kind: string, records: readonly Row[]): void {
    for (const record of records) {
      if (kind === 'companies') this.addCompany(record);
      else this.recordsOf(kind).set(keyOf(serviceOf(nameOf(kind)), record), record);
    }
  }

  remove(kind: string, keys: readonly string[]): void {
    for (const key of keys) {
      if (kind === 'companies') this.companies.delete(key);
      else this.recordsOf(kind).delete(key);
    }
  }

  /** Every question about this company gets this Status. */
  answerWith(creditCode: string, status: string): void {
    this.refused.set(creditCode, status);
  }

  /** The account has not bought this service. */
  forbid(service: ServiceName): void {
    this.forbidden.add(service);
  }

  protected override faultAnswer(fault: Fault): SandboxAnswer | undefined {
    if (fault === 'throttled') return refusal('120');
    if (fault === 'business_error') return refusal('112');
    return fault === 'session_lost' ? refusal('115') : undefined;
  }

  protected async answer(request: SandboxRequest): Promise<SandboxAnswer> {
    if (this.running >= this.options.concurrent) return refusal('122');
    this.running++;
    try {
      if (this.options.latencyMs > 0)
        await new Promise((resolve) => setTimeout(resolve, this.options.latencyMs));
      const name = SERVICE_NAMES.find((each) => serviceOf(each).path === request.path);
      if (!name) return { status: 404, body: '<html><body>404 Not Found</body></html>' };
      const { status, answer } = this.statusOf(request, name);
      if (meaningOf(status).isBilled) this.billed.set(name, (this.billed.get(name) ?? 0) + 1);
      return answer ?? refusal(status, name);
    } finally {
      this.running--;
    }
  }

  private statusOf(request: SandboxRequest, name: ServiceName): { status: string; answer?: SandboxAnswer } {
    const problem = this.accessProblem(request, name);
    if (problem) return { status: problem };
    const service = serviceOf(name);
    const keyword = request.query.get(service.argument) ?? '';
    if (keyword.length < 2) return { status: keyword ? '213' : '202' };
    const code = this.companies.has(keyword) ? keyword : this.names.get(keyword);
    if (code === undefined || !this.companies.has(code)) return { status: '201' };
    const own = this.refused.get(code);
    if (own) return { status: own };
    if (name === 'ActualControl') return this.controller(code);
    return name === 'BasicDetails' ? this.basicDetails(code) : this.list(request, name, service, code);
  }

  private accessProblem({ method, query, headers }: SandboxRequest, name: ServiceName): string | undefined {
    const { appKey, secretKey, now, callsPerDay } = this.options;
    if (method !== 'GET') return '118';
    if (query.get('key') !== appKey) return '101';
    const second = Number(headers.timespan);
    if (Math.abs(now() / 1_000 - second) > MAX_SKEW_S || Number.isNaN(second)) return '115';
    const token = createHash('md5')
      .update(`${appKey}${headers.timespan}${secretKey}`)
      .digest('hex')
      .toUpperCase();
    if (headers.token !== token) return '107';
    if (this.forbidden.has(name)) return '111';
    return this.isInDay(callsPerDay) ? undefined : '116';
  }

  private isInDay(calls: number): boolean {
    const day = new Date(this.options.now() + 8 * 3_600_000).toISOString().slice(0, 10); // midnight in China
    if (this.today.day !== day) this.today = { day, calls: 0 };
    return ++this.today.calls <= calls;
  }

  private list({ query }: SandboxRequest, name: ServiceName, service: Service, code: string) {
    const pageSize = Number(query.get('pageSize') ?? 10);
    const pageIndex = Number(query.get('pageIndex') ?? 1);
    if (!(pageSize >= 1 && pageSize <= MAX_PAGE_ROWS && pageIndex >= 1)) return { status: '202' };
    const isDefendant = query.get('caseIdentity') === '1';
    const found = [...this.recordsOf(name).values()]
      .filter((record) => record.company === code && (!isDefendant || record.IsDefendant !== '0'))
      .sort((one, other) => (dateOf(service, one) < dateOf(service, other) ? 1 : -1));
    const rows = service.isPaged ? found.slice((pageIndex - 1) * pageSize, pageIndex * pageSize) : found;
    const data = rows.map(({ company: _company, ...item }) => item);
    const paging = { PageSize: pageSize, PageIndex: pageIndex, TotalRecords: found.length };
    const isEmpty = found.length === 0;
    const result = { VerifyResult: isEmpty ? 0 : 1, Data: isEmpty ? null : data };
    return { status: '200', answer: good(name, result, isEmpty || !service.isPaged ? null : paging) };
  }

  private controller(code: string) {
    const company = this.companies.get(code);
    const [record] = [...this.recordsOf('ActualControl').values()].filter((each) => each.company === code);
    if (!record) return { status: '201' };
    const { company: _company, ...controller } = record;
    const result = { KeyNo: company?.keyNo ?? code, CompanyName: company?.name, ControllerData: controller };
    return { status: '200', answer: good('ActualControl', { ...result, UpdateTime: '' }, null) };
  }

  private basicDetails(code: string) {
    const { name, formerNames = [], keyNo = code } = this.companies.get(code) ?? {};
    const result = { KeyNo: keyNo, Name: name, CreditCode: code, OriginalName: formerNames, Status: '存续' };
    return { status: '200', answer: good('BasicDetails', result, null) };
  }

  private addCompany(company: Row): void {
    const code = String(company.creditCode);
    this.companies.set(code, company);
    for (const name of [company.name, ...((company.formerNames as unknown[] | undefined) ?? [])]) {
      this.names.set(String(name), code);
    }
  }

  private recordsOf(service: string): Map<string, Row> {
    const records = this.records.get(service) ?? new Map<string, Row>();
    this.records.set(service, records);
    return records;
  }
}

function nameOf(kind: string): ServiceName {
  const name = SERVICE_NAMES.find((each) => each === kind);
  if (!name) throw new Error(`the sandbox has no service ${kind}; it has ${SERVICE_NAMES.join(', ')}`);
  return name;
}

const dateOf = ({ date }: Service, record: Row): string =>
  date.map((field) => text(record[field])).find(Boolean) ?? '';

const keyOf = ({ id }: Service, record: Row): string =>
  id.length === 1
    ? text(record[id[0] ?? ''])
    : [text(record.company), ...id.map((field) => text(record[field]))].join('/');

const orderNumber = (service: string) =>
  `${service.toUpperCase()}${randomUUID().replaceAll('-', '').slice(0, 20)}`;

const good = (service: string, Result: unknown, Paging: unknown): SandboxAnswer => ({
  body: { Status: '200', Message: MESSAGES['200'], OrderNumber: orderNumber(service), Paging, Result },
});

const refusal = (Status: string, service = ''): SandboxAnswer => ({
  body: {
    Status,
    Message: MESSAGES[Status] ?? '其他错误',
    OrderNumber: meaningOf(Status).isBilled ? orderNumber(service) : null,
    Paging: null,
    Result: null,
  },
});
