-- what     Who pays for whom, as people taught it (付款方别名): a payer's name or account that a confirmed match led to a customer. One
--          whose match was undone, or that somebody told to forget, is not here. METRICS section 4.
-- grain    one row per payer name or account and customer
-- key      payer_kind, payer_key, customer_id
-- sources  core.customer_identity, ops.event
-- column   payer_kind: name (normalised) or account
-- column   payer_key: the normalised name, or the account number
-- column   match_id: the confirmed match it was first learnt from
-- accepted payer_kind: name, account
with learnt as (
    select
        event_id, sequence, actor, happened_at, body,
        json_text(body, 'payer_kind') as payer_kind, json_text(body, 'payer_key') as payer_key,
        json_text(body, 'customer_id') as customer_record, json_text(body, 'match_id') as match_id
    from ops.event where kind = 'alias.learnt'
),
undone as (
    select subject as match_id from ops.event where kind = 'match.undone' group by subject
),
forgotten as (
    select
        json_text(body, 'payer_kind') as payer_kind, json_text(body, 'payer_key') as payer_key,
        json_text(body, 'customer_id') as customer_record, max(sequence) as sequence
    from ops.event where kind = 'alias.forgotten'
    group by json_text(body, 'payer_kind'), json_text(body, 'payer_key'), json_text(body, 'customer_id')
),
standing as (
    select learnt.*, coalesce(customer_identity.customer_id, learnt.customer_record) as customer_id
    from learnt
    left join undone on undone.match_id = learnt.match_id
    left join forgotten
        on forgotten.payer_kind = learnt.payer_kind and forgotten.payer_key = learnt.payer_key
        and forgotten.customer_record = learnt.customer_record and forgotten.sequence > learnt.sequence
    left join core.customer_identity
        on customer_identity.connection || ':' || customer_identity.source_id = learnt.customer_record
    where undone.match_id is null and forgotten.sequence is null
)
select distinct on (payer_kind, payer_key, customer_id)
    payer_kind, payer_key, customer_id, match_id, actor as learnt_by, happened_at as learnt_at
from standing
order by payer_kind, payer_key, customer_id, sequence
