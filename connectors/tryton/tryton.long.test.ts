import {
  type BaseTruth,
  type LateTruth,
  type Series,
  startTryton,
  type TrytonServer,
} from '../../test/tryton';
import { createKit, isRaw, MillraceError, type OpenSource, type Row } from '../kit';
import { tryton } from './connector';
import { streams } from './streams';

/** MILLRACE_TRYTON=7.0,8.0 runs both series; each takes a minute to make the first time. */
const series = (process.env.MILLRACE_TRYTON ?? '8.0').split(',') as Series[];
const SET_UP_MS = 15 * 60_000;

type User = keyof TrytonServer['users'];

async function connected(server: TrytonServer, user: User = 'reader', more: Row = {}): Promise<OpenSource> {
  const { baseUrl, database } = server;
  const config = { baseUrl: `${baseUrl}/`, database, ...server.users[user], ...more };
  return tryton.connect(config, createKit({ connection: 'erp', secrets: [config.password], retryMs: 10 }));
}

const stream = (name: string) => {
  const found = streams.find((one) => one.name === name);
  if (!found) throw new Error(`no stream ${name}`);
  return found;
};

interface Read {
  rows: Row[];
  state: unknown;
}

/** All rows from `state` on, as JavaScript sees them, and the state after them. */
async function readAll(source: OpenSource, name: string, state?: unknown): Promise<Read> {
  const rows: Row[] = [];
  let last = state;
  for await (const page of source.read(stream(name), state, {})) {
    if (isRaw(page.records)) throw new Error('Tryton gives parsed records');
    rows.push(...page.records);
    last = page.state;
  }
  return { rows, state: last };
}

async function keysOf(source: OpenSource, name: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const page of source.keys?.(stream(name)) ?? []) keys.push(...page.map((key) => key.join('|')));
  return keys;
}

const failure = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );
const byId = (rows: readonly Row[], id: number) => rows.find((row) => row.id === id);

