import axios from 'axios';
import { z } from 'zod';
import { MillraceError } from '../../connectors/kit';
import { remoteCustomer360 } from '../customer360/remoteCustomer360';
import { remoteCustomers } from '../customers/remoteCustomers';
import { remoteBank } from '../bank/remoteBank';
import { remoteBenchmarks } from '../benchmarks/remoteBenchmarks';
import { remoteFinance } from '../finance/remoteFinance';
import { remoteHealth } from '../health/remoteHealth';
import { remoteLoading } from '../loading/remoteLoading';
import { remoteMatches } from '../matching/remoteMatches';
import { remoteOutcomes } from '../outcomes/remoteOutcomes';
import { remotePipeline } from '../pipeline/remotePipeline';
import { remoteContracts } from '../quarantine/remoteContracts';
import { remoteRisk } from '../risk/remoteRisk';
import { remoteStatements } from '../statements/remoteStatements';
import type { HubNote } from './hubNote';
import type { Work } from './work';

const failure = z.object({
  error: z.object({ code: z.string(), what: z.string(), where: z.string(), todo: z.string() }),
});

/** The same work, asked of the hub that runs over this data folder. */
export function remoteWork({ url, token }: HubNote): Work {
  const client = axios.create({
    baseURL: url,
    headers: { Authorization: `Bearer ${token}` },
    validateStatus: () => true,
    proxy: false,
  });
  async function ask<Result>(method: 'get' | 'post', path: string, body?: unknown): Promise<Result> {
    const request = { method, url: path, ...(body !== undefined && { data: body }) };
    const answer = await client.request<unknown>(request).catch((cause: unknown) => {
      throw new MillraceError('network', {
        what: 'The hub stopped answering',
        where: `${url}${path}`,
        todo: 'Look at the hub; what it had begun goes on at its next start (npx millrace runs)',
        cause,
      });
    });
    if (answer.status < 400) return answer.data as Result;
    const parsed = failure.safeParse(answer.data);
    if (!parsed.success)
      throw new MillraceError('internal', {
        what: `The hub answered ${answer.status}`,
        where: `${url}${path}`,
      });
    const { code, what, where, todo } = parsed.data.error;
    throw new MillraceError(MillraceError.isCode(code) ? code : 'internal', { what, where, todo });
  }
  return {
    check: (connection) => ask('post', '/api/check', { connection }),
    sync: (input) => ask('post', '/api/sync', input),
    loading: remoteLoading(ask),
    build: (input) => ask('post', '/api/build', input),
    freeze: (input) => ask('post', '/api/freeze', input),
    models: () => ask('get', '/api/models'),
    query: (query, as) => ask('post', '/api/query', { query, as }),
    sql: (sql) => ask('post', '/api/sql', { sql }),
    runs: () => ask('get', '/api/runs'),
    run: (id) => ask('get', `/api/runs/${encodeURIComponent(id)}`),
    status: () => ask('get', '/api/freshness'),
    bank: remoteBank(ask),
    benchmarks: remoteBenchmarks(ask),
    contracts: remoteContracts(ask),
    statements: remoteStatements(ask),
    matching: remoteMatches(ask),
    risk: remoteRisk(ask),
    customers: remoteCustomers(ask),
    health: remoteHealth(ask),
    customer360: remoteCustomer360(ask),
    outcomes: remoteOutcomes(ask),
    pipeline: remotePipeline(ask),
    finance: remoteFinance(ask),
    backup: (input) => ask('post', '/api/backup', input),
    doctor: () => ask('get', '/api/doctor'),
    close: () => Promise.resolve(),
  };
}
