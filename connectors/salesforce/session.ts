import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type Http, MillraceError } from '../kit';
import type { Config } from './config';

const tokenAnswer = z.object({ access_token: z.string().min(1), instance_url: z.url() });

type Credentials = Pick<Config, 'baseUrl' | 'clientId' | 'clientSecret' | 'refreshToken'>;

/** The session of one app and user, shared by all streams of this process. Its life is not told: 2 hours unless the org says else. */
export class Session {
  private token: string | undefined;
  private pending: Promise<void> | undefined;
  private readonly credentials: Credentials;

  constructor(credentials: Credentials) {
    this.credentials = credentials;
  }

  get value(): string | undefined {
    return this.token;
  }

  async ensure(http: Http): Promise<void> {
    if (this.token === undefined) await this.logIn(http);
  }

  /** After the vendor refused `failed`: a new token, unless another stream has fetched one meanwhile. */
  async renew(http: Http, failed: string | undefined): Promise<void> {
    if (this.token === undefined || this.token === failed) await this.logIn(http);
  }

  private async logIn(http: Http): Promise<void> {
    this.pending ??= this.fetchToken(http).finally(() => {
      this.pending = undefined;
    });
    await this.pending;
  }

  private async fetchToken(http: Http): Promise<void> {
    const { baseUrl, clientId, clientSecret, refreshToken } = this.credentials;
    const form = new URLSearchParams({
      client_id: clientId,
      client_secret: clientSecret,
      ...(refreshToken === undefined
        ? { grant_type: 'client_credentials' }
        : { grant_type: 'refresh_token', refresh_token: refreshToken }),
    });
    const headers = { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' };
    const options = { body: form.toString(), headers, isLogin: true };
    const answer = tokenAnswer.safeParse(await http.post('/services/oauth2/token', options));
    if (!answer.success) throw new MillraceError('bad_answer', { what: 'The token answer holds no token' });
    const { access_token, instance_url } = answer.data;
    // the token is sent nowhere but to the host that the config names
    if (new URL(instance_url).origin !== new URL(baseUrl).origin) {
      throw new MillraceError('config_invalid', {
        what: `This org lives at ${new URL(instance_url).origin}, not at baseUrl`,
        todo: 'Write that address into baseUrl, if it is your company’s My Domain',
      });
    }
    this.token = access_token;
  }
}

const sessions = new Map<string, Session>();

export function sessionOf(credentials: Credentials): Session {
  const { baseUrl, clientId, clientSecret, refreshToken = '' } = credentials;
  const parts = [baseUrl, clientId, clientSecret, refreshToken].join('\n');
  const key = createHash('sha256').update(parts).digest('hex');
  const session = sessions.get(key) ?? new Session(credentials);
  sessions.set(key, session);
  return session;
}
