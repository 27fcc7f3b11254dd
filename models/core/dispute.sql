-- what     Disputes (争议) on open items, and the deductions (扣款) that were agreed on for them: people's events, newest word counts. A
--          dispute is a flag: it never changes REC-1; a deduction settles when the ERP books it. REQUIREMENTS B9.
-- grain    one row per dispute
-- key      dispute_id
-- sources  core.open_item, ops.event
-- column   amount_cny: the part of the item that the customer contests, as said when it was opened
-- column   item_id: the open item; it stays after the item is gone (is_item_gone), for example when its document was voided
-- column   reason: quality, quantity, price, delivery, invoice, duplicate, contract or other
-- column   outcome: how it was closed: customer_pays, deduction, credit_note, withdrawn; null while open
-- column   agreed_deduction_cny: what was agreed on to be taken off, whether the ERP has booked it or not; null: nothing agreed
-- column   opened_at: UTC; closed_date is the business date of the closing
-- column   opened_date: since when the customer contests it; else the business date of the opening
-- required item_id, amount_cny, reason, opened_at
-- accepted reason: quality, quantity, price, delivery, invoice, duplicate, contract, other
with opened as (
    select
        event_id, subject as dispute_id, actor, happened_at,
        json_text(body, 'item_id') as item_id, json_text(body, 'document_id') as document_id, json_text(body, 'customer_id') as customer_id,
        json_text(body, 'document_number') as document_number,
        cast(json_text(body, 'amount') as decimal(18, 2)) as amount_cny,
        cast(json_text(body, 'since') as date) as since,
        json_text(body, 'reason') as reason, json_text(body, 'note') as note,
        row_number() over (partition by subject order by sequence) as number
    from ops.event
    where kind = 'dispute.opened'
),
closed as (
    select
        subject as dispute_id, actor, happened_at, json_text(body, 'outcome') as outcome, json_text(body, 'note') as note,
        row_number() over (partition by subject order by sequence) as number
    from ops.event
    where kind = 'dispute.closed'
),
agreed as (
    select
        subject as dispute_id, actor, happened_at, cast(json_text(body, 'amount') as decimal(18, 2)) as amount_cny,
        row_number() over (partition by subject order by sequence desc) as number
    from ops.event
    where kind = 'deduction.agreed'
)
select
    opened.dispute_id, opened.item_id,
    coalesce(open_item.document_id, opened.document_id) as document_id,
    coalesce(open_item.customer_id, opened.customer_id) as customer_id,
    coalesce(open_item.document_number, opened.document_number) as document_number,
    opened.amount_cny::decimal(18, 2) as amount_cny,
    agreed.amount_cny::decimal(18, 2) as agreed_deduction_cny,
    opened.reason, opened.note, closed.outcome, closed.note as closing_note,
    opened.actor as opened_by, closed.actor as closed_by, agreed.actor as agreed_by,
    closed.dispute_id is null as is_open, open_item.item_id is null as is_item_gone,
    coalesce(opened.since, business_date(opened.happened_at)) as opened_date, business_date(closed.happened_at) as closed_date,
    opened.happened_at as opened_at, closed.happened_at as closed_at, agreed.happened_at as agreed_at,
    opened.happened_at as recorded_at
from opened
left join closed on closed.dispute_id = opened.dispute_id and closed.number = 1
left join agreed on agreed.dispute_id = opened.dispute_id and agreed.number = 1
left join core.open_item on open_item.item_id = opened.item_id
where opened.number = 1
