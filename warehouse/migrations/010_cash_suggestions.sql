-- What the last run of the matcher suggests for bank lines that nobody has decided (METRICS section 4). Each run writes it anew; decisions
-- are events (match.applied, match.confirmed, match.declined, match.undone) and are never here.
create table ops.cash_suggestion (
    bank_transaction_id varchar not null,
    rank int not null, -- 1: chosen over all lines of the run
    match_class varchar not null, -- suggested_strong, suggested_check, none
    payer_id varchar,
    rule varchar not null,
    score int not null, -- points, rounded
    margin int not null, -- points by which the run would be worse without it
    amount_cny decimal(18, 2) not null, -- money of the line that it places on items
    signature varchar not null, -- documents and cents: what a person declines
    parts varchar not null, -- JSON: customer, document, item, kind, amount
    points varchar not null, -- JSON: points by name; they add up to the score
    reasons varchar not null, -- JSON: keys and values of sentences
    run_id varchar not null,
    suggested_at timestamp not null,
    primary key (bank_transaction_id, rank)
);
