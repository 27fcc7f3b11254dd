-- what     Customer records of all sources with what tells whose they are: names and credit code.
-- grain    one row per customer record of a connection; deleted ones too, since old documents still point to them
-- key      connection, source_id
-- sources  staging.customer
-- column   record_id: <connection>:<source_id>
-- column   said_credit_code: as the source has it; core.customer_link says what it is worth
-- column   credit_code: what may be one, comparable: 15 characters or more that are not all the same; null otherwise
-- column   former_names: joined by '|'
-- column   normalised_name: half width, without blanks, in capitals
select
    connection, source_id,
    connection || ':' || source_id as record_id,
    kind,
    name, short_name, former_names,
    nullif(trim(credit_code), '') as said_credit_code,
    case when length(normal_name(credit_code)) >= 15
            and replace(normal_name(credit_code), substr(normal_name(credit_code), 1, 1), '') <> ''
        then normal_name(credit_code) end as credit_code,
    nullif(normal_name(name), '') as normalised_name,
    nullif(normal_name(short_name), '') as normalised_short_name,
    is_deleted, source_updated_at, recorded_at
from staging.customer
