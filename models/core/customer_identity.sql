-- what     Which source record is which customer, by which rule and on what evidence (客户归并). METRICS 0.9, DAT-5.
--          1 credit_code: records of one credit code are one customer. 2 name: a record without a code joins the one code whose
--          records carry its name (as name or short name); without such a code, records of one name are one customer. A name that
--          points to two codes merges nothing: the record stands alone and is_ambiguous.
-- grain    one row per customer record of a connection
-- key      connection, source_id
-- sources  core.customer_record
-- column   customer_id: the smallest ERP record_id of the group, else the smallest of all
-- column   rule: credit_code or name
-- column   evidence: the credit code, or the normalised name and, if it led to one, the credit code
-- reference customer_id -> core.customer.customer_id
-- accepted rule: credit_code, name
with claim as (
    select normalised_name as name, credit_code from core.customer_record where credit_code is not null
    union all
    select normalised_short_name, credit_code from core.customer_record where credit_code is not null
),
code_of_name as (
    select name, min(credit_code) as credit_code, count(distinct credit_code) as codes from claim where name is not null group by name
),
linked as (
    select
        customer_record.*,
        coalesce(customer_record.credit_code, case when code_of_name.codes = 1 then code_of_name.credit_code end) as group_code,
        customer_record.credit_code is null and coalesce(code_of_name.codes > 1, false) as is_ambiguous
    from core.customer_record
    left join code_of_name on code_of_name.name = customer_record.normalised_name
),
grouped as (
    select
        linked.*,
        case
            when group_code is not null then 'code ' || group_code
            when is_ambiguous or normalised_name is null then 'record ' || record_id
            else 'name ' || normalised_name
        end as group_key
    from linked
),
named as (
    select group_key, coalesce(min(record_id) filter (where kind = 'erp'), min(record_id)) as customer_id
    from grouped group by group_key
)
select
    grouped.connection, grouped.source_id, grouped.kind,
    named.customer_id,
    case when grouped.credit_code is not null then 'credit_code' else 'name' end as rule,
    case
        when grouped.credit_code is not null then grouped.credit_code
        when grouped.group_code is not null then grouped.normalised_name || ' = ' || grouped.group_code
        else coalesce(grouped.normalised_name, '')
    end as evidence,
    grouped.group_code as credit_code,
    grouped.is_ambiguous,
    grouped.source_updated_at, grouped.recorded_at
from grouped
join named on named.group_key = grouped.group_key
