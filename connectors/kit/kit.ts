import type { Budget } from './budget';
import { createHttp, type Http, type HttpOptions } from './http';
import { redactor } from './redact';

/** What the host gives a connector: its connection's name, an HTTP client, the budget of paid calls, where files lie. */
export interface Kit {
  /** Name of the connection, for error texts. */
  connection: string;
  /** A client with retries, limits, time-outs and redaction. A connector opens no other connection to the world. */
  http(options: HttpOptions): Http;
  /** Counts calls that cost money; refuses with `budget_exhausted`. */
  budget: Budget;
  /** Replaces every secret of this connection in a text. */
  redact(text: string): string;
  /** Base folder for relative paths in the config. */
  folder: string;
  now(): Date;
  /** What other sources told the warehouse, for connectors that must be told what to ask (bureaus). */
  lookup(name: 'bureau_targets'): Promise<readonly Record<string, string | null>[]>;
}

export interface KitOptions {
  connection: string;
  secrets: readonly string[];
  budget?: Budget;
  folder?: string;
  now?: () => Date;
  signal?: AbortSignal;
  /** First pause of a retry in milliseconds; tests make it short. */
  retryMs?: number;
  lookup?: Kit['lookup'];
}

/** The kit as a host (or a test) makes it for one connection. */
export function createKit(options: KitOptions): Kit {
  const redact = redactor(options.secrets);
  return {
    connection: options.connection,
    http: (http) =>
      createHttp(http, {
        connection: options.connection,
        redact,
        ...(options.signal && { signal: options.signal }),
        ...(options.retryMs !== undefined && { retryMs: options.retryMs }),
      }),
    budget: options.budget ?? { spend: () => Promise.resolve() },
    redact,
    folder: options.folder ?? process.cwd(),
    now: options.now ?? (() => new Date()),
    lookup: options.lookup ?? (() => Promise.resolve([])),
  };
}
