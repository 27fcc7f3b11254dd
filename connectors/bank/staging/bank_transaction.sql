-- what     Lines of bank files (银行流水), signed from the company's view. A line in another currency than CNY has its own amount and
--          no CNY amount.
-- grain    one row per line of an account
-- key      connection, source_id
-- sources  raw.transactions
-- column   reference: the bank's voucher or serial number
-- column   category: by rules of connectors/bank/categories.json; null when none fits
select
    _connection as connection,
    _source_id as source_id,
    account,
    case when amount < 0 then 'out' else 'in' end as direction,
    counterparty_name,
    counterparty_account,
    remark,
    reference,
    bank_reference,
    category,
    currency,
    file_name,
    cast(line_number as int) as line_number,
    case when currency = 'CNY' then amount end as amount_cny,
    amount,
    case when currency = 'CNY' then balance end as balance_cny,
    date as value_date,
    _deleted_at is not null as is_deleted,
    coalesce(booked_at, _first_extracted_at) as source_updated_at,
    coalesce(booked_at, _first_extracted_at) as recorded_at
from raw.transactions
