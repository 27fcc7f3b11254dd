import type { Row, Warehouse } from '../../warehouse';

/**
 * Whom to ask the bureau about: customers with a name, the riskiest money first (A3): gross receivables, then the
 * longest since the last check. Empty before the first build.
 */
export async function bureauTargets(warehouse: Warehouse): Promise<Record<string, string | null>[]> {
  const [built] = await warehouse.rows(
    "select count(*) as n from information_schema.tables where table_schema = 'marts' and table_name = 'open_receivable'",
  );
  if (Number(built?.n) === 0) return [];
  const rows = await warehouse.rows(
    `with exposure as (
       select customer_id, sum(open_amount_cny) as exposure_cny from marts.open_receivable where open_amount_cny > 0 group by customer_id
     ),
     last_check as (
       select customer_id, max(checked_at) as checked_at from core.bureau_check where is_successful group by customer_id
     )
     select customer.credit_code, customer.name as company_name, cast(coalesce(exposure_cny, 0) as varchar) as exposure_cny,
       cast(last_check.checked_at as varchar) as last_checked_at
     from core.customer
     left join exposure on exposure.customer_id = customer.customer_id
     left join last_check on last_check.customer_id = customer.customer_id
     where not coalesce(customer.is_internal, false) and customer.name is not null
     order by coalesce(exposure_cny, 0) desc, last_check.checked_at nulls first, customer.customer_id`,
  );
  return rows.map((row: Row) =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => [name, value === null ? null : String(value)]),
    ),
  );
}
