import type { Row, Session } from '../../warehouse';

/**
 * Whom to ask the bureau about: customers with a name, the riskiest money first (A3; marts.customer_risk: exposure × signal), each
 * with the day of its last check by service. Empty before the first build.
 */
export async function bureauTargets(warehouse: Session): Promise<Record<string, string | null>[]> {
  const [built] = await warehouse.rows(
    "select count(*) as n from information_schema.tables where table_schema = 'marts' and table_name = 'customer_risk'",
  );
  if (Number(built?.n) === 0) return [];
  const checks = await warehouse.rows(
    `select customer_id, service, cast(max(checked_date) as varchar) as checked_date
     from core.bureau_check where customer_id is not null group by customer_id, service`,
  );
  const checked = new Map<string, Record<string, string>>();
  for (const { customer_id, service, checked_date } of checks) {
    const of = checked.get(String(customer_id)) ?? {};
    checked.set(String(customer_id), of);
    of[String(service)] = String(checked_date);
  }
  const rows = await warehouse.rows(
    `select customer_id, credit_code, customer_name, cast(exposure_cny as varchar) as exposure_cny, is_renamed
     from marts.customer_risk
     where customer_name is not null
     order by priority_cny desc, last_checked_date nulls first, customer_id`,
  );
  return rows.map((row: Row) => ({
    credit_code: row.credit_code === null ? null : String(row.credit_code),
    company_name: String(row.customer_name),
    exposure_cny: String(row.exposure_cny),
    checked: JSON.stringify(checked.get(String(row.customer_id)) ?? {}),
    is_renamed: String(row.is_renamed === true),
  }));
}
