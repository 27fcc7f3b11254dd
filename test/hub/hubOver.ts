import { laterLoading } from '../../hub/loading/loadingOver';
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { type IncomingHttpHeaders, request as send } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Tokens } from '../../hub/access/tokens';
import { personOf } from '../../hub/access/users';
import { bankOver } from '../../hub/bank/bankOver';
import { benchmarksOver } from '../../hub/benchmarks/benchmarksOver';
import { keepingOver } from '../../hub/backup/keeping';
import { api } from '../../hub/http/api';
import type { Auth } from '../../hub/http/auth';
import { serveCube } from '../../hub/http/serveCube';
import { startWeb, type Web } from '../../hub/http/server';
import { contractsOver } from '../../hub/quarantine/contractsOver';
import { openSetup } from '../../hub/setup/setup';
import { financeOver } from '../../hub/finance/financeOver';
import { healthOver } from '../../hub/health/healthOver';
import { customer360Over } from '../../hub/customer360/customer360Over';
import { customersOver } from '../../hub/customers/customersOver';
import { outcomesOver } from '../../hub/outcomes/outcomesOver';
import { pipelineOver } from '../../hub/pipeline/pipelineOver';
import { matchesOver } from '../../hub/matching/matchesOver';
import { riskReading } from '../../hub/risk/riskOver';
import { statementsOver } from '../../hub/statements/statementsOver';
import { freshness } from '../../hub/work/freshness';
import { readingOver } from '../../hub/work/localWork';
import { type BuiltCase, type Case, given, type OpenEngine } from '../models/given';

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
  /** Undefined where the answer is no JSON. */
  body: unknown;
}

export interface AskOptions {
  method?: string;
  headers?: Record<string, string>;
  body?: unknown;
  /** Sent as it is. */
  text?: string;
}

export interface HubUnderTest extends BuiltCase {
  web: Web;
  tokens: Tokens;
  adminToken: string;
  ask(path: string, options?: AskOptions): Promise<Answer>;
  /** The same, signed in as this person. */
  as(person: string): (path: string, options?: AskOptions) => Promise<Answer>;
}

/**
 * The hub's web server, API and Cube over the warehouse of a case, with a real config. Of the work only what reaches sources
 * and Temporal is missing: check, sync and build say so.
 */
export async function hubOver(once: Case, yaml: string, open?: OpenEngine): Promise<HubUnderTest> {
  const folder = mkdtempSync(join(tmpdir(), 'millrace-hub-'));
  const config = join(folder, 'millrace.yaml');
  writeFileSync(config, yaml);
  const setup = openSetup({ data: folder, config });
  const built = await given(once, open);
  const { warehouse } = built;
  const tokens = new Tokens(folder);
  const auth: Auth = {
    tokens,
    adminToken: 'admin-token-of-the-test',
    personOf: (id) => personOf(id, setup.config, warehouse),
  };
  const web = await startWeb({ port: 0, auth, health: () => ({ status: 'ready' }), pages: pagesIn(folder) });
  const cube = await serveCube(web.app, warehouse, auth);
  const spoolFolder = join(folder, 'spool');
  const missing = () => Promise.reject(new Error('not part of this test'));
  const work = {
    ...readingOver(warehouse, setup.config, () => Promise.resolve(cube)),
    status: () => freshness(warehouse, setup),
    check: missing,
    sync: missing,
    build: missing,
    freeze: missing,
    models: missing,
    contracts: {
      ...contractsOver({ warehouse, options: { connections: setup.connections, spoolFolder } }),
      replay: missing,
    },
    statements: statementsOver(warehouse, setup.config),
    matching: { ...matchesOver(warehouse), run: missing },
    customers: customersOver(warehouse),
    customer360: customer360Over(warehouse, setup.config),
    outcomes: outcomesOver(warehouse),
    pipeline: pipelineOver(warehouse, setup.config),
    risk: { ...riskReading(warehouse), plan: missing, run: missing },
    finance: financeOver(warehouse, setup.config),
    health: healthOver(warehouse),
    loading: laterLoading(missing, missing),
    bank: bankOver(setup),
    benchmarks: benchmarksOver(warehouse, setup.config),
    ...keepingOver(warehouse, { data: folder, config }, setup.config),
  };
  web.serve((router) => router.use('/api', api({ auth, setup, work, warehouse })));
  const ask: HubUnderTest['ask'] = (path, options) => asked(web.port, path, options);
  return {
    ...built,
    web,
    tokens,
    adminToken: auth.adminToken,
    ask,
    as: (person) => {
      const cookie = `millrace_session=${tokens.sign('session', person, 60)}`;
      return (path, options) => ask(path, { ...options, headers: { cookie, ...options?.headers } });
    },
    async close() {
      await web.close();
      await cube.close();
      await built.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Built pages as the hub finds them: one document and an asset. */
export function pagesIn(folder: string): string {
  const pages = join(folder, 'pages');
  mkdirSync(join(pages, 'assets'), { recursive: true });
  writeFileSync(join(pages, 'index.html'), '<!doctype html><title>Millrace</title>');
  writeFileSync(join(pages, 'assets', 'index-1.js'), 'start()');
  return pages;
}

/** Plain HTTP: fetch would not let a test say another Host or Origin. */
export function asked(
  port: number,
  path: string,
  { method, headers, body, text }: AskOptions = {},
): Promise<Answer> {
  const sent = text ?? (body === undefined ? undefined : JSON.stringify(body));
  return new Promise((resolve, reject) => {
    const request = send({
      host: '127.0.0.1',
      port,
      path,
      method: method ?? (sent === undefined ? 'GET' : 'POST'),
      headers: { ...(sent !== undefined && { 'content-type': 'application/json' }), ...headers },
      agent: false,
    });
    request.once('error', reject);
    request.once('response', (response) => {
      let received = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (received += chunk));
      response.once('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text: received,
          body: jsonOf(received),
        }),
      );
    });
    request.end(sent);
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
