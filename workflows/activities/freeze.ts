import { MillraceError } from '../../connectors/kit';
import { type Dialect, FROZEN_COPIES, type Session, type Warehouse } from '../../warehouse';

export interface FreezeRequest {
  /** A retry of the same run finds its own rows and adds none. */
  runId: string;
  asOfDate: string;
  /** `YYYY-MM`: only this month, as a new version. */
  month?: string;
}

/** Which rows of a model belong to a month. */
const KINDS = {
  'ops.frozen_customer_health': {
    kind: 'customer_health',
    isOfMonth: 'month_end = month_end(cast(? as date))',
  },
  'ops.frozen_health_reason': {
    kind: 'health_reason',
    isOfMonth: 'month_end = month_end(cast(? as date))',
  },
  'ops.frozen_forecast': { kind: 'forecast', isOfMonth: 'month = month_text(cast(? as date))' },
  'ops.frozen_gap': { kind: 'gap', isOfMonth: 'month = month_text(cast(? as date))' },
  'ops.frozen_collection': { kind: 'collection', isOfMonth: 'month = month_text(cast(? as date))' },
  'ops.frozen_receivable': { kind: 'receivable', isOfMonth: 'as_of_date = month_end(cast(? as date))' },
  'ops.frozen_ageing': { kind: 'ageing', isOfMonth: 'as_of_date = month_end(cast(? as date))' },
  'ops.frozen_open_item': { kind: 'open_item', isOfMonth: 'as_of_date = month_end(cast(? as date))' },
} as const satisfies Record<keyof typeof FROZEN_COPIES, { kind: string; isOfMonth: string }>;

/** Copies the rows of every due month into the frozen tables, all in one transaction. */
export async function freezeMonths(warehouse: Warehouse, request: FreezeRequest): Promise<string[]> {
  return warehouse.transaction(
    async (session) => {
      const due = await dueMonths(session, request.asOfDate);
      if (request.month && !due.includes(request.month)) {
        throw new MillraceError('not_allowed', {
          what: `The month ${request.month} cannot be frozen`,
          todo: `A month is frozen ${await freezeWorkdays(session)} workdays after its end; possible now: ${due.join(', ')}`,
        });
      }
      const frozen = new Set<string>();
      for (const table of Object.keys(FROZEN_COPIES) as (keyof typeof FROZEN_COPIES)[]) {
        for (const month of request.month ? [request.month] : due) {
          if (await freezeOne(session, warehouse.dialect, table, month, request)) frozen.add(month);
        }
      }
      return [...frozen].sort((one, other) => (one < other ? -1 : 1));
    },
    { turn: 'build' }, // what it copies is not swapped meanwhile
  );
}

/** METRICS section 15: [3], or `health.freezeWorkdays` of millrace.yaml. */
async function freezeWorkdays(session: Session): Promise<string> {
  const [limit] = await session.rows('select freeze_workdays from core.health_limit');
  return String(limit?.freeze_workdays);
}

/** Complete months of the health mart whose freeze day has come. */
async function dueMonths(session: Session, asOfDate: string): Promise<string[]> {
  const rows = await session.rows(
    `select distinct month_text(month_end) as month from marts.customer_health_live
     join core.calendar as ending on ending.day = month_end
     cross join core.health_limit
     join core.calendar as freezing
       on freezing.is_workday and freezing.workday_index = ending.workday_index + health_limit.freeze_workdays
     where month_end = month_end(month_end) and freezing.day <= cast(? as date) order by 1`,
    [asOfDate],
  );
  return rows.map((row) => String(row.month));
}

/** True when a version was added: one for each month, unless the month was asked for by name. */
async function freezeOne(
  session: Session,
  dialect: Dialect,
  table: keyof typeof FROZEN_COPIES,
  month: string,
  { runId, month: asked }: FreezeRequest,
): Promise<boolean> {
  const { kind, isOfMonth } = KINDS[table];
  const [last] = await session.rows(
    'select max(version) as version, count(*) filter (where run_id = ?) as own from ops.frozen_month where kind = ? and month = ?',
    [runId, kind, month],
  );
  const version = Number(last?.version ?? 0);
  if (Number(last?.own) > 0 || (version > 0 && !asked)) return false;
  const mart = FROZEN_COPIES[table];
  const columns = (await dialect.columnsOf(session, `select * from ${mart}`))
    .map(({ name }) => name)
    .filter((name) => name !== 'month');
  const list = columns.join(', ');
  await session.run(
    `insert into ${table} (month, version, ${list}) select ?, ?, ${list} from ${mart} where ${isOfMonth}`,
    [month, version + 1, `${month}-01`],
  );
  await session.run(
    `insert into ops.frozen_month select ?, ?, ?, utc_now(), utc_now(), count(*), ? from ${table} where month = ? and version = ?`,
    [kind, month, version + 1, runId, month, version + 1],
  );
  return true;
}
