import { randomUUID } from 'node:crypto';
import { type BoughtAnswer, type Budget, MillraceError, type PaidCall } from '../../connectors/kit';
import { noteWritten, type Row, type Session, type Warehouse } from '../../warehouse';
import type { PaidRun } from '../../workflows';

export interface Caps {
  /** Decimal text, CNY. */
  dayCny: string;
  monthCny: string;
  /** Numbers of calls; without them only the money counts. */
  dayCalls?: number | undefined;
  monthCalls?: number | undefined;
}

/** Calls are booked one after the other, whichever worker makes them: two could not see each other's, and share the last yuan. */
const TURN = { turn: 'budget' };
/** A call that has no answer after this time is nobody's any more: its process died. Longer than any time-out of a call. */
const IN_FLIGHT_SECONDS = 180;

export interface BudgetOptions {
  /** Who spends; without it, somebody of his own. */
  run?: PaidRun | undefined;
  /** Default: the warehouse's clock, one for all processes. */
  now?: () => Date;
}

/**
 * The ledger of paid calls (A3): a call is booked before it is made, and refused when the day's or the month's cap in
 * Asia/Shanghai would be passed. Without caps every call is refused: money is spent only where somebody said how much.
 * Answers are kept in the same place, so that no fresh one is paid for twice, whoever dies or asks at the same time.
 */
export function bureauBudget(
  warehouse: Warehouse,
  connection: string,
  caps: Caps | undefined,
  { run = { runId: randomUUID() }, now }: BudgetOptions = {},
): Budget {
  const instant = () => now?.().toISOString().replace('T', ' ').replace('Z', '') ?? null;
  return {
    async spend(call: PaidCall) {
      if (!caps)
        throw exhausted(
          connection,
          'No budget is set for paid calls',
          'Write budget: {dayCny, monthCny} into the config of this connection',
        );
      return warehouse.transaction(async (session) => {
        if (await isAsked(session, connection, call, run, instant())) return 'asked' as const;
        await mustFit(session, connection, caps, call.priceCny, instant());
        await mustFitRun(session, connection, run);
        await book(session, connection, call, run, instant());
        return undefined;
      }, TURN);
    },
    async bought(call: PaidCall): Promise<BoughtAnswer | undefined> {
      const row = await answerTo(warehouse, connection, call);
      if (!row || !isFresh(row, call)) return undefined;
      return {
        body: JSON.parse(String(row.body)) as unknown,
        calls: Number(row.calls),
        checkedAt: new Date(String(row.checked_at)).toISOString(),
      };
    },
    async keep(call: PaidCall, { body, calls, checkedAt }: BoughtAnswer): Promise<void> {
      await warehouse.run(
        `update ops.bureau_answer set body = ?, calls = cast(? as bigint), checked_at = cast(? as timestamp)
         where connection = ? and service = ? and subject = ? and page = ?`,
        [JSON.stringify(body), calls, timestampOf(checkedAt), ...keyOf(connection, call)],
      );
    },
  };
}

const timestampOf = (iso: string) => new Date(iso).toISOString().replace('T', ' ').replace('Z', '');

const keyOf = (connection: string, { service, subject, page = 1 }: PaidCall) => [
  connection,
  service,
  subject,
  page,
];

async function answerTo(session: Session, connection: string, call: PaidCall): Promise<Row | undefined> {
  const [row] = await session.rows(
    `select body, calls, run_id, replace(cast(checked_at as varchar), ' ', 'T') || 'Z' as checked_at,
       cast(business_date(checked_at) as varchar) as checked_date, cast(asked_at as varchar) as asked_at
     from ops.bureau_answer where connection = ? and service = ? and subject = ? and page = ?`,
    keyOf(connection, call),
  );
  return row;
}

const isFresh = (row: Row, { freshFrom }: PaidCall): boolean =>
  freshFrom !== undefined && row.body !== null && String(row.checked_date) >= freshFrom;

/** Whether somebody has the answer, or another run is waiting for it now. */
async function isAsked(
  session: Session,
  connection: string,
  call: PaidCall,
  { runId }: PaidRun,
  now: string | null,
): Promise<boolean> {
  if (call.freshFrom === undefined) return false;
  const row = await answerTo(session, connection, call);
  if (!row) return false;
  if (row.body !== null) return isFresh(row, call);
  if (row.run_id === runId) return false;
  const [waiting] = await session.rows(
    `select cast(? as timestamp) + interval '${IN_FLIGHT_SECONDS} seconds' > coalesce(cast(? as timestamp), utc_now()) as is_waiting`,
    [String(row.asked_at), now],
  );
  return waiting?.is_waiting === true;
}

