-- what     The money that hangs on each record of a customer (归并涉及金额): what would move with it. METRICS REC-1, ORD-1; of payers
--          nobody knows APP-3. The queue of pairs to review is sorted by it.
-- grain    one row per customer record and per payer's name
-- key      record_id
-- sources  core.bank_transaction, core.customer_link, core.customer_record, core.item_balance, core.open_item, core.receivable_document,
--          core.sales_order, staging.receivable_document, staging.sales_order
-- column   record_id: <connection>:<source_id>; of a payer bank:payer:<normalised name>
-- column   customer_id: the customer it belongs to; null for a payer of no customer
-- column   name: as its source writes it; of a payer as the bank does
-- column   kind: erp, crm, bureau or payer
-- column   receivable_cny: REC-1 gross of the as-of day, of the documents that name this record
-- column   open_items: how many open items that is
-- column   intake_cny: ORD-1 of the last 12 months, of the orders that name this record
-- column   orders: how many orders that is
-- column   unidentified_cny: money of this payer that no customer is known for (APP-3)
with owed as (
    select
        staged.connection, staged.customer_ref,
        sum(item_balance.open_amount_cny) as receivable_cny, count(*) as open_items
    from core.item_balance
    join core.open_item on open_item.item_id = item_balance.item_id
    join core.receivable_document on receivable_document.document_id = open_item.document_id
    join staging.receivable_document as staged
        on staged.connection = receivable_document.connection and staged.source_id = receivable_document.source_id
    where item_balance.from_date <= business_today() and coalesce(item_balance.to_date, date '9999-12-31') > business_today()
        and item_balance.open_amount_cny > 0
        and not (open_item.is_retention and open_item.effective_due_date > business_today())
    group by staged.connection, staged.customer_ref
),
ordered as (
    select staged.connection, staged.customer_ref, sum(sales_order.amount_cny) as intake_cny, count(*) as orders
    from core.sales_order
    join staging.sales_order as staged
        on staged.connection = sales_order.connection and staged.source_id = sales_order.source_id
    where sales_order.order_date > cast(business_today() - interval '12 months' as date) and sales_order.order_date <= business_today()
    group by staged.connection, staged.customer_ref
),
payer as (
    select
        'payer:' || normal_name(counterparty_name) as source_id, min(counterparty_name) as name,
        sum(case when customer_id is null and amount_cny > 0 and category in ('customer', 'other') and not is_bill_proceeds
            and value_date <= business_today() then amount_cny else 0 end) as unidentified_cny
    from core.bank_transaction
    where normal_name(counterparty_name) <> ''
    group by normal_name(counterparty_name)
)
select
    customer_link.record_id, customer_link.customer_id,
    coalesce(customer_record.name, payer.name, substr(customer_link.source_id, 7)) as name, customer_link.kind,
    coalesce(owed.receivable_cny, 0)::decimal(18, 2) as receivable_cny, coalesce(owed.open_items, 0)::int as open_items,
    coalesce(ordered.intake_cny, 0)::decimal(18, 2) as intake_cny, coalesce(ordered.orders, 0)::int as orders,
    coalesce(payer.unidentified_cny, 0)::decimal(18, 2) as unidentified_cny
from core.customer_link
left join core.customer_record
    on customer_record.connection = customer_link.connection and customer_record.source_id = customer_link.source_id
left join owed on owed.connection = customer_link.connection and owed.customer_ref = customer_link.source_id
left join ordered on ordered.connection = customer_link.connection and ordered.customer_ref = customer_link.source_id
left join payer on customer_link.kind = 'payer' and payer.source_id = customer_link.source_id
