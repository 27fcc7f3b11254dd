-- what     What people decided about who is one customer (客户归并决定): merged, split, kept apart; taken back ones too. METRICS 0.9,
--          REQUIREMENTS A11. Later ones win over earlier ones.
-- grain    one row per decision
-- key      decision_id
-- sources  ops.event
-- column   kind: merged (these records are one customer), split (they leave from_customer_id and are one of their own), kept_apart (two
--          records that are not the same)
-- column   records: <connection>:<source_id> of each record, as a JSON list
-- column   from_customer_id: the customer that split records left; null for the other kinds
-- column   undone_at: when it was taken back; null while it holds
-- accepted kind: merged, split, kept_apart
with undone as (
    select json_text(body, 'event') as event_id, actor, happened_at, row_number() over (partition by json_text(body, 'event') order by sequence) as number
    from ops.event
    where kind = 'customer.undone'
)
select
    event.event_id as decision_id,
    case event.kind when 'customer.merged' then 'merged' when 'customer.split' then 'split' else 'kept_apart' end as kind,
    event.sequence,
    json_text(event.body, 'records') as records, json_text(event.body, 'from') as from_customer_id,
    event.actor as decided_by, event.reason, event.happened_at as decided_at,
    undone.actor as undone_by, undone.happened_at as undone_at,
    event.happened_at as recorded_at
from ops.event as event
left join undone on undone.event_id = event.event_id and undone.number = 1
where event.kind in ('customer.merged', 'customer.split', 'customer.kept_apart')
