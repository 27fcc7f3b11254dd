import axios, { type AxiosInstance, AxiosError } from 'axios';
import { type ErrorCode, MillraceError } from './errors';
import { Limiter } from './limiter';
import { type Split, type SplitOptions, splitRecords } from './split';

export interface HttpOptions {
  baseUrl: string;
  /** Sent with every request; a function is asked before each one (signatures, session tokens). */
  headers?: Record<string, string> | (() => Record<string, string>);
  /** Requests at once. Default 4. */
  concurrent?: number;
  /** At most `calls` in `perMs`, spread over the client. */
  rate?: { calls: number; perMs: number };
  /** Time-out of one request. Default 60 s. */
  timeoutMs?: number;
  /** Tries after the first. Default 5. */
  retries?: number;
  /** The vendor's answers in our words; undefined keeps the kit's meaning of the HTTP status. */
  explain?(answer: Answer): ErrorCode | Explanation | undefined;
  /** Logs in. Called when an answer means `session_lost`, once for all waiting requests; then the request is sent again. */
  login?(http: Http): Promise<void>;
}

export interface Explanation {
  code: ErrorCode;
  /** The vendor's own words. */
  message?: string;
  todo?: string;
}

/** An answer as bytes. `json()` parses it; `head` is its first 2,000 characters, enough to recognise an error. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  bytes: Buffer;
  head: string;
  json(): unknown;
}

export interface RequestOptions {
  params?: Record<string, string | number>;
  /** JSON body (an object or array) or text as it is. */
  body?: unknown;
  headers?: Record<string, string>;
  /** Not answered by a login when the session is lost (the login request itself). */
  isLogin?: boolean;
  signal?: AbortSignal;
}

export interface Http {
  get(path: string, options?: RequestOptions): Promise<unknown>;
  post(path: string, options?: RequestOptions): Promise<unknown>;
  /** The whole answer; only good ones come back. */
  send(method: 'GET' | 'POST', path: string, options?: RequestOptions): Promise<Answer>;
  /** Records as bytes, cut out of the body at `split.path`. A truncated body is asked for again. */
  records(
    method: 'GET' | 'POST',
    path: string,
    split: SplitOptions,
    options?: RequestOptions,
  ): Promise<Split>;
}

export interface HttpHost {
  connection: string;
  redact(text: string): string;
  signal?: AbortSignal;
  retryMs?: number;
}

const RETRY_MS = 500;
const MAX_PAUSE_MS = 60_000;
const HEAD_CHARS = 2_000;

/** The only way out of a connector: axios with retries, limits, time-outs, session renewal and redaction. */
export function createHttp(options: HttpOptions, host: HttpHost): Http {
  return new Client(options, host);
}

class Client implements Http {
  private readonly axios: AxiosInstance;
  private readonly limiter: Limiter;
  private loggingIn: Promise<void> | undefined;
  private readonly options: HttpOptions;
  private readonly host: HttpHost;

  constructor(options: HttpOptions, host: HttpHost) {
    this.options = options;
    this.host = host;
    this.limiter = new Limiter(options.concurrent ?? 4, options.rate);
    this.axios = axios.create({
      baseURL: options.baseUrl,
      timeout: options.timeoutMs ?? 60_000,
      responseType: 'arraybuffer',
      transformResponse: [], // bytes stay bytes
      validateStatus: () => true,
      maxRedirects: 0, // a redirect could lead a secret to another host
      maxContentLength: 256 * 1024 * 1024,
      proxy: false,
    });
  }

  get(path: string, options: RequestOptions = {}): Promise<unknown> {
    return this.retried('GET', path, options, (answer) => answer.json());
  }

  post(path: string, options: RequestOptions = {}): Promise<unknown> {
    return this.retried('POST', path, options, (answer) => answer.json());
  }

  send(method: 'GET' | 'POST', path: string, options: RequestOptions = {}): Promise<Answer> {
    return this.retried(method, path, options, (answer) => answer);
  }

  records(
    method: 'GET' | 'POST',
    path: string,
    split: SplitOptions,
    options: RequestOptions = {},
  ): Promise<Split> {
    return this.retried(method, path, options, (answer) => splitRecords(answer.bytes, split));
  }

  private async retried<T>(
    method: 'GET' | 'POST',
    path: string,
    options: RequestOptions,
    use: (answer: Answer) => T,
  ): Promise<T> {
    const retries = this.options.retries ?? 5;
    let hasLoggedIn = options.isLogin ?? false;
    for (let attempt = 0; ; attempt++) {
      try {
        const answer = await this.limiter.run(() => this.once(method, path, options));
        return use(answer);
      } catch (thrown) {
        const error = this.placed(thrown, method, path);
        if (error.code === 'session_lost' && this.options.login && !hasLoggedIn) {
          hasLoggedIn = true;
          await this.login();
          continue;
        }
        if (error.actor !== 'retry' || error.code === 'budget_exhausted' || attempt >= retries) throw error;
        await this.pause(error, attempt);
      }
    }
  }

