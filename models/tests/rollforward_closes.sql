-- what     Opening, billings and every kind of settlement of a customer's month lead to what its items still owe at the month's end,
--          negative ones and undue retention included (METRICS 12.2, REC-16).
-- sources  core.item_balance, core.open_item, marts.receivable_rollforward
with owed as (
    select
        receivable_rollforward.customer_id, receivable_rollforward.as_of_date, sum(item_balance.open_amount_cny) as amount_cny
    from marts.receivable_rollforward
    join core.open_item on open_item.customer_id = receivable_rollforward.customer_id
    join core.item_balance
        on item_balance.item_id = open_item.item_id
        and item_balance.from_date <= receivable_rollforward.as_of_date
        and coalesce(item_balance.to_date, date '9999-12-31') > receivable_rollforward.as_of_date
    group by receivable_rollforward.customer_id, receivable_rollforward.as_of_date
),
computed as (
    select
        customer_id, month, as_of_date, closing_cny,
        opening_cny + billed_cny - cash_cny - bank_bill_cny - commercial_bill_cny - supply_chain_note_cny - prepayment_applied_cny
            - credit_note_cny - discount_cny - deduction_cny - set_off_cny - bank_fee_cny - fx_diff_cny - rounding_cny
            - write_off_cny as computed_cny
    from marts.receivable_rollforward
)
select computed.customer_id, computed.month, computed.closing_cny, computed.computed_cny, owed.amount_cny as owed_cny
from computed
left join owed on owed.customer_id = computed.customer_id and owed.as_of_date = computed.as_of_date
where computed.closing_cny <> computed.computed_cny or computed.closing_cny <> coalesce(owed.amount_cny, 0)
