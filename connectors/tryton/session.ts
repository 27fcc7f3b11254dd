import { z } from 'zod';
import { type Http, MillraceError } from '../kit';

export interface Credentials {
  baseUrl: string;
  database: string;
  user: string;
  password: string;
}

const envelope = z.object({ id: z.unknown(), result: z.unknown() });
const loginResult = z.tuple([z.number(), z.string()]).rest(z.unknown()); // 8.0 adds the address of its bus
const preferences = z.looseObject({ company: z.number().nullish() });

/** Goes with every call: one company's records, English errors, and what was switched off as well. */
interface Context {
  company: number;
  language: 'en';
  active_test: false;
}

/** One login: where this server listens, which session it gave, and the context that every call carries. */
export class Session {
  private authorization = '';
  private refusal: MillraceError | undefined;
  private opening: Promise<Context> | undefined;
  private path = '';
  private readonly credentials: Credentials;

  constructor(credentials: Credentials) {
    this.credentials = credentials;
  }

  headers(): Record<string, string> {
    return {
      // 8.0 labels every long answer gzip, but compresses it only if the request said so: without this line nothing decodes
      'Accept-Encoding': 'gzip',
      ...(this.authorization && { Authorization: this.authorization }),
    };
  }

  /** Calls a method; the context goes last. Finds the server and logs in before the first call. */
  async call(http: Http, method: string, ...parameters: unknown[]): Promise<unknown> {
    const context = await this.open(http);
    return this.send(http, this.path, method, [...parameters, context]);
  }

  /** Id of the company whose records are read. */
  async company(http: Http): Promise<number> {
    return (await this.open(http)).company;
  }

  /** A new session, for instance after the old one expired. A refused login is not repeated: Tryton counts them. */
  async login(http: Http): Promise<void> {
    if (this.refusal) throw this.refusal;
    const { user, password } = this.credentials;
    this.authorization = '';
    try {
      const result = await this.send(http, this.path, 'common.db.login', [user, { password }, 'en'], true);
      const [id, key] = loginResult.parse(result);
      this.authorization = `Session ${Buffer.from(`${user}:${id}:${key}`).toString('base64')}`;
    } catch (error) {
      if (error instanceof MillraceError && error.code === 'login_refused') this.refusal = error;
      throw error;
    }
  }

  private open(http: Http): Promise<Context> {
    this.opening ??= this.begin(http).catch((error: unknown) => {
      this.opening = undefined; // the next call tries again
      throw error;
    });
    return this.opening;
  }

  private async begin(http: Http): Promise<Context> {
    this.path = await this.findPath(http);
    await this.login(http);
    const { company } = preferences.parse(
      await this.send(http, this.path, 'model.res.user.get_preferences', [true, {}]),
    );
    if (!company) {
      throw new MillraceError('config_invalid', {
        what: `Tryton's user ${this.credentials.user} belongs to no company`,
        todo: 'Give the user a company (Administration, Users): records are read for one company',
      });
    }
    return { company, language: 'en', active_test: false };
  }

  /** 8.0 moved its calls from `/<database>/` to `/<database>/rpc/`; the version is asked at both roots. */
  private async findPath(http: Http): Promise<string> {
    const database = encodeURIComponent(this.credentials.database);
    for (const [root, path] of [
      ['/rpc/', `/${database}/rpc/`],
      ['/', `/${database}/`],
    ] as const) {
      if (await this.answers(http, root)) return path;
    }
    throw new MillraceError('not_found', {
      what: `No Tryton answers at ${this.credentials.baseUrl}`,
      todo: 'Write the address of trytond as baseUrl, without the database',
    });
  }

  private async answers(http: Http, root: string): Promise<boolean> {
    try {
      return typeof (await this.send(http, root, 'common.server.version', [], true)) === 'string';
    } catch (error) {
      const isElsewhere =
        error instanceof MillraceError &&
        ['not_found', 'bad_request', 'truncated_answer', 'login_refused', 'session_lost'].includes(
          error.code,
        );
      if (isElsewhere) return false;
      throw error;
    }
  }

  /** Exactly the three keys of JSON-RPC 1.0: with any other the server answers without an envelope. */
  private async send(
    http: Http,
    path: string,
    method: string,
    params: unknown[],
    isLogin = false,
  ): Promise<unknown> {
    const answer = await http.send('POST', path, { body: { id: 1, method, params }, isLogin });
    return envelope.parse(answer.json()).result;
  }
}