describe.each(series)('Tryton %s', (version) => {
  let base: TrytonServer<'base'>;
  let truth: BaseTruth;
  let source: OpenSource;
  beforeAll(async () => {
    base = await startTryton({ phase: 'base', series: version });
    truth = base.truth;
    source = await connected(base);
  }, SET_UP_MS);
  afterAll(() => base?.stop());

  test('the reader of the README may log in and read every stream', async () => {
    await source.check();
    for (const one of source.streams) await source.check(one);
  });

  test('a user without rights is told which group is missing', async () => {
    const limited = await connected(base, 'limited');
    await limited.check();
    await limited.check(stream('parties'));
    const error = await failure(limited.check(stream('sales')));
    expect(error).toBeInstanceOf(MillraceError);
    expect(error).toMatchObject({
      code: 'permission_refused',
      what: 'Tryton refused to list sale.sale',
      todo: expect.stringContaining('Give user limited the group "Sales"') as string,
    });
    expect((error as MillraceError).where).toContain('connection erp');
  });

  test('a wrong password is refused once, and neither asked again nor shown', async () => {
    const wrong = await connected(base, 'reader', { password: 'not-the-password' });
    for (const attempt of [wrong.check(), wrong.check(stream('sales'))]) {
      const error = (await failure(attempt)) as MillraceError;
      expect(error).toMatchObject({ code: 'login_refused' });
      expect(error.describe()).not.toContain('not-the-password');
    }
  });

  test('an unknown database and an address without Tryton say what to correct', async () => {
    const elsewhere = await connected({ ...base, database: 'nowhere' });
    expect(await failure(elsewhere.check())).toMatchObject({
      code: 'not_found',
      todo: expect.stringContaining('database') as string,
    });
  });

  test('every record is read, once, with plain values', async () => {
    const { counts, receivable_cny } = truth.server;
    const models: [string, string][] = [
      ['parties', 'party.party'],
      ['party_identifiers', 'party.identifier'],
      ['employees', 'company.employee'],
      ['sales', 'sale.sale'],
      ['sale_lines', 'sale.line'],
      ['opportunities', 'sale.opportunity'],
      ['shipments', 'stock.shipment.out'],
      ['shipment_returns', 'stock.shipment.out.return'],
      ['invoices', 'account.invoice'],
      ['statement_lines', 'account.statement.line'],
    ];
    for (const [name, model] of models) {
      const { rows } = await readAll(source, name);
      expect([name, new Set(rows.map((row) => row.id)).size, rows.length]).toEqual([
        name,
        counts[model],
        counts[model],
      ]);
    }
    const { rows: sales } = await readAll(source, 'sales');
    expect(sales.find((row) => row.reference === 'PO-0021')).toMatchObject({
      sale_date: '2025-05-26',
      untaxed_amount: '16950.50',
      total_amount: '19154.07', // 200 × … : plan.py, order 20, in dollars
      last_modified_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/) as string,
    });
    const { rows: parties } = await readAll(source, 'parties');
    const code = new Map(parties.map((row) => [row.id, String(row.code)]));
    const { rows: lines } = await readAll(source, 'receivable_lines');
    const cents = new Map<string, bigint>();
    for (const line of lines) {
      const who = code.get(line.party) ?? '';
      cents.set(who, (cents.get(who) ?? 0n) + centsOf(line.debit) - centsOf(line.credit));
    }
    const balances = Object.fromEntries([...cents].filter(([, amount]) => amount !== 0n));
    expect(balances).toEqual(
      Object.fromEntries(Object.entries(receivable_cny).map(([who, amount]) => [who, centsOf(amount)])),
    );
  });

  test('payments of unpaid invoices name their invoice', async () => {
    const { rows } = await readAll(source, 'invoice_payments');
    const { rows: lines } = await readAll(source, 'receivable_lines');
    expect(new Set(rows.map((row) => row.line)).size).toBe(rows.length);
    expect(rows.every((row) => lines.some((line) => line.id === row.line))).toBe(true);
    const open = rows.filter((row) => lines.find((line) => line.id === row.line)?.reconciliation === null);
    expect(open.length).toBe(4); // PO-0003, PO-0020 and PO-0035 paid a third, PO-0027 in cash
    expect((await keysOf(source, 'invoice_payments')).sort()).toEqual(
      rows.map((row) => String(row.line)).sort(),
    );
  });

  test('stage history: transitions, the click on "lost", the confirmation that won', async () => {
    const { rows } = await readAll(source, 'state_log');
    const { rows: opportunities } = await readAll(source, 'opportunities');
    for (const { name, moves, state } of truth.expected.opportunities) {
      const { id } = opportunities.find((row) => row.description === name) ?? {};
      const logged = rows
        .filter((row) => row.resource === `sale.opportunity,${String(id)}`)
        .map((row) => ({ target: row.target, at: row.create_date }));
      const own = moves.filter((move) => move.to !== 'won');
      const expected = own.map((move) => ({
        target: move.to === 'lost' ? 'lost' : `state:${move.to}`,
        at: `${move.at.replace(' ', 'T')}.000000Z`,
      }));
      expect({ name, state, logged }).toEqual({ name, state, logged: expected });
    }
  });

  test('pages end in the middle of rows of one transaction, a sync is killed after each page, and nothing is lost', async () => {
    const small = await connected(base, 'reader', { pageRows: 4 });
    const { rows: whole } = await readAll(source, 'sale_lines');
    const times = whole.map((row) => row.last_modified_at);
    expect(new Set(times).size).toBeLessThan(times.length / 2); // many rows of one time: what the test is about
    const read: Row[] = [];
    let state: unknown;
    for (let isOver = false; !isOver; ) {
      isOver = true;
      for await (const page of small.read(stream('sale_lines'), state, {})) {
        if (isRaw(page.records)) throw new Error('Tryton gives parsed records');
        read.push(...page.records);
        state = page.state; // committed with the page; then the process ends
        isOver = page.records.length === 0 && isComplete(state);
        break;
      }
    }
    expect(new Set(read.map((row) => row.id))).toEqual(new Set(whole.map((row) => row.id)));
  });

  test('an expired session is renewed once and the call replayed', async () => {
    const short = await startTryton({ phase: 'base', series: version, sessionSeconds: 1 });
    try {
      const reader = await connected(short);
      await reader.check();
      await new Promise((resolve) => setTimeout(resolve, 2_100));
      expect((await readAll(reader, 'sales')).rows).toHaveLength(truth.server.counts['sale.sale'] ?? 0);
    } finally {
      await short.stop();
    }
  });

  describe('some changes later', () => {
    let late: TrytonServer<'late'>;
    let changes: LateTruth;
    let now: OpenSource;
    beforeAll(async () => {
      late = await startTryton({ phase: 'late', series: version });
      changes = late.truth;
      now = await connected(late);
    }, SET_UP_MS);
    afterAll(() => late?.stop());

    /** What a second sync reads, from the state the first one left. */
    const changed = async (name: string) =>
      (await readAll(now, name, (await readAll(source, name)).state)).rows;

    test('a renamed, a new and a switched-off party arrive; the others are left alone', async () => {
      const rows = await changed('parties');
      expect(byId(rows, changes.party_renamed.id)).toMatchObject({ name: changes.party_renamed.name });
      expect(byId(rows, changes.party_created.id)).toMatchObject({ name: changes.party_created.name });
      const switchedOff = byId(rows, changes.party_deactivated.id);
      expect([0, false]).toContain(switchedOff?.active); // SQLite and Postgres
      expect(rows.length).toBeLessThan(truth.server.counts['party.party'] ?? 0);
    });

    test('a changed and a cancelled order arrive with their new state and amount', async () => {
      const rows = await changed('sales');
      expect(byId(rows, changes.sale_changed.id)).toMatchObject({
        untaxed_amount: changes.sale_changed.untaxed_amount,
      });
      expect(byId(rows, changes.sale_cancelled.id)).toMatchObject({ state: 'cancelled' });
      expect(byId(rows, changes.sale_deleted.id)).toBeUndefined();
    });

    test('a deleted order and its lines are no longer among the keys', async () => {
      const gone = (before: string[], after: string[]) => before.filter((key) => !after.includes(key));
      expect(gone(await keysOf(source, 'sales'), await keysOf(now, 'sales'))).toEqual([
        String(changes.sale_deleted.id),
      ]);
      expect(gone(await keysOf(source, 'sale_lines'), await keysOf(now, 'sale_lines'))).toEqual(
        changes.sale_deleted.lines.map(String),
      );
    });

    test('a move of an opportunity and a payment arrive', async () => {
      const [moved] = (await changed('state_log')).filter(
        (row) => row.resource === `sale.opportunity,${changes.opportunity_moved.id}`,
      );
      expect(moved).toMatchObject({ target: `state:${changes.opportunity_moved.to}` });
      const payments = (await changed('receivable_lines')).filter((row) => row.credit === '1000.00');
      expect(payments).toHaveLength(1);
      expect((await changed('invoice_payments')).map((row) => row.line)).toContain(payments[0]?.id);
    });
  });
});

const isComplete = (state: unknown) => {
  const { create_date, write_date } = state as Record<string, { isComplete: boolean } | undefined>;
  return Boolean(create_date?.isComplete && write_date?.isComplete);
};

/** `1234.5` → 123450n. */
function centsOf(amount: unknown): bigint {
  const [whole = '0', fraction = ''] = String(amount).split('.');
  const cents = BigInt(whole.replace('-', '')) * 100n + BigInt(fraction.padEnd(2, '0').slice(0, 2));
  return whole.startsWith('-') ? -cents : cents;
}
