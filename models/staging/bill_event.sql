-- what     What became of a bill after it was signed for: endorsed (背书), discounted (贴现), matured
--          (到期收款), dishonoured (退票, 拒付), or an endorsement came back (背书退回).
-- grain    one row per event of a bill
-- key      connection, source_id
-- column   bill_ref: acceptance_bill.source_id of the same connection
-- column   event: endorsed, discounted, returned (of an endorsement), matured or dishonoured
-- column   proceeds_cny: money that came by it; null where none comes
-- column   interest_cny: what a discount cost (贴现息)
-- column   with_recourse: who took it can come back to us (有追索权); null where the source does not say
-- column   recorded_at: when it was entered, UTC; knowledge time
select
    null::varchar as connection,
    null::varchar as source_id,
    null::varchar as bill_ref,
    null::varchar as event,
    null::date as event_date,
    null::decimal(18, 2) as proceeds_cny,
    null::decimal(18, 2) as interest_cny,
    null::boolean as with_recourse,
    null::boolean as is_counted,
    null::boolean as is_deleted,
    null::timestamp as source_updated_at,
    null::timestamp as recorded_at
where false
