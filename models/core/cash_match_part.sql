-- what     Every decision of the hub about what a bank line pays (核销决定), undone ones too; the ERP's own allocations are not here.
--          METRICS section 4. It never changes receivables (REC-1): they stay what the ERP's ledger says.
-- grain    one row per match and part
-- key      match_id, part
-- sources  core.customer_identity, core.open_item, ops.event
-- column   match_id: one decision about one bank line; a line may have several, one after another or side by side
-- column   customer_id: whose item it is; for a rest, who paid
-- column   payer_id: the customer who paid, where that is another one (group payer)
-- column   document_id: null for a rest that pays nothing yet
-- column   kind: cash (money of the line), else what relieves the item without money; unapplied: the rest of the line
-- column   amount_cny: cash and unapplied parts add up to the matched money; credit_note: plus on the invoice, minus on the note
-- column   status: automatic (nobody looked), confirmed (a person said so)
-- column   rule: how it was found, or split: a person wrote the parts himself
-- column   decided_by: the person, or hub
-- column   undone_at: when it was taken back; null while it holds
-- accepted status: automatic, confirmed
-- accepted kind: cash, credit_note, discount, deduction, bank_fee, rounding, unapplied
with decision as (
    select
        subject as match_id, actor, happened_at, body,
        json_text(body, 'bank_transaction_id') as bank_transaction_id,
        json_text(body, 'payer_id') as payer_record,
        json_text(body, 'rule') as rule,
        kind = 'match.confirmed' as is_by_person,
        cast(json_text(body, 'score') as int) as score,
        cast(json_text(body, 'parts') as int) as parts
    from ops.event
    where kind in ('match.applied', 'match.confirmed') and json_text(body, 'parts') is not null
),
looked_at as ( -- a person agreed with what the hub had applied
    select subject as match_id, min(sequence) as sequence
    from ops.event where kind = 'match.confirmed' and json_text(body, 'parts') is null group by subject
),
agreed as (
    select looked_at.match_id, event.actor, event.happened_at
    from looked_at
    join ops.event as event on event.sequence = looked_at.sequence
),
undone as (
    select subject as match_id, min(actor) as actor, min(happened_at) as happened_at
    from ops.event where kind = 'match.undone' group by subject
),
part as (
    select
        decision.*, cast(number.part as int) as part,
        json_member(decision.body, 'customer_' || cast(number.part as varchar)) as customer_record,
        json_member(decision.body, 'document_' || cast(number.part as varchar)) as document_id,
        json_member(decision.body, 'item_' || cast(number.part as varchar)) as item_id,
        json_member(decision.body, 'kind_' || cast(number.part as varchar)) as kind,
        cast(json_member(decision.body, 'amount_' || cast(number.part as varchar)) as decimal(18, 2)) as amount_cny
    from decision
    join generate_series(1, 200) as number(part) on number.part <= decision.parts
)
select
    part.match_id, part.part, part.bank_transaction_id,
    coalesce(open_item.customer_id, identity.customer_id, part.customer_record) as customer_id,
    coalesce(payer.customer_id, part.payer_record) as payer_id,
    part.document_id, part.item_id, part.kind, part.amount_cny,
    case when part.is_by_person or agreed.match_id is not null then 'confirmed' else 'automatic' end as status,
    not part.is_by_person as is_applied_by_hub,
    part.rule, part.score,
    coalesce(agreed.actor, part.actor) as decided_by,
    coalesce(agreed.happened_at, part.happened_at) as decided_at,
    part.happened_at as matched_at,
    undone.actor as undone_by, undone.happened_at as undone_at
from part
left join agreed on agreed.match_id = part.match_id
left join undone on undone.match_id = part.match_id
left join core.open_item on open_item.item_id = part.item_id
left join core.customer_identity as identity
    on identity.connection || ':' || identity.source_id = part.customer_record
left join core.customer_identity as payer on payer.connection || ':' || payer.source_id = part.payer_record
