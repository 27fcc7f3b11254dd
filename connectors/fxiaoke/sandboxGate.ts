import { randomUUID } from 'node:crypto';
import type { Row, SandboxAnswer, SandboxRequest } from '../kit';

export interface GateOptions {
  appId: string;
  appSecret: string;
  permanentCode: string;
  ea: string;
  /** Of one API (address); the vendor's limit is 100. */
  callsPer20Seconds: number;
  /** Calls a day that were bought; 0: none (30003). */
  callsPerDay: number;
  now: () => number;
}

const TOKEN_LIFE_MS = 7_200_000;
const SAME_TOKEN_MS = 6_600_000;
const LOGINS_A_MINUTE = 10;
const UUID4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** What stands before every API of the gateway: tokens, trace ids, the day's quota, the rate of each API. */
export class SandboxGate {
  /** Token calls that were answered, good or not. */
  logins = 0;
  private readonly options: GateOptions;
  private readonly tokens = new Map<string, number>(); // token → issued at
  private readonly recent = new Map<string, number[]>();
  private readonly traces = new Set<string>();
  private today = { day: '', calls: 0 };

  constructor(options: GateOptions) {
    this.options = options;
  }

  loseTokens(): void {
    this.tokens.clear();
  }

  /** For 110 minutes the same token, then a new one while the old one still works for ten. */
  giveToken({ query }: SandboxRequest, body: Row): SandboxAnswer {
    const { appId, appSecret, permanentCode, ea, now } = this.options;
    this.logins++;
    if (!this.isInWindow('token', LOGINS_A_MINUTE, 60_000)) return refused(14001, '接口调用超过限制');
    const isRight =
      body.appId === appId && body.appSecret === appSecret && body.permanentCode === permanentCode;
    if (!isRight || body.grantType !== 'app_secret' || !this.isTraced(query)) {
      return refused(10006, 'the parameter appSecret is missing or illegal', '缺少参数或参数不合法');
    }
    const alive = [...this.tokens].find(([, issuedAt]) => now() - issuedAt < SAME_TOKEN_MS);
    const token = alive?.[0] ?? randomUUID().replaceAll('-', '').toUpperCase();
    const issuedAt = alive?.[1] ?? now();
    this.tokens.set(token, issuedAt);
    const expiresIn = Math.floor((issuedAt + TOKEN_LIFE_MS - now()) / 1_000);
    const session = { openUserId: 'FSCID_SANDBOX', accessToken: token, expiresIn, appId, ea };
    return { body: { ...session, errorMessage: 'success', traceId: traceId(), errorCode: 0 } };
  }

  /** Undefined lets the request through. */
  refusal(
    { path, query, headers }: SandboxRequest,
    isEmployee: (userId: string) => boolean,
  ): SandboxAnswer | undefined {
    const { ea, now, callsPer20Seconds, callsPerDay } = this.options;
    const [, token] = /^Bearer (\S+)$/.exec(headers.authorization ?? '') ?? [];
    if (!token) return refused(20017, 'corpAccessToken为必填项，不能为空');
    const issuedAt = this.tokens.get(token);
    if (issuedAt === undefined || now() - issuedAt >= TOKEN_LIFE_MS || headers['x-fs-ea'] !== ea)
      return sessionLost();
    if (!this.isTraced(query)) return refused(32000, '参数错误: thirdTraceId');
    if (!isEmployee(headers['x-fs-userid'] ?? '')) return refused(30027, '员工不存在');
    if (callsPerDay === 0) return refused(30003, '客户没有购买 openapi 配额，需要提 open api 订单购买');
    if (!this.isInDay(callsPerDay)) return refused(30002, '当天访问频次超限（0 点重新统计）');
    return this.isInWindow(path, callsPer20Seconds, 20_000) ? undefined : refused(30004, '秒频次超限');
  }

  /** A UUID v4 that did not come before ("每次请求不同"). */
  private isTraced(query: URLSearchParams): boolean {
    const id = query.get('thirdTraceId') ?? '';
    if (!UUID4.test(id) || this.traces.has(id)) return false;
    if (this.traces.size > 100_000) this.traces.clear();
    this.traces.add(id);
    return true;
  }

  private isInWindow(name: string, calls: number, perMs: number): boolean {
    const now = this.options.now();
    const times = this.recent.get(name) ?? [];
    this.recent.set(name, times);
    while (times[0] !== undefined && times[0] <= now - perMs) times.shift();
    return times.length < calls && times.push(now) > 0;
  }

  private isInDay(calls: number): boolean {
    const day = new Date(this.options.now() + 8 * 3_600_000).toISOString().slice(0, 10); // midnight in China
    if (this.today.day !== day) this.today = { day, calls: 0 };
    return ++this.today.calls <= calls;
  }
}

const traceId = () => `E-O.sandbox.1000-${randomUUID().slice(0, 8)}`;

export const good = (data: object): SandboxAnswer => ({
  body: { traceId: traceId(), data, errorDescription: 'success', errorMessage: 'OK', errorCode: 0 },
});

export const refused = (
  errorCode: number,
  errorMessage: string,
  errorDescription?: string,
): SandboxAnswer => ({
  body: { traceId: traceId(), errorMessage, ...(errorDescription && { errorDescription }), errorCode },
});

export const sessionLost = () => refused(20016, 'the cropId,cropAccessToken or authorization is error');
