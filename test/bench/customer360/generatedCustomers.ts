import type { Session } from '../../../warehouse';

const CUSTOMERS = 5_000;
const OWNERS = 50;

/** A day of the last `days`, spread by a multiplicative hash so that neighbours in a table are not neighbours in time. */
const dayOf = (days: number) => `business_today() - cast((cast(i as bigint) * 7919) % ${days} as int)`;
/** Rows of one customer lie scattered over the table, as they come from a source that is read by time of change. */
const customer = `'erp:c' || cast(((cast(i as bigint) * 7919) % ${CUSTOMERS}) as varchar)`;
const n = (rows: number) => `from generate_series(1, ${rows}) as made(i)`;
const cny = (most: number) => `cast((cast(i as bigint) * 104729) % ${most} + 0.37 as decimal(18, 2))`;
const monthEnd = "month_end(cast(business_today() - cast(back || ' months' as interval) as date))";
const months = (count: number) =>
  `from generate_series(0, ${CUSTOMERS - 1}) as made(i) cross join generate_series(1, ${count}) as past(back)`;
const own = "'erp:c' || cast(i as varchar)";

/** What a page reads, for 5,000 customers and three years: a million activities and what goes with them. One SELECT a table. */
const TABLES: Readonly<Record<string, string>> = {
  'core.employee': `select 'E' || cast(i as varchar) as employee_id, '销售' || cast(i as varchar) as name, '华东' as region, 'sales' as role ${n(OWNERS)}`,
  'core.customer': `select ${own} as customer_id, '测试客户' || cast(i as varchar) || '有限公司' as name, '华东' as region,
    'E' || cast(i % ${OWNERS} + 1 as varchar) as owner_id, false as is_internal, date '2020-01-01' as created_date
    from generate_series(0, ${CUSTOMERS - 1}) as made(i)`,
  'core.customer_identity': `select kind as connection, 'c' || cast(i as varchar) as source_id, kind, ${own} as customer_id, 'name' as rule,
    false as is_ambiguous from generate_series(0, ${CUSTOMERS - 1}) as made(i) cross join (values ('erp'), ('crm'), ('bureau')) as kinds(kind)`,
  'core.customer_link': `select kind as connection, 'c' || cast(i as varchar) as source_id, kind || ':c' || cast(i as varchar) as record_id, kind,
    ${own} as customer_id, 'name' as rule, 'name' as step, 'its name' as evidence, 'none' as code_state, false as is_ambiguous
    from generate_series(0, ${CUSTOMERS - 1}) as made(i) cross join (values ('erp'), ('crm'), ('bureau')) as kinds(kind)`,
  'marts.customer_risk': `select ${own} as customer_id, 1 as live_entries, 2 as events_12_months, false as is_due
    from generate_series(0, ${CUSTOMERS - 1}) as made(i)`,
  'core.customer_record': `select kind as connection, 'c' || cast(i as varchar) as source_id, kind || ':c' || cast(i as varchar) as record_id, kind,
    '测试客户' || cast(i as varchar) || '有限公司' as normalised_name, false as is_deleted, timestamp '2025-01-01 00:00:00' as source_updated_at
    from generate_series(0, ${CUSTOMERS - 1}) as made(i) cross join (values ('erp'), ('crm'), ('bureau')) as kinds(kind)`,
  'core.territory_assignment': `select ${own} as customer_id, 'E' || cast(i % ${OWNERS} + 1 as varchar) as owner_id, '华东' as region,
    date '2020-01-01' as valid_from from generate_series(0, ${CUSTOMERS - 1}) as made(i)`,
  'core.activity': `select 'crm:a' || cast(i as varchar) as activity_id, ${customer} as customer_id,
    'E' || cast(i % ${OWNERS} + 1 as varchar) as owner_id, case i % 4 when 0 then 'visit' when 1 then 'call' when 2 then 'meeting' else 'internal_note' end as activity_type,
    '电话沟通了交期与价格，客户希望下周看到样品，另需补充图纸 ' || cast(i as varchar) as note, i % 4 < 3 as is_contact,
    ${dayOf(1_095)} as activity_date, cast(${dayOf(1_095)} as timestamp) as occurred_at ${n(1_000_000)}`,
  'core.sales_order': `select 'erp:o' || cast(i as varchar) as sales_order_id, 'XS' || cast(i as varchar) as number, ${customer} as customer_id,
    ${cny(90_000)} as amount_cny, false as is_closed, ${dayOf(1_095)} as order_date ${n(180_000)}`,
  'marts.order_flow': `select 'f' || cast(i as varchar) as flow_id, case i % 8 when 7 then 'returned' when 6 then 'delivered' when 5 then 'delivered' else 'intake' end as kind,
    ${customer} as customer_id, i % 8 < 4 as is_repeat, ${cny(90_000)} as amount_cny, month_text(${dayOf(1_095)}) as month, ${dayOf(1_095)} as flow_date ${n(900_000)}`,
  'marts.order_day': `select ${own} as customer_id, business_today() - cast(back * 30 + i % 7 as int) as order_date, 1 as orders,
    cast(30 as double precision) as days_since_before ${months(36)}`,
  'marts.customer_year': `select ${own} as customer_id, ${monthEnd} as as_of_date, 12 as orders, true as is_earlier, true as is_retained,
    1000.00 as earlier_cny, 900.00 as retained_cny ${months(25)}`,
  'marts.term_day': `select ${own} as customer_id, business_today() - cast(back * 15 as int) as term_date, 2 as documents, 120 as agreed_days,
    1000.00 as settled_cny, 74200.00 as settled_amount_days ${months(72)}`,
  'marts.payment_lateness': `select 's' || cast(i as varchar) as settlement_id, ${customer} as customer_id, ${cny(9_000)} as amount_cny, 100.00 as late_cny,
    500.00 as amount_days, ${dayOf(1_095)} as paid_date ${n(300_000)}`,
  'marts.receivable_balance': `select ${own} as customer_id, case when back = 1 then business_today() else ${monthEnd} end as as_of_date, 100.00 as gross_cny, 90.00 as net_cny,
    10.00 as overdue_cny, 3 as items, 1 as overdue_items ${months(26)}`,
  'marts.receivable_ageing': `select ${own} as customer_id, case when back = 1 then business_today() else ${monthEnd} end as as_of_date, 'overdue' as ageing_view,
    bucket, bucket_order, 10.00 as amount_cny, 1 as items ${months(26)}
    cross join (values ('not_due', 0), ('1_30', 1), ('31_60', 2), ('61_90', 3), ('credits', 9)) as buckets(bucket, bucket_order)`,
  'marts.open_receivable': `select 'i' || cast(i as varchar) as item_id, ${customer} as customer_id, 'YS' || cast(i as varchar) as document_number, ${cny(9_000)} as open_amount_cny,
    cast(i % 120 as int) - 60 as days_overdue ${n(50_000)}`,
  'core.collection': `select 'm' || cast(i as varchar) as collection_id, 'bank_line' as kind, ${customer} as customer_id, ${cny(90_000)} as amount_cny,
    ${dayOf(1_095)} as value_date ${n(300_000)}`,
  'marts.stated_cash': `select 'w' || cast(i as varchar) as statement_id, ${customer} as customer_id, 1 as version, i % 5 = 0 as is_current, 'expected' as certainty,
    ${cny(9_000)} as amount_cny, business_today() + 20 as expected_date ${n(150_000)}`,
  'marts.customer_health': `select ${own} as customer_id, month_text(${monthEnd}) as month, ${monthEnd} as month_end, 77.5 as score, 0.9 as coverage,
    'green' as colour ${months(24)}`,
  'marts.customer_health_reason': `select ${own} as customer_id, month_text(${monthEnd}) as month, indicator, 20.0 as weight, 70.0 as value
    ${months(24)} cross join (values ('punctuality'), ('demand'), ('interaction'), ('orders'), ('risk')) as indicators(indicator)`,
  'core.opportunity': `select 'crm:p' || cast(i as varchar) as opportunity_id, ${customer} as customer_id, '商机' as name, case when i % 5 = 0 then 'open' else 'lost' end as status,
    ${cny(90_000)} as amount_cny, 'crm' as connection, 's' as stage_key ${n(100_000)}`,
  'core.contact': `select 'crm:k' || cast(i as varchar) as contact_id, ${customer} as customer_id, '联系人' || cast(i as varchar) as name, false as has_left ${n(15_000)}`,
  'core.risk_event': `select 'r' || cast(i as varchar) as risk_event_id, ${customer} as customer_id, 'defendant' as kind, true as is_live, ${dayOf(900)} as event_date ${n(10_000)}`,
  'core.bureau_check': `select 'q' || cast(i as varchar) as bureau_check_id, ${customer} as customer_id, true as is_successful, ${dayOf(900)} as checked_date ${n(20_000)}`,
};

/** Fills the tables of a warehouse whose models were built over nothing. */
export async function generateCustomers(session: Session): Promise<void> {
  for (const [table, select] of Object.entries(TABLES)) {
    await session.run(`create temp table generated as ${select}`);
    const rows = await session.rows(
      "select column_name from information_schema.columns where table_name = 'generated' order by ordinal_position",
    );
    const names = rows.map(({ column_name }) => String(column_name)).join(', ');
    await session.run(`insert into ${table} (${names}) select ${names} from generated`);
    await session.run('drop table generated');
  }
}
