import type { SectionName } from './customer360Work';

/** One SELECT of a section. Every `?` is the customer's id, `:asOf` the as-of day; columns are named, so that a wider table changes nothing. */
export interface ListQuery {
  section: SectionName;
  list: string;
  sql: string;
}

/** Canonical entities whose sources a section is made of: what it can be complete about. */
export const ENTITIES: Readonly<Record<SectionName, readonly string[]>> = {
  records: ['customer'],
  contacts: ['contact'],
  interactions: ['activity'],
  orders: ['sales_order', 'delivery', 'goods_return'],
  terms: ['receivable_document', 'allocation'],
  receivables: ['receivable_document', 'receipt', 'allocation'],
  receipts: ['receipt', 'bank_transaction'],
  statements: ['forecast_statement'],
  bills: ['acceptance_bill'],
  disputes: [],
  risk: ['bureau_check', 'risk_event'],
  health: [],
  opportunities: ['opportunity', 'activity'],
  suggestions: [],
};

/** What people do in the hub itself is there without any source. */
export const OF_THE_HUB: readonly SectionName[] = ['statements'];

const YEARS = "cast(:asOf - interval '3 years' as date)";

export const LISTS: readonly ListQuery[] = [
  {
    section: 'interactions',
    list: 'months',
    sql: `select month_text(activity_date) as month, activity_type, cast(count(*) as int) as activities,
        cast(sum(case when is_contact then 1 else 0 end) as int) as contacts
      from core.activity where customer_id = ? and activity_date > ${YEARS} and activity_date <= :asOf
      group by month_text(activity_date), activity_type order by month, activity_type`,
  },
  {
    section: 'orders',
    list: 'months',
    sql: `select month,
        coalesce(sum(case when kind = 'intake' then amount_cny end), 0)::decimal(18, 2) as intake_cny,
        coalesce(sum(case when is_repeat then amount_cny end), 0)::decimal(18, 2) as repeat_cny,
        coalesce(sum(case when kind = 'delivered' then amount_cny end), 0)::decimal(18, 2) as delivered_cny,
        coalesce(sum(case when kind = 'returned' then amount_cny end), 0)::decimal(18, 2) as returned_cny
      from marts.order_flow where customer_id = ? and flow_date > ${YEARS}
      group by month order by month`,
  },
  {
    section: 'orders',
    list: 'latest',
    sql: `select sales_order_id, number, amount_cny, is_closed, order_date from core.sales_order
      where customer_id = ? and order_date <= :asOf order by order_date desc, sales_order_id limit 12`,
  },
  {
    section: 'orders',
    list: 'returns',
    sql: `select goods_return_id, number, reason, amount_cny, return_date from core.goods_return
      where customer_id = ? and return_date <= :asOf order by return_date desc, goods_return_id limit 12`,
  },
  {
    section: 'receivables',
    list: 'balances',
    sql: `select as_of_date, gross_cny, unapplied_cny, credit_note_cny, net_cny, prepayment_cny, undue_retention_cny, overdue_cny,
        overdue_90_cny, items, overdue_items
      from marts.receivable_balance where customer_id = ? order by as_of_date`,
  },
  {
    section: 'receivables',
    list: 'ageing',
    sql: `select bucket, bucket_order, amount_cny, items from marts.receivable_ageing
      where customer_id = ? and ageing_view = 'overdue' and as_of_date = :asOf order by bucket_order`,
  },
  {
    section: 'receivables',
    list: 'items',
    sql: `select item_id, document_id, document_number, order_number, amount_cny, open_amount_cny, days_overdue, document_date,
        effective_due_date, due_assumed, is_credit_note
      from marts.open_receivable where customer_id = ? order by days_overdue desc, open_amount_cny desc, item_id limit 20`,
  },
  {
    section: 'receipts',
    list: 'latest',
    sql: `select collection_id, kind, amount_cny, cash_amount_cny, bank_transaction_id, receipt_id, value_date
      from core.collection where customer_id = ? and amount_cny <> 0 order by value_date desc, collection_id limit 12`,
  },
  {
    section: 'statements',
    list: 'standing',
    sql: `select statement_id, thread_id, version, stated_by_name, subject_kind, subject_number, certainty, evidence, amount_cny,
        expected_date, stated_date, has_conflict, is_more_than_open, lacks_evidence
      from marts.stated_cash where customer_id = ? and is_current order by expected_date desc, statement_id limit 20`,
  },
  {
    section: 'bills',
    list: 'held',
    sql: `select bill_id, number, kind, acceptor, state, on_hand_cny, contingent_cny, maturity_date from marts.bill
      where customer_id = ? and as_of_date = :asOf order by maturity_date, bill_id limit 20`,
  },
  {
    section: 'risk',
    list: 'events',
    sql: `select risk_event_id, kind, title, case_number, amount_cny, is_live, event_date from core.risk_event
      where customer_id = ? order by is_live desc, event_date desc, risk_event_id limit 20`,
  },
  {
    section: 'risk',
    list: 'standing',
    sql: `select live_entries, live_kinds, events_12_months, last_found_date, last_checked_date, next_due_date, is_due, is_renamed, priority_cny
      from marts.customer_risk where customer_id = ?`,
  },
  {
    section: 'health',
    list: 'history',
    sql: `select month, month_end, score, coverage, colour, previous_colour, override_reason, is_frozen, frozen_version,
        punctuality, demand, interaction, orders, risk
      from marts.customer_health where customer_id = ? order by month`,
  },
  {
    section: 'health',
    list: 'reasons',
    sql: `select month, indicator, weight, value, missing_reason, points_lost, score_weight, score_points_lost, late_items, late_cny,
        largest_days_late, overdue_items, overdue_cny, overdue_90_cny, paid_in_time_rate, won_rate, core_rate, purchase_rate,
        contact_weeks, target_weeks, days_since_contact, half_year_cny, half_year_before_cny, days_since_order, median_gap_days,
        return_rate, live_entries, events, points_to_green, green_value, green_in_time_cny, green_won_rate, green_core_rate,
        green_purchase_rate, green_contact_weeks, green_half_year_cny
      from marts.customer_health_reason
      where customer_id = ? and month = (select max(month) from marts.customer_health where customer_id = ?)
      order by score_points_lost desc nulls last, indicator`,
  },
  {
    section: 'opportunities',
    list: 'opportunities',
    sql: `select opportunity.opportunity_id, opportunity.name, opportunity.status, opportunity.amount_cny, opportunity.stage_key,
        stage.stage_name, opportunity.expected_close_date, opportunity.closed_date, opportunity.lost_reason, employee.name as owner_name,
        stall.begun_date as stalled_since, stall.stall_days, stall.snoozed_until
      from core.opportunity
      left join (select connection, stage_key, min(stage_name) as stage_name from core.stage group by connection, stage_key) as stage
        on stage.connection = opportunity.connection and stage.stage_key = opportunity.stage_key
      left join core.employee on employee.employee_id = opportunity.owner_id
      left join core.stall on stall.opportunity_id = opportunity.opportunity_id and stall.is_open
      where opportunity.customer_id = ? and opportunity.status <> 'invalid'
      order by case opportunity.status when 'open' then 1 else 2 end, opportunity.closed_date desc nulls last,
        opportunity.expected_close_date, opportunity.opportunity_id limit 20`,
  },
  {
    section: 'contacts',
    list: 'contacts',
    sql: `select contact_id, name, title, department, phone, email, is_key_person, has_left, left_date, records, source_updated_at
      from core.contact where customer_id = ? order by has_left, is_key_person desc, name, contact_id limit 50`,
  },
  {
    section: 'contacts',
    list: 'changes',
    sql: `select contact_change.contact_change_id, contact_change.kind, contact_change.contact_id, contact_change.name,
        contact_change.from_value, contact_change.to_value, contact_change.precision, contact_change.changed_date,
        contact_change.customer_id = ? as is_here_now, other.name as other_customer_name
      from core.contact_change
      left join core.customer as other
        on contact_change.from_customer_id is not null
        and other.customer_id = case when contact_change.customer_id = ? then contact_change.from_customer_id else contact_change.customer_id end
      where contact_change.customer_id = ? or contact_change.from_customer_id = ?
      order by contact_change.changed_date desc, contact_change.contact_change_id limit 20`,
  },
];