/** What the caps leave, and what was spent, in Asia/Shanghai. */
interface Left {
  connection: string;
  caps: Caps | null;
  dayCny: string;
  monthCny: string;
  dayCalls: number;
  monthCalls: number;
}

/** What was spent today and this month of a connection's caps. */
export async function spentOf(
  session: Session,
  connection: string,
  now: string | null = null,
): Promise<Omit<Left, 'caps' | 'connection'>> {
  const [spent] = await session.rows(
    `select
       cast(coalesce(sum(price_cny) filter (where business_date(called_at) = business_date(clock.now)), 0) as varchar) as day_cny,
       count(*) filter (where business_date(called_at) = business_date(clock.now)) as day_calls,
       cast(coalesce(sum(price_cny), 0) as varchar) as month_cny, count(*) as month_calls
     from meta.bureau_call
     cross join (select coalesce(cast(? as timestamp), utc_now()) as now) as clock
     where connection = ? and month_start(business_date(called_at)) = month_start(business_date(clock.now))`,
    [now, connection],
  );
  return {
    dayCny: String(spent?.day_cny ?? '0'),
    monthCny: String(spent?.month_cny ?? '0'),
    dayCalls: Number(spent?.day_calls ?? 0),
    monthCalls: Number(spent?.month_calls ?? 0),
  };
}

async function mustFit(
  session: Session,
  connection: string,
  caps: Caps,
  priceCny: string,
  now: string | null,
): Promise<void> {
  const spent = await spentOf(session, connection, now);
  const isOver = (has: string, cap: string) => toUnits(has) + toUnits(priceCny) > toUnits(cap);
  if (isOver(spent.monthCny, caps.monthCny))
    throw exhausted(
      connection,
      `The month's cap of ${caps.monthCny} CNY is reached`,
      'The check goes on next month',
    );
  if (caps.monthCalls !== undefined && spent.monthCalls >= caps.monthCalls)
    throw exhausted(
      connection,
      `The month's cap of ${caps.monthCalls} calls is reached`,
      'The check goes on next month',
    );
  if (isOver(spent.dayCny, caps.dayCny))
    throw exhausted(
      connection,
      `The day's cap of ${caps.dayCny} CNY is reached`,
      'The check goes on tomorrow',
    );
  if (caps.dayCalls !== undefined && spent.dayCalls >= caps.dayCalls)
    throw exhausted(
      connection,
      `The day's cap of ${caps.dayCalls} calls is reached`,
      'The check goes on tomorrow',
    );
}

/** Decimal text with up to four places, in ten-thousandths of a yuan. */
function toUnits(amount: string): bigint {
  const [whole = '0', places = ''] = amount.split('.');
  return BigInt(whole + places.padEnd(4, '0').slice(0, 4));
}

async function mustFitRun(session: Session, connection: string, { runId, maxCalls }: PaidRun): Promise<void> {
  if (maxCalls === undefined) return;
  const [row] = await session.rows('select calls from ops.bureau_run where run_id = ? and connection = ?', [
    runId,
    connection,
  ]);
  if (Number(row?.calls ?? 0) >= maxCalls)
    throw exhausted(
      connection,
      `The run's own limit of ${maxCalls} calls is reached`,
      'The next run goes on',
    );
}

async function book(
  session: Session,
  connection: string,
  call: PaidCall,
  { runId }: PaidRun,
  now: string | null,
): Promise<void> {
  await session.run(
    `insert into meta.bureau_call
     values (?, ?, ?, ?, cast(? as decimal(18, 4)), coalesce(cast(? as timestamp), timezone('UTC', now())))`,
    [randomUUID(), connection, call.service, call.subject, call.priceCny, now],
  );
  await session.run(
    `insert into ops.bureau_run values (?, ?, 1, cast(? as decimal(18, 4)))
     on conflict (run_id, connection) do update
       set calls = bureau_run.calls + 1, cost_cny = bureau_run.cost_cny + excluded.cost_cny`,
    [runId, connection, call.priceCny],
  );
  if (call.freshFrom !== undefined)
    await session.run(
      `insert into ops.bureau_answer (connection, service, subject, page, run_id, asked_at, calls)
       values (?, ?, ?, ?, ?, coalesce(cast(? as timestamp), utc_now()), 0)
       on conflict (connection, service, subject, page) do update
         set run_id = excluded.run_id, asked_at = excluded.asked_at, calls = 0, body = null, checked_at = null`,
      [...keyOf(connection, call), runId, now],
    );
  await noteWritten(session, 'meta.bureau_call');
}

function exhausted(connection: string, what: string, todo: string): MillraceError {
  return new MillraceError('budget_exhausted', { what, where: `connection ${connection}`, todo });
}
