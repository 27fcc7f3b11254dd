import { createHash } from 'node:crypto';
import { MillraceError, type Http } from '../kit';
import { servicePath } from './services';

export interface Credentials {
  accountId: string;
  user: string;
  appId: string;
  appSecret: string;
  language: number;
  loginBy: 'sign' | 'secret';
}

/** Cookies of one K3Cloud session, and the one way to get new ones. A refused login is never repeated: five lock the user. */
export class Session {
  private cookies = '';
  private refusal: MillraceError | undefined;
  private readonly credentials: Credentials;
  private readonly now: () => Date;

  constructor(credentials: Credentials, now: () => Date) {
    this.credentials = credentials;
    this.now = now;
  }

  headers(): Record<string, string> {
    return this.cookies === '' ? {} : { cookie: this.cookies };
  }

  async login(http: Http): Promise<void> {
    if (this.refusal) throw this.refusal;
    this.cookies = '';
    try {
      const { path, parameters } = this.request();
      const answer = await http.send('POST', path, { body: { parameters }, isLogin: true });
      this.cookies = cookiesOf(answer.headers['set-cookie'] ?? '');
    } catch (error) {
      if (error instanceof MillraceError && error.code === 'login_refused') this.refusal = error;
      throw error;
    }
    if (this.cookies === '')
      throw new MillraceError('bad_answer', { what: 'The login was accepted but gave no cookie' });
  }

  private request(): { path: string; parameters: unknown[] } {
    const { accountId, user, appId, appSecret, language, loginBy } = this.credentials;
    if (loginBy === 'secret') {
      return {
        path: servicePath('loginBySecret'),
        parameters: [accountId, user, appId, appSecret, language],
      };
    }
    const timestamp = String(Math.floor(this.now().getTime() / 1_000));
    const sign = signatureOf([accountId, user, appId, appSecret, timestamp]);
    return {
      path: servicePath('loginBySign'),
      parameters: [accountId, user, appId, timestamp, sign, language],
    };
  }
}

/** SHA-256 over the parts in lexicographic order, in lower-case hex. */
export const signatureOf = (parts: readonly string[]): string =>
  createHash('sha256')
    .update([...parts].sort().join(''))
    .digest('hex');

/** `a=1; path=/, b=2; HttpOnly` → `a=1; b=2`: name and value of each cookie, without its attributes. */
function cookiesOf(header: string): string {
  const cookies = header.split(/,\s*(?=[^;,=\s]+=)/);
  return cookies
    .map((cookie) => cookie.split(';')[0]?.trim() ?? '')
    .filter((cookie) => cookie !== '')
    .join('; ');
}