/**
 * The figures of the page in one row, each by its METRICS id; 12 months back from the as-of day where a figure has a period. Sums over no
 * rows stay null.
 */
export const FIGURES = `
  with year as (select cast(:asOf - interval '12 months' as date) as since),
  flow as (
    select
      sum(case when kind = 'intake' then amount_cny end)::decimal(18, 2) as intake_cny,
      sum(case when is_repeat then amount_cny end)::decimal(18, 2) as repeat_cny,
      sum(case when kind = 'delivered' then amount_cny end)::decimal(18, 2) as delivered_cny,
      sum(case when kind = 'returned' then amount_cny end)::decimal(18, 2) as returned_cny
    from marts.order_flow cross join year where customer_id = ? and flow_date > year.since
  ),
  rhythm as (
    select
      percentile_cont(0.5) within group (order by days_since_before) as median_gap_days, cast(sum(orders) as int) as orders,
      max(order_date) as last_order_date
    from marts.order_day cross join year where customer_id = ? and order_date > year.since
  ),
  term as (
    select
      cast(sum(agreed_days) as double precision) / nullif(cast(sum(documents) as double precision), 0) as agreed_days,
      cast(sum(settled_amount_days) as double precision) / nullif(cast(sum(settled_cny) as double precision), 0) as actual_days
    from marts.term_day cross join year where customer_id = ? and term_date > year.since
  ),
  late as (
    select
      sum(amount_cny)::decimal(18, 2) as paid_cny, sum(late_cny)::decimal(18, 2) as late_cny,
      cast(sum(amount_days) as double precision) / nullif(cast(sum(amount_cny) as double precision), 0) as mean_days_late
    from marts.payment_lateness cross join year where customer_id = ? and paid_date > year.since
  ),
  kept as (
    select is_earlier, is_retained, earlier_cny, retained_cny from marts.customer_year where customer_id = ? and as_of_date = :asOf
  ),
  balance as (
    select gross_cny, net_cny, overdue_cny, overdue_items, items, prepayment_cny from marts.receivable_balance
    where customer_id = ? and as_of_date = :asOf
  ),
  exposure as (
    select exposure_cny, credit_limit_cny, is_over_limit, bills_cny, uninvoiced_cny from marts.credit_exposure
    where customer_id = ? and as_of_date = :asOf
  )
  select
    flow.intake_cny, flow.repeat_cny, flow.delivered_cny, flow.returned_cny,
    cast(flow.repeat_cny as double precision) / nullif(cast(flow.intake_cny as double precision), 0) as repeat_share,
    cast(coalesce(flow.returned_cny, 0) as double precision) / nullif(cast(flow.delivered_cny as double precision), 0) as return_rate,
    rhythm.orders, rhythm.median_gap_days, rhythm.last_order_date,
    term.agreed_days, term.actual_days,
    late.paid_cny, late.late_cny, late.mean_days_late,
    1 - cast(late.late_cny as double precision) / nullif(cast(late.paid_cny as double precision), 0) as on_time_share,
    kept.is_earlier, kept.is_retained, kept.earlier_cny, kept.retained_cny,
    balance.gross_cny, balance.net_cny, balance.overdue_cny, balance.overdue_items, balance.items, balance.prepayment_cny,
    exposure.exposure_cny, exposure.credit_limit_cny, exposure.is_over_limit, exposure.bills_cny, exposure.uninvoiced_cny
  from flow cross join rhythm cross join term cross join late
  left join kept on true left join balance on true left join exposure on true`;
