import { MillraceError } from '../../connectors/kit';
import type { Row, Session, Warehouse } from '../../warehouse';
import type { Person } from '../access/users';
import { rowRule } from '../access/rowRule';
import { reasonText } from '../words/health';
import { rowsBehind } from './behind';
import type { CustomerHealth, IndicatorReason, RestatedIndicator, ShowHealth } from './healthWork';

const RULE = { region: 'rls_region', owner: 'rls_owner' };

/** One customer's month with its reasons in words. Error: `not_found`, also for a customer of somebody else. */
export async function showHealth(
  warehouse: Warehouse,
  asked: ShowHealth,
  person: Person,
): Promise<CustomerHealth> {
  return warehouse.transaction(async (session) => {
    const health = await monthOf(session, asked, person);
    const customer = String(health.customer_id);
    const month = String(health.month);
    const reasons = await reasonsOf(session, 'marts.customer_health_reason', customer, month);
    const isFrozen = health.is_frozen === true;
    return {
      health,
      reasons: reasons.map(spoken),
      behind: await rowsBehind(session, customer, String(health.month_end)),
      restated: isFrozen ? await restatedOf(session, customer, month, reasons) : [],
      versions: isFrozen ? await versionsOf(session, month) : [],
    };
  });
}

/** Customers of a frozen month whose score or colour moved, or which indicator did, the largest move first. */
export async function listRestated(
  warehouse: Warehouse,
  month: string | undefined,
  person: Person,
): Promise<Row[]> {
  const rule = rowRule(person, RULE);
  return warehouse.rows(
    `select month, customer_id, customer_name, indicator, cause, frozen_value, live_value, frozen_colour, live_colour, frozen_version
     from marts.health_restated
     where is_moved and ${month === undefined ? 'is_latest' : 'month = ?'} and ${rule.sql}
     order by customer_name, customer_id, case indicator when 'score' then 0 else 1 end, indicator`,
    [...(month === undefined ? [] : [month]), ...rule.values],
  );
}

async function monthOf(session: Session, { customer, month }: ShowHealth, person: Person): Promise<Row> {
  const rule = rowRule(person, RULE);
  const [row] = await session.rows(
    `select customer_id, customer_name, month, cast(month_end as varchar) as month_end, score, coverage, colour, previous_colour, override_reason,
       carried, held_by, settings_version, is_frozen, frozen_version, receivable_net_cny, overdue_cny, owner_name, rls_region as region
     from marts.customer_health
     where (customer_id = ? or customer_name = ?) and (cast(? as varchar) is null or month = ?) and ${rule.sql}
     order by case when customer_id = ? then 0 else 1 end, customer_id, month desc limit 1`,
    [customer, customer, month ?? null, month ?? null, ...rule.values, customer],
  );
  if (row) return row;
  throw new MillraceError('not_found', {
    what: 'No health of this customer, or it is outside of your customers',
    where: `customer ${customer}${month === undefined ? '' : `, month ${month}`}`,
    todo: 'A customer without business in 12 months has none; write its id or its whole name',
  });
}

const reasonsOf = (session: Session, table: string, customer: string, month: string): Promise<Row[]> =>
  session.rows(`select * from ${table} where customer_id = ? and month = ? order by weight desc, indicator`, [
    customer,
    month,
  ]);

function spoken(row: Row): IndicatorReason {
  return {
    indicator: String(row.indicator),
    weight: Number(row.weight),
    value: numberOf(row.value),
    isCarried: row.is_carried === true,
    row,
    text: { zh: reasonText(row, 'zh'), en: reasonText(row, 'en') },
  };
}

/** Score first, then what moved it, each with the facts that were frozen and those of now. */
async function restatedOf(
  session: Session,
  customer: string,
  month: string,
  frozen: readonly Row[],
): Promise<RestatedIndicator[]> {
  const moved = await session.rows(
    `select indicator, cause, frozen_value, live_value from marts.health_restated
     where customer_id = ? and month = ? and is_moved order by case indicator when 'score' then 0 else 1 end, indicator`,
    [customer, month],
  );
  if (moved.length === 0) return [];
  const live = await reasonsOf(session, 'marts.customer_health_reason_live', customer, month);
  const said = (rows: readonly Row[], indicator: unknown) => {
    const row = rows.find((one) => one.indicator === indicator);
    return row ? { zh: reasonText(row, 'zh').facts, en: reasonText(row, 'en').facts } : null;
  };
  return moved.map(({ indicator, cause, frozen_value, live_value }) => ({
    indicator: String(indicator),
    cause: String(cause),
    frozen: numberOf(frozen_value),
    live: numberOf(live_value),
    was: said(frozen, indicator),
    is: said(live, indicator),
  }));
}

const versionsOf = (session: Session, month: string): Promise<Row[]> =>
  session.rows(
    `select version, cast(frozen_at as varchar) as frozen_at, row_count from ops.frozen_month
     where kind = 'customer_health' and month = ? order by version desc`,
    [month],
  );

const numberOf = (value: Row[string] | undefined): number | null => (value == null ? null : Number(value));
