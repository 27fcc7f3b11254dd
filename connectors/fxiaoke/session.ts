import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type Http, MillraceError } from '../kit';
import { trace } from './trace';

export interface Credentials {
  baseUrl: string;
  appId: string;
  appSecret: string;
  permanentCode: string;
}

interface Token {
  value: string;
  /** The tenant's account, for the header `x-fs-ea`. */
  ea: string;
  expiresAt: number;
}

const LOGINS_A_MINUTE = 10; // the vendor's limit for the token call, which may not run concurrently either
const EARLY_MS = 540_000; // a new token is given in the last ten minutes of the old one's life
const tokenAnswer = z.object({
  accessToken: z.string(),
  ea: z.string(),
  expiresIn: z.coerce.number().default(7_200), // seconds that are left
});

/**
 * The session of one app, shared by all streams of this process: ten streams that begin together log in once.
 * A token lives two hours; asked for again in the first 110 minutes the vendor gives the same one.
 */
export class Session {
  private token: Token | undefined;
  private pending: Promise<void> | undefined;
  private readonly logins: number[] = [];
  private readonly credentials: Credentials;
  private readonly now: () => number;

  constructor(credentials: Credentials, now: () => number) {
    this.credentials = credentials;
    this.now = now;
  }

  get value(): string | undefined {
    return this.token?.value;
  }

  headers(userId: string): Record<string, string> {
    if (!this.token) return {};
    const { value, ea } = this.token;
    return { authorization: `Bearer ${value}`, 'x-fs-ea': ea, 'x-fs-userid': userId };
  }

  /** Logs in unless there is a token with some life left. */
  async ensure(http: Http): Promise<void> {
    if (this.token && this.token.expiresAt - EARLY_MS > this.now()) return;
    await this.logIn(http);
  }

  /** After the vendor refused `failed`: a new token, unless another stream has fetched one meanwhile. */
  async renew(http: Http, failed: string | undefined): Promise<void> {
    if (this.token && this.token.value !== failed) return;
    await this.logIn(http);
  }

  private async logIn(http: Http): Promise<void> {
    this.pending ??= this.fetchToken(http).finally(() => {
      this.pending = undefined;
    });
    await this.pending;
  }

  private async fetchToken(http: Http): Promise<void> {
    this.countLogin();
    const { appId, appSecret, permanentCode } = this.credentials;
    const body = { appId, appSecret, permanentCode, grantType: 'app_secret' };
    const answer = tokenAnswer.safeParse(
      await http.post('/oauth2.0/token', { params: trace(), body, isLogin: true }),
    );
    if (!answer.success) throw new MillraceError('bad_answer', { what: 'The token answer holds no token' });
    const { accessToken, ea, expiresIn } = answer.data;
    this.token = { value: accessToken, ea, expiresAt: this.now() + expiresIn * 1_000 };
  }

  private countLogin(): void {
    const since = this.now() - 60_000;
    while (this.logins[0] !== undefined && this.logins[0] <= since) this.logins.shift();
    const [oldest] = this.logins;
    if (oldest !== undefined && this.logins.length >= LOGINS_A_MINUTE) {
      const what = 'Fxiaoke gives ten tokens a minute, and they were all used';
      throw new MillraceError('rate_limited', { what, retryAfterMs: oldest - since });
    }
    this.logins.push(this.now());
  }
}

const sessions = new Map<string, Session>();

export function sessionOf(credentials: Credentials, now: () => number): Session {
  const { baseUrl, appId, appSecret, permanentCode } = credentials;
  const key = createHash('sha256')
    .update([baseUrl, appId, appSecret, permanentCode].join('\n'))
    .digest('hex');
  const session = sessions.get(key) ?? new Session(credentials, now);
  sessions.set(key, session);
  return session;
}
