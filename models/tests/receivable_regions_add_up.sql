-- what     All regions together are the company, for turnover, lateness, bills, exposure, roll-forward and orders: no row is lost or doubled
--          when owner and region are looked up (METRICS 12.10).
-- sources  core.acceptance_bill, core.as_of_date, core.bill_state, core.delivery, core.goods_return, core.open_item,
--          core.receivable_document, core.sales_order, core.settlement, marts.bill, marts.billing, marts.collection_effectiveness,
--          marts.credit_exposure, marts.order_backlog, marts.order_flow, marts.payment_lateness, marts.receivable_balance,
--          marts.receivable_rollforward, marts.receivable_slice, marts.receivable_turnover
with company as (
    select 'billed' as what, coalesce(sum(amount_cny), 0) as amount_cny
    from core.receivable_document where document_date <= business_today()
    union all
    select 'turnover ' || cast(as_of_date as varchar), sum(net_cny) from marts.receivable_balance group by as_of_date
    union all
    select 'effectiveness ' || cast(as_of_date as varchar), sum(gross_cny) from marts.receivable_balance group by as_of_date
    union all
    select slice || ' ' || cast(as_of_date as varchar), sum(net_cny)
    from marts.receivable_balance
    cross join (values ('company'), ('region'), ('owner'), ('customer')) as slices(slice)
    group by slice, as_of_date
    union all
    select 'paid', coalesce(sum(settlement.amount_cny), 0)
    from core.settlement
    join core.open_item on open_item.item_id = settlement.item_id
    where settlement.kind in ('cash', 'bank_bill', 'prepayment_applied') and open_item.amount_cny > 0
        and settlement.effective_date <= business_today()
    union all
    select 'bills ' || cast(as_of_date.as_of_date as varchar), sum(acceptance_bill.face_cny)
    from core.as_of_date
    join core.bill_state
        on bill_state.from_date <= as_of_date.as_of_date
        and coalesce(bill_state.to_date, date '9999-12-31') > as_of_date.as_of_date
    join core.acceptance_bill on acceptance_bill.bill_id = bill_state.bill_id
    where bill_state.state = 'on_hand' or bill_state.is_contingent
    group by as_of_date.as_of_date
    union all
    select 'exposure ' || cast(as_of_date as varchar), sum(amount_cny)
    from (
        select as_of_date, net_cny + undue_retention_cny - prepayment_cny as amount_cny from marts.receivable_balance
        union all
        select as_of_date, on_hand_cny + contingent_cny from marts.bill
        union all
        select as_of_date, uninvoiced_cny from marts.order_backlog
    ) as part
    group by as_of_date
    union all
    select 'closing', coalesce(sum(amount_cny), 0)
    from (
        select amount_cny from core.open_item where document_date <= business_today()
        union all
        select -amount_cny from core.settlement where effective_date <= business_today()
    ) as part
    union all
    select 'intake', coalesce(sum(amount_cny), 0) from core.sales_order where order_date <= business_today()
    union all
    select 'delivered', coalesce(sum(amount_cny), 0) from core.delivery where delivery_date <= business_today()
    union all
    select 'returned', coalesce(sum(amount_cny), 0) from core.goods_return where return_date <= business_today()
),
region as (
    select 'billed' as what, rls_region, sum(amount_cny) as amount_cny from marts.billing group by rls_region
    union all
    select 'turnover ' || cast(as_of_date as varchar), rls_region, sum(net_cny) from marts.receivable_turnover group by as_of_date, rls_region
    union all
    select 'effectiveness ' || cast(as_of_date as varchar), rls_region, sum(closing_gross_cny)
    from marts.collection_effectiveness where period = 'quarter' group by as_of_date, rls_region
    union all
    select slice || ' ' || cast(as_of_date as varchar), coalesce(rls_region, 'all'), sum(net_cny)
    from marts.receivable_slice group by slice, as_of_date, rls_region
    union all
    select 'paid', rls_region, sum(amount_cny) from marts.payment_lateness
    where kind in ('cash', 'bank_bill', 'prepayment_applied') group by rls_region
    union all
    select 'bills ' || cast(as_of_date as varchar), rls_region, sum(on_hand_cny + contingent_cny) from marts.bill group by as_of_date, rls_region
    union all
    select 'exposure ' || cast(as_of_date as varchar), rls_region, sum(exposure_cny) from marts.credit_exposure group by as_of_date, rls_region
    union all
    select 'closing', rls_region, sum(closing_cny) from marts.receivable_rollforward where as_of_date = business_today() group by rls_region
    union all
    select kind, rls_region, sum(amount_cny) from marts.order_flow where kind <> 'closed_short' group by kind, rls_region
),
added as (
    select what, sum(amount_cny) as amount_cny from region where rls_region is not null group by what
)
select coalesce(company.what, added.what) as what, company.amount_cny as company_cny, added.amount_cny as regions_cny
from company
full join added on added.what = company.what
where coalesce(company.amount_cny, 0) <> coalesce(added.amount_cny, 0)
