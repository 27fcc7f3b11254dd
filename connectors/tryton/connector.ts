import { z } from 'zod';
import {
  defineConnector,
  type Keyset,
  keysetPages,
  MillraceError,
  type Page,
  type ReadRequest,
  secret,
  type Stream,
} from '../kit';
import { explain } from './answers';
import { type Branch, BRANCHES, Records } from './records';
import { Session } from './session';
import { modelOf, streams } from './streams';

const PAGE_ROWS = 500; // some 150 KB of orders; Tryton sets no limit, but computes totals record by record
const CONCURRENT = 2; // a call keeps one of the server's threads busy in Python

const spec = z.object({
  baseUrl: z
    .url()
    .meta({ hint: { zh: 'trytond 的地址，不带数据库名', en: 'Address of trytond, without the database' } }),
  database: z.string().min(1),
  user: z
    .string()
    .min(1)
    .meta({ hint: { zh: '只读用户', en: 'A user of its own with the groups of README.md' } }),
  password: secret(),
  pageRows: z.int().min(1).max(10_000).default(PAGE_ROWS),
});

/** Where both branches of a stream stand. */
type State = Partial<Record<Branch, Keyset>>;

/** Tryton 7.0 and 8.0 over JSON-RPC: one company's orders, deliveries, receivable ledger and opportunities. */
export const tryton = defineConnector({
  name: 'tryton',
  title: { zh: 'Tryton', en: 'Tryton' },
  spec,
  streams,
  open(config, kit) {
    const session = new Session(config);
    const http = kit.http({
      baseUrl: config.baseUrl.replace(/\/+$/, ''),
      headers: () => session.headers(),
      concurrent: CONCURRENT,
      explain,
      login: (client) => session.login(client),
    });
    return { user: config.user, records: new Records(http, session, config.pageRows) };
  },
  async check({ records, user }, stream) {
    if (stream) await mayRead(records, stream, user);
    else keepsBooksInCny(await records.currencyOfCompany());
  },
  read: ({ records }, stream, state, request) =>
    readBranches(records, stream, (state ?? {}) as State, request),
  keys: ({ records }, stream) => records.keys(modelOf(stream)),
});

/** First what was never changed, then what was: a record changed meanwhile leaves the first and is met again in the second. */
async function* readBranches(
  records: Records,
  stream: Stream,
  state: State,
  request: ReadRequest,
): AsyncGenerator<Page> {
  const model = modelOf(stream);
  let now = state;
  const isCutShort = state.create_date?.isComplete && !state.write_date?.isComplete; // go on where it was
  for (const branch of isCutShort ? BRANCHES.slice(1) : BRANCHES) {
    for await (const page of keysetPages(
      stream,
      now[branch],
      records.pageRows,
      (query) => records.list(model, branch, query),
      request,
    )) {
      now = { ...now, [branch]: page.state as Keyset };
      yield { records: page.records, state: now };
    }
  }
}

async function mayRead(records: Records, stream: Stream, user: string): Promise<void> {
  const { group } = modelOf(stream);
  try {
    await records.probe(modelOf(stream));
  } catch (error) {
    if (!(error instanceof MillraceError) || error.code !== 'permission_refused') throw error;
    throw new MillraceError('permission_refused', {
      what: `Tryton refused to list ${stream.vendorName}`,
      where: `stream ${stream.name}, ${error.where}`,
      todo: `Give user ${user} the group ${group ?? '"Administration"'} (Administration, Users, Access Permissions), then check again`,
      cause: error,
    });
  }
}

/** The receivable ledger is in the company's currency; we show it as CNY and convert nothing there. */
function keepsBooksInCny(currency: string): void {
  if (currency === 'CNY') return;
  throw new MillraceError('config_invalid', {
    what: `The company of Tryton's user keeps its books in ${currency}, not in CNY`,
    todo: 'Use a user whose company keeps its books in CNY',
  });
}
