-- what     What people said about cash to come in the hub itself or by a sheet that was imported there (回款预测). METRICS 5.1.
-- grain    one row per event statement.made
-- key      statement_id
-- sources  core.customer_identity, ops.event
-- column   thread_key: one person's statements about one subject, or about the slot he names
-- column   stated_by: who answers for it: on whose behalf it was entered, else who entered it
-- column   stated_at: when it was said; of an imported one what the sheet says, else when it was imported
-- column   recorded_at: when the hub learned it
-- column   batch: the import it came with; null for one that somebody entered
-- accepted certainty: expected, promised, confirmed
with stated as (
    select
        event_id, actor, happened_at, body,
        json_text(body, 'customer_id') as customer_record
    from ops.event
    where kind = 'statement.made'
)
select
    'hub:' || stated.event_id as statement_id,
    'hub' as connection, stated.event_id as source_id,
    json_text(stated.body, 'thread') as thread_key,
    coalesce(customer_identity.customer_id, stated.customer_record) as customer_id,
    coalesce(json_text(stated.body, 'on_behalf_of'), stated.actor) as stated_by, stated.actor as entered_by,
    json_text(stated.body, 'subject_kind') as subject_kind, json_text(stated.body, 'subject_number') as subject_number,
    json_text(stated.body, 'certainty') as certainty, json_text(stated.body, 'method') as method,
    json_text(stated.body, 'evidence') as evidence, json_text(stated.body, 'batch') as batch,
    cast(json_text(stated.body, 'amount') as decimal(18, 2)) as amount_cny,
    cast(json_text(stated.body, 'is_withdrawn') as boolean) as is_withdrawn,
    cast(json_text(stated.body, 'expected_date') as date) as expected_date,
    coalesce(cast(json_text(stated.body, 'stated_at') as timestamp), stated.happened_at) as stated_at,
    stated.happened_at as recorded_at
from stated
left join core.customer_identity
    on customer_identity.connection || ':' || customer_identity.source_id = stated.customer_record
