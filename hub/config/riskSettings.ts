import { noteWritten, type Warehouse } from '../../warehouse';
import type { Config } from './schema';

/** Puts the budgets of millrace.yaml into the table that models read (METRICS DAT-7). Writes nothing when they stand there already. */
export async function keepRiskSettings(
  warehouse: Warehouse,
  { connections }: Pick<Config, 'connections'>,
): Promise<void> {
  const wanted = Object.entries(connections).flatMap(([connection, { budget }]) =>
    budget
      ? [[connection, budget.dayCny, budget.monthCny, budget.dayCalls ?? null, budget.monthCalls ?? null]]
      : [],
  );
  const stored = await warehouse.rows(
    `select connection, cast(day_cny as varchar) as day_cny, cast(month_cny as varchar) as month_cny, day_calls, month_calls
     from ops.bureau_budget order by connection`,
  );
  const textOf = (rows: readonly (readonly unknown[])[]) =>
    JSON.stringify(
      rows
        .map(([connection, day, month, ...calls]) => [
          connection,
          twoPlaces(String(day)),
          twoPlaces(String(month)),
          ...calls.map((each) => (each === null ? null : Number(each))),
        ])
        .toSorted((one, other) => (String(one[0]) < String(other[0]) ? -1 : 1)),
    );
  if (textOf(stored.map((row) => Object.values(row))) === textOf(wanted)) return;
  await warehouse.transaction(async (session) => {
    await session.run('delete from ops.bureau_budget');
    for (const row of wanted)
      await session.run(
        `insert into ops.bureau_budget
         values (?, cast(? as decimal(18, 2)), cast(? as decimal(18, 2)), cast(? as bigint), cast(? as bigint))`,
        row,
      );
    await noteWritten(session, 'ops.bureau_budget');
  });
}

function twoPlaces(amount: string): string {
  const [whole = '0', places = ''] = amount.split('.');
  return `${whole}.${places.padEnd(2, '0')}`;
}
