-- what     Lines of Chinese bank statements (银行流水), signed from the company's view. Lines in other currencies than CNY are left
--          out here: they have no CNY amount of their own; they stay in raw and count in `files`.
-- grain    one row per line of an account
-- key      connection, source_id
-- sources  raw.transactions
-- column   reference: the bank's voucher or serial number
-- column   category: by rules of connectors/bank_cn/categories.json; null when none fits
select
    _connection as connection,
    _source_id as source_id,
    account,
    case when amount < 0 then 'out' else 'in' end as direction,
    counterparty_name,
    counterparty_account,
    remark,
    reference,
    category,
    file_name,
    cast(line_number as int) as line_number,
    amount as amount_cny,
    balance as balance_cny,
    date as value_date,
    _deleted_at is not null as is_deleted,
    coalesce(booked_at, _first_extracted_at) as source_updated_at,
    coalesce(booked_at, _first_extracted_at) as recorded_at
from raw.transactions
where currency = 'CNY'
