-- what     Receivables by age (账龄), in two views: overdue (逾期账龄, by days past the effective due date) and accounting (会计账龄, by
--          anniversaries of the document date). Credit notes and unapplied cash are the bucket credits. METRICS REC-2.
-- grain    one row per customer, as-of date, view and bucket
-- key      customer_id, as_of_date, ageing_view, bucket
-- sources  core.open_item_as_of, marts.receivable_balance, seeds.provision_rate
-- column   ageing_view: overdue or accounting
-- column   bucket: overdue: not_due, 1_30, 31_60, 61_90, 91_180, 181_365, over_365; accounting: 0_1y to 4_5y, over_5y; both: credits
-- column   amount_cny: credits are negative; the buckets of a view add up to REC-1 net, to the cent
-- column   items: open items of the age; 0 for credits
-- column   provision_cny: accounting view only: amount x the rate of the age (REC-12), a management estimate, unrounded; 0 for credits
-- index    customer_id
-- accepted ageing_view: overdue, accounting
with item as (
    select
        customer_id, as_of_date, open_amount_cny,
        case
            when days_overdue <= 0 then 0 when days_overdue <= 30 then 1 when days_overdue <= 60 then 2
            when days_overdue <= 90 then 3 when days_overdue <= 180 then 4 when days_overdue <= 365 then 5 else 6
        end as overdue_order,
        case
            when as_of_date <= document_date + interval '1 year' then 0 when as_of_date <= document_date + interval '2 years' then 1
            when as_of_date <= document_date + interval '3 years' then 2 when as_of_date <= document_date + interval '4 years' then 3
            when as_of_date <= document_date + interval '5 years' then 4 else 5
        end as accounting_order
    from core.open_item_as_of
    where open_amount_cny > 0 and not is_undue_retention
),
amount as (
    select customer_id, as_of_date, 'overdue' as ageing_view, overdue_order as bucket_order, sum(open_amount_cny) as amount_cny,
        count(*) as items
    from item group by customer_id, as_of_date, overdue_order
    union all
    select customer_id, as_of_date, 'accounting', accounting_order, sum(open_amount_cny), count(*)
    from item group by customer_id, as_of_date, accounting_order
    union all
    select customer_id, as_of_date, ageing_view.name, 9, -unapplied_cny - credit_note_cny, 0
    from marts.receivable_balance
    cross join (values ('overdue'), ('accounting')) as ageing_view(name)
    where unapplied_cny + credit_note_cny <> 0
),
bucket (ageing_view, bucket_order, bucket) as (
    values
        ('overdue', 0, 'not_due'), ('overdue', 1, '1_30'), ('overdue', 2, '31_60'), ('overdue', 3, '61_90'),
        ('overdue', 4, '91_180'), ('overdue', 5, '181_365'), ('overdue', 6, 'over_365'), ('overdue', 9, 'credits'),
        ('accounting', 0, '0_1y'), ('accounting', 1, '1_2y'), ('accounting', 2, '2_3y'), ('accounting', 3, '3_4y'),
        ('accounting', 4, '4_5y'), ('accounting', 5, 'over_5y'), ('accounting', 9, 'credits')
)
select
    amount.customer_id, amount.as_of_date, amount.ageing_view, bucket.bucket, bucket.bucket_order,
    receivable_balance.customer_name,
    amount.amount_cny::decimal(18, 2) as amount_cny,
    amount.items::int as items,
    case when amount.ageing_view = 'accounting'
        then (amount.amount_cny * coalesce(provision_rate.provision_rate, 0))::decimal(24, 6) end as provision_cny,
    receivable_balance.rls_owner, receivable_balance.owner_name, receivable_balance.rls_region
from amount
join bucket on bucket.ageing_view = amount.ageing_view and bucket.bucket_order = amount.bucket_order
join marts.receivable_balance
    on receivable_balance.customer_id = amount.customer_id and receivable_balance.as_of_date = amount.as_of_date
left join seeds.provision_rate on provision_rate.bucket = bucket.bucket and amount.ageing_view = 'accounting'
