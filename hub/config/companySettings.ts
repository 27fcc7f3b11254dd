import { noteWritten, type Session, type Warehouse } from '../../warehouse';
import type { Config } from './schema';

type Settings = Pick<Config, 'calendar' | 'retention'>;

/**
 * Puts the company's own days and retention rules of millrace.yaml into the tables that models read. Writes nothing when
 * they stand there already; what it writes, the next build sees by itself.
 */
export async function keepCompanySettings(warehouse: Warehouse, settings: Settings): Promise<void> {
  if ((await stored(warehouse)) === textOf(settings)) return;
  await warehouse.transaction(async (session) => {
    await rewrite(
      session,
      'ops.calendar_override',
      'insert into ops.calendar_override values (cast(? as date), ?, ?)',
      settings.calendar.map(({ day, isWorkday, reason }) => [day, isWorkday, reason]),
    );
    await rewrite(
      session,
      'ops.retention_rule',
      'insert into ops.retention_rule values (?, cast(? as decimal(5, 2)), ?)',
      settings.retention.map(({ customer, percent, months }) => [customer, percent, months]),
    );
  });
}

async function rewrite(
  session: Session,
  table: string,
  insert: string,
  rows: (string | number | boolean)[][],
): Promise<void> {
  await session.run(`delete from ${table}`);
  for (const row of rows) await session.run(insert, row);
  await noteWritten(session, table);
}

async function stored(warehouse: Warehouse): Promise<string> {
  const days = await warehouse.rows(
    'select cast(day as varchar) as day, is_workday, reason from ops.calendar_override',
  );
  const rules = await warehouse.rows(
    'select customer, cast(percent as varchar) as percent, months from ops.retention_rule',
  );
  return textOf({
    calendar: days.map(({ day, is_workday, reason }) => ({
      day: String(day),
      isWorkday: is_workday === true,
      reason: String(reason),
    })),
    retention: rules.map(({ customer, percent, months }) => ({
      customer: String(customer),
      percent: String(percent),
      months: Number(months),
    })),
  });
}

/** One text for equal settings: in order, per cent with two places. */
function textOf({ calendar, retention }: Settings): string {
  const days = calendar.map(({ day, isWorkday, reason }) => JSON.stringify([day, isWorkday, reason]));
  const rules = retention.map(({ customer, percent, months }) =>
    JSON.stringify([customer, percentText(percent), months]),
  );
  return JSON.stringify([days.toSorted(), rules.toSorted()]);
}

function percentText(percent: string): string {
  const [whole = '0', places = ''] = percent.split('.');
  return `${whole}.${places.padEnd(2, '0')}`;
}
