import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { Row } from './records';

/** Faults that every vendor's server can have; a sandbox adds its vendor's own by name (`faultAnswer`). */
export type Fault =
  | 'http_503'
  | 'throttled'
  | 'truncated'
  | 'reset'
  | 'slow'
  | 'session_lost'
  | 'business_error';

export interface SandboxRequest {
  method: string;
  /** Without the query. */
  path: string;
  query: URLSearchParams;
  headers: Record<string, string>;
  body: Buffer;
}

export interface SandboxAnswer {
  status?: number;
  headers?: Record<string, string>;
  /** An object is sent as JSON. */
  body: unknown;
}

/** A vendor's server on loopback that speaks the vendor's wire format, faults included. Subclasses answer requests. */
export abstract class Sandbox {
  baseUrl = '';
  /** Requests that reached it, by `callName`. */
  readonly calls = new Map<string, number>();
  private server: Server | undefined;
  private readonly faults: { fault: Fault; after: number; times: number }[] = [];

  protected abstract answer(request: SandboxRequest): SandboxAnswer | Promise<SandboxAnswer>;
  /** Inserts or replaces records of one kind (form, object, service) by their primary key. */
  abstract seed(kind: string, records: readonly Row[]): void;
  abstract remove(kind: string, keys: readonly string[]): void;

  /** How the vendor words a fault; undefined for those that the HTTP layer makes. */
  protected faultAnswer(_fault: Fault, _request: SandboxRequest): SandboxAnswer | undefined {
    return undefined;
  }
  /** Requests that faults leave alone (a login, for most). */
  protected isSpared(_request: SandboxRequest): boolean {
    return false;
  }
  protected callName(request: SandboxRequest): string {
    return `${request.method} ${request.path}`;
  }

  /** The next `times` requests after `after` more have the fault. */
  inject(fault: Fault, { after = 0, times = 1 }: { after?: number; times?: number } = {}): void {
    this.faults.push({ fault, after, times });
  }

  async start(port = 0): Promise<string> {
    const server = createServer((request, response) => void this.serve(request, response));
    server.keepAliveTimeout = 30_000;
    await new Promise<void>((resolve, reject) =>
      server.once('error', reject).listen(port, '127.0.0.1', resolve),
    );
    this.server = server;
    this.baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return this.baseUrl;
  }

  async stop(): Promise<void> {
    const { server } = this;
    if (!server) return;
    this.server = undefined;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }

  private async serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const request = await receive(incoming);
      const name = this.callName(request);
      this.calls.set(name, (this.calls.get(name) ?? 0) + 1);
      const fault = this.isSpared(request) ? undefined : this.dueFault();
      if (fault === 'reset') return void incoming.socket.destroy();
      if (fault === 'slow') await new Promise((resolve) => setTimeout(resolve, 1_500));
      const answer = this.faulty(fault, request) ?? (await this.answer(request));
      send(incoming, response, answer, fault === 'truncated');
    } catch (error) {
      response.statusCode = 500;
      response.end(
        `<html><body>Server error: ${error instanceof Error ? error.message : 'unknown'}</body></html>`,
      );
    }
  }

  private faulty(fault: Fault | undefined, request: SandboxRequest): SandboxAnswer | undefined {
    if (!fault) return undefined;
    const own = this.faultAnswer(fault, request);
    if (own) return own;
    if (fault === 'http_503') return { status: 503, body: '<html><body>Service Unavailable</body></html>' };
    if (fault === 'throttled')
      return { status: 429, headers: { 'retry-after': '1' }, body: { message: 'Too Many Requests' } };
    return undefined;
  }

  private dueFault(): Fault | undefined {
    const next = this.faults[0];
    if (!next) return undefined;
    if (next.after > 0) {
      next.after--;
      return undefined;
    }
    if (--next.times === 0) this.faults.shift();
    return next.fault;
  }
}

async function receive(incoming: IncomingMessage): Promise<SandboxRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const url = new URL(incoming.url ?? '/', 'http://sandbox');
  const headers = Object.fromEntries(
    Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]),
  );
  return {
    method: incoming.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    headers,
    body: Buffer.concat(chunks),
  };
}

const GZIP_FROM_BYTES = 1_400;

function send(
  incoming: IncomingMessage,
  response: ServerResponse,
  answer: SandboxAnswer,
  isCut: boolean,
): void {
  const isText = typeof answer.body === 'string' || Buffer.isBuffer(answer.body);
  let body: Buffer = isText ? Buffer.from(answer.body as string) : Buffer.from(JSON.stringify(answer.body));
  response.statusCode = answer.status ?? 200;
  response.setHeader('content-type', isText ? 'text/html; charset=utf-8' : 'application/json; charset=utf-8');
  for (const [name, value] of Object.entries(answer.headers ?? {})) response.setHeader(name, value);
  if (isCut)
    body = body.subarray(0, Math.floor(body.length / 2)); // a proxy that cut the body and its length alike
  else if (
    body.length > GZIP_FROM_BYTES &&
    String(incoming.headers['accept-encoding'] ?? '').includes('gzip')
  ) {
    body = gzipSync(body, { level: 1 });
    response.setHeader('content-encoding', 'gzip');
  }
  response.setHeader('content-length', body.length);
  response.end(body);
}
