-- what     A person at a customer (联系人) as one source knows them. Personal data: what a person needs to be told apart and reached, no more.
-- grain    one row per contact of a connection
-- key      connection, source_id
-- column   customer_ref: customer.source_id of the same connection
-- column   phone: mobile number as the source writes it; the same number at another customer later is the same person, moved
-- column   is_key_person: the source marks this person as one who decides; null if it marks nobody
-- column   left_date: the day since which the person no longer works there; null while they do, or if the source does not say
-- column   has_left: the source says that the person no longer works there, with or without a day
select
    null::varchar as connection,
    null::varchar as source_id,
    null::varchar as customer_ref,
    null::varchar as name,
    null::varchar as title,
    null::varchar as department,
    null::varchar as phone,
    null::varchar as email,
    null::boolean as is_key_person,
    null::boolean as has_left,
    null::boolean as is_deleted,
    null::date as left_date,
    null::timestamp as created_at,
    null::timestamp as source_updated_at,
    null::timestamp as recorded_at
where false