  private async once(method: 'GET' | 'POST', path: string, options: RequestOptions): Promise<Answer> {
    if (/^[a-z]+:\/\//i.test(path) || path.startsWith('//')) {
      throw new MillraceError('bad_request', { what: 'A request may not leave the configured host' });
    }
    const { headers } = this.options;
    const signal = options.signal ?? this.host.signal;
    const response = await this.axios.request<Buffer>({
      method,
      url: path,
      headers: { ...(typeof headers === 'function' ? headers() : headers), ...options.headers },
      ...(options.params && { params: options.params }),
      ...(options.body !== undefined && { data: options.body }),
      ...(signal && { signal }),
    });
    const answer = toAnswer(response.status, response.headers as Record<string, unknown>, response.data);
    const meaning = this.options.explain?.(answer) ?? meaningOfStatus(answer.status);
    if (meaning === undefined) return answer;
    const { code, message, todo } =
      typeof meaning === 'string' ? ({ code: meaning } as Explanation) : meaning;
    const retryAfterMs = retryAfter(answer);
    throw new MillraceError(code, {
      what: `The vendor answered ${answer.status}${message ? `: ${message}` : ''}`,
      ...(todo === undefined ? {} : { todo }),
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    });
  }

  /** One login for all requests that lost the session at the same time. */
  private async login(): Promise<void> {
    this.loggingIn ??= Promise.resolve(this.options.login?.(this)).finally(() => {
      this.loggingIn = undefined;
    });
    await this.loggingIn;
  }

  /** Any failure as ours, with its place, and without a secret: axios' own errors carry headers and bodies. */
  private placed(thrown: unknown, method: string, path: string): MillraceError {
    const place = `request ${method} ${path.split('?')[0] ?? ''}`;
    const error = thrown instanceof MillraceError ? thrown : fromNetwork(thrown);
    if (error.where.includes('request ')) return error;
    const { code, what, todo, retryAfterMs } = error;
    const where = this.host.redact(`connection ${this.host.connection}, ${place}`);
    return new MillraceError(code, {
      what: this.host.redact(what),
      where,
      todo: this.host.redact(todo),
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    });
  }

  private async pause(error: MillraceError, attempt: number): Promise<void> {
    const first = this.host.retryMs ?? RETRY_MS;
    const backoff = Math.min(first * 2 ** attempt, MAX_PAUSE_MS) * (0.75 + Math.random() / 2);
    const wait = Math.min(Math.max(error.retryAfterMs ?? 0, backoff), MAX_PAUSE_MS);
    await new Promise((resolve) => setTimeout(resolve, wait));
    this.host.signal?.throwIfAborted();
  }
}

function toAnswer(status: number, rawHeaders: Record<string, unknown>, data: Buffer): Answer {
  const bytes = Buffer.isBuffer(data) ? data : Buffer.from(data ?? '');
  const headers = Object.fromEntries(
    Object.entries(rawHeaders).map(([name, value]) => [name.toLowerCase(), String(value)]),
  );
  return {
    status,
    headers,
    bytes,
    head: bytes.toString('utf8', 0, Math.min(bytes.length, HEAD_CHARS)),
    json() {
      try {
        return JSON.parse(bytes.toString('utf8')) as unknown;
      } catch (cause) {
        throw new MillraceError('truncated_answer', { what: 'The answer is no whole JSON document', cause });
      }
    },
  };
}

function meaningOfStatus(status: number): Explanation | undefined {
  if (status >= 200 && status < 300) return undefined;
  if (status === 401)
    return { code: 'login_refused', todo: 'Check user and password or key of this connection' };
  if (status === 403) return { code: 'permission_refused' };
  if (status === 404 || status === 410)
    return { code: 'not_found', todo: 'Check the address of this connection' };
  if (status === 408) return { code: 'timeout' };
  if (status === 429) return { code: 'rate_limited' };
  if (status >= 500) return { code: 'vendor_busy' };
  if (status >= 300 && status < 400)
    return { code: 'bad_request', todo: 'The vendor redirects: write the final address' };
  return { code: 'bad_request' };
}

/** `Retry-After` in seconds or as a date. */
function retryAfter(answer: Answer): number | undefined {
  const text = answer.headers['retry-after'];
  if (!text) return undefined;
  const ms = /^\d+$/.test(text) ? Number(text) * 1_000 : Date.parse(text) - Date.now();
  return Number.isFinite(ms) && ms > 0 ? ms : undefined;
}

const NETWORK_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ETIMEDOUT',
]);

function fromNetwork(thrown: unknown): MillraceError {
  if (!(thrown instanceof AxiosError)) {
    if (thrown instanceof Error && thrown.name === 'AbortError') throw thrown;
    return new MillraceError('internal', { what: thrown instanceof Error ? thrown.message : String(thrown) });
  }
  if (thrown.code === 'ERR_CANCELED')
    throw Object.assign(new Error('The request was cancelled'), { name: 'AbortError' });
  const code = thrown.code ?? 'unknown';
  if (code === 'ECONNABORTED')
    return new MillraceError('timeout', { what: 'The vendor did not answer in time' });
  const isNetwork = NETWORK_CODES.has(code) || /aborted|socket hang up/.test(thrown.message);
  const todo = isNetwork ? 'Check the address and that this machine reaches it' : '';
  return new MillraceError('network', { what: `The vendor could not be reached: ${code}`, todo });
}
