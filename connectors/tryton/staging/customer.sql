-- what     Customers of Tryton: every party that is no employee, since Tryton does not say who buys. The company itself is internal.
-- grain    one row per party
-- key      connection, source_id
-- sources  raw.parties, raw.party_identifiers, raw.employees, raw.companies
-- column   credit_code: the identifier of type cn_vat, whose check digit Tryton has checked
-- column   owner_ref: null, a party has no seller in Tryton
with code as (
    select party, min(code) as credit_code from raw.party_identifiers
    where type = 'cn_vat' and _deleted_at is null group by party
),
person as (
    select distinct party from raw.employees where party is not null
),
own as (
    select distinct party from raw.companies where party is not null
)
select
    parties._connection as connection, parties._source_id as source_id,
    parties.name, null as short_name, null as former_names, code.credit_code,
    null as customer_class, null as owner_ref, null as region, 'erp' as kind,
    null as declared_yearly_purchase_cny,
    null as credit_limit_cny, null as payer_class,
    own.party is not null as is_internal,
    parties._deleted_at is not null as is_deleted,
    business_date(parties.create_date) as created_date,
    parties.last_modified_at as source_updated_at, parties.create_date as recorded_at
from raw.parties as parties
left join code on code.party = parties.id
left join person on person.party = parties.id
left join own on own.party = parties.id
where person.party is null
