-- what     Customers (客户) of Kingdee. Class and region come from where companies keep them: 客户类别 and 客户分组.
-- grain    one row per customer
-- key      connection, source_id
-- sources  raw.customers
-- column   customer_class: the first letter of 客户类别 when it is A, B or C
-- column   owner_ref: staff number of the salesperson; Kingdee is no source of employees
-- column   payer_class: from 公司规模 (large enterprise) and 公司性质 (public body)
-- column   is_internal: the customer is an organisation of the own group (对应组织)
select
    _connection as connection,
    _source_id as source_id,
    nullif(trim(fname), '') as name,
    nullif(trim(fshortname), '') as short_name,
    null as former_names,
    nullif(trim(fsocialcrecode), '') as credit_code,
    case when upper(substr(trim(fcusttypeid_fname), 1, 1)) in ('A', 'B', 'C')
        then upper(substr(trim(fcusttypeid_fname), 1, 1)) end as customer_class,
    nullif(trim(fseller_fnumber), '') as owner_ref,
    nullif(trim(fgroup_fname), '') as region,
    'erp' as kind,
    cast(null as decimal(18, 2)) as declared_yearly_purchase_cny,
    cast(null as decimal(18, 2)) as credit_limit_cny,
    case
        when fcompanynature_fdatavalue like '%机关%' or fcompanynature_fdatavalue like '%事业%' then 'public_body'
        when fcompanyscale_fdatavalue like '%大型%' then 'large_enterprise'
    end as payer_class,
    nullif(trim(fcorrespondorgid_fnumber), '') is not null as is_internal,
    _deleted_at is not null as is_deleted,
    business_date(fcreatedate) as created_date,
    fmodifydate as source_updated_at,
    coalesce(fcreatedate, _first_extracted_at) as recorded_at
from raw.customers
