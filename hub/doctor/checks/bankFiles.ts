import { type Check, hasTable, ok, warn } from '../finding';

/** Bank lines of every account up to the last workday before the as-of day; else "nothing came" is no fact (METRICS 0.11). */
export const bankFiles: Check = {
  name: 'bank_files',
  async run({ warehouse }) {
    for (const [schema, table] of [
      ['staging', 'bank_coverage'],
      ['core', 'calendar'],
      ['meta', 'generation'],
    ] as const)
      if (!(await hasTable(warehouse, schema, table))) return [];
    const accounts = await warehouse.rows(
      `with last_workday as (
         select max(day) as day from core.calendar
         where is_workday and day < (select as_of_date from meta.generation order by generation desc limit 1)
       ),
       covered as (
         select connection, account, max(covered_to) as covered_to from staging.bank_coverage where not is_deleted group by connection, account
       )
       select connection, account, cast(covered_to as varchar) as covered_to, cast(last_workday.day as varchar) as last_workday,
         covered_to < last_workday.day as is_late
       from covered cross join last_workday order by connection, account`,
    );
    if (accounts.length === 0) return [];
    const late = accounts.filter((row) => row.is_late === true);
    if (late.length === 0)
      return [
        ok(
          `Bank lines of ${accounts.length} accounts reach to the last workday, ${String(accounts[0]?.last_workday)}`,
        ),
      ];
    return late.map((row) =>
      warn(
        `Bank lines end on ${String(row.covered_to)}; the last workday was ${String(row.last_workday)}`,
        `connection ${String(row.connection)}, account ending in ${String(row.account).slice(-4)}`,
        'Put the missing bank file into its folder and sync; until then collections after that day are unknown, not zero',
      ),
    );
  },
};
