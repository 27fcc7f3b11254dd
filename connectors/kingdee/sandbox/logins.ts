import { createHash, randomUUID } from 'node:crypto';
import type { SandboxAnswer, SandboxRequest } from '../../kit';
import { type Arguments, argument } from './body';
import { Refused, SESSION_LOST } from './errors';
import { text } from './text';

export interface KingdeeAccount {
  accountId: string;
  user: string;
  password: string;
  appId: string;
  appSecret: string;
}

const SESSION_TTL_MS = 20 * 60_000;
const WRONG_LOGINS_TO_LOCK = 5;

/** AuthService: three ways to log in, sessions by cookie or header, and the lock after five wrong tries. */
export class Logins {
  tried = 0;
  private wrong = 0;
  private readonly account: KingdeeAccount;
  private readonly sessions = new Map<string, number>();

  constructor(account: KingdeeAccount) {
    this.account = account;
  }

  serve(operation: string, request: SandboxRequest, args: Arguments): SandboxAnswer {
    if (operation === 'Logout') {
      this.sessions.delete(sessionOf(request) ?? '');
      return { body: true };
    }
    this.tried++;
    const passed = (name: string, position: number) => text(argument(args, name, position));
    const { accountId, user, password, appId, appSecret } = this.account;
    if (passed('acctID', 0) !== accountId) return refusedLogin(-1, '数据中心不存在，请检查账套ID');
    if (this.wrong >= WRONG_LOGINS_TO_LOCK) return refusedLogin(-2, '用户已被锁定，请联系管理员');
    const isRight =
      passed('username', 1) === user && this.isProven(operation, passed, { password, appId, appSecret });
    if (!isRight) {
      this.wrong++;
      return refusedLogin(
        -1,
        operation === 'ValidateUser' ? '用户名或密码错误' : '第三方系统登录授权失败：应用ID或应用密钥错误',
      );
    }
    this.wrong = 0;
    const id = randomUUID();
    this.sessions.set(id, Date.now());
    const cookies = `kdservice-sessionid=${id}; path=/K3Cloud, ASP.NET_SessionId=${id.slice(0, 8)}; path=/; HttpOnly`;
    return { headers: { 'set-cookie': cookies }, body: loginAnswer(1, null, id, user) };
  }

  forgetSessions(): void {
    this.sessions.clear();
  }

  private isProven(
    operation: string,
    passed: (name: string, position: number) => string,
    { password, appId, appSecret }: { password: string; appId: string; appSecret: string },
  ): boolean {
    if (operation === 'ValidateUser') return passed('password', 2) === password;
    if (passed('appId', 2) !== appId) return false;
    if (operation === 'LoginByAppSecret') return passed('appSecret', 3) === appSecret;
    if (operation !== 'LoginBySign') return false;
    const timestamp = passed('timestamp', 3);
    const parts = [this.account.accountId, this.account.user, appId, appSecret, timestamp].sort();
    return passed('sign', 4) === createHash('sha256').update(parts.join('')).digest('hex');
  }

  mustBeLoggedIn(request: SandboxRequest): void {
    const session = sessionOf(request) ?? '';
    const usedAt = this.sessions.get(session);
    if (usedAt === undefined || Date.now() - usedAt > SESSION_TTL_MS) throw new Refused(SESSION_LOST);
    this.sessions.set(session, Date.now());
  }
}

function sessionOf({ headers }: SandboxRequest): string | undefined {
  const cookie = /kdservice-sessionid=([^;\s]+)/i.exec(headers.cookie ?? '')?.[1];
  return cookie ?? headers['kdservice-sessionid'];
}

const refusedLogin = (type: number, message: string): SandboxAnswer => ({
  body: loginAnswer(type, message, null, null),
});

function loginAnswer(
  type: number,
  message: string | null,
  session: string | null,
  user: string | null,
): object {
  return {
    Message: message,
    MessageCode: type === 1 ? 'CheckPasswordPolicy' : '',
    LoginResultType: type,
    Context: session === null ? null : { UserLocale: 'zh-CN', SessionId: session, UserName: user },
    KDSVCSessionId: session,
    FormId: null,
    RedirectFormParam: null,
    ErrorStackTrace: null,
    Lcid: 0,
    AccessToken: null,
    IsSuccessByAPI: type === 1,
  };
}
