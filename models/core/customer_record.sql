-- what     Customer records made comparable: credit code and names in half width, without blanks, in capitals.
-- grain    one row per customer record of a connection; deleted ones too, since old documents still point to them
-- key      connection, source_id
-- sources  staging.customer
-- column   record_id: <connection>:<source_id>
-- column   credit_code: null unless it can be one: 15 characters or more (18 today, 15 before 2015) that are not all the same
select
    connection, source_id,
    connection || ':' || source_id as record_id,
    kind,
    case when length(normal_name(credit_code)) >= 15
            and replace(normal_name(credit_code), substr(normal_name(credit_code), 1, 1), '') <> ''
        then normal_name(credit_code) end as credit_code,
    nullif(normal_name(name), '') as normalised_name,
    nullif(normal_name(short_name), '') as normalised_short_name,
    is_deleted, source_updated_at, recorded_at
from staging.customer
