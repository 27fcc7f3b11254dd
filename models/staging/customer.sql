-- what     A customer record of one source (客户): the ERP's, the CRM's or a bureau's. Which records are one customer is decided in
--          core.customer_identity. A former name is a record of its own (source_id with a suffix) under the same credit code.
-- grain    one row per customer record of a connection
-- key      connection, source_id
-- column   credit_code: unified social credit code (统一社会信用代码) as the source writes it; null if the source has none
-- column   customer_class: A, B or C; null if the source does not class its customers
-- column   owner_ref: employee.source_id of the same connection, or a staff number where the source has no users
-- column   declared_yearly_purchase_cny: what the customer says it buys a year, from everybody (HEA-2)
-- column   credit_limit_cny: how much it may owe (信用额度); null if the source sets none
-- column   payer_class: large_enterprise (大型企业) or public_body (机关, 事业单位) in the sense of State Council Order 802; null for all others
-- column   former_names: names it was registered under before (曾用名), joined by '|'; null if the source knows none
-- column   kind: erp, crm or bureau
select
    null::varchar as connection,
    null::varchar as source_id,
    null::varchar as name,
    null::varchar as short_name,
    null::varchar as former_names,
    null::varchar as credit_code,
    null::varchar as customer_class,
    null::varchar as owner_ref,
    null::varchar as region,
    null::varchar as kind,
    null::decimal(18, 2) as declared_yearly_purchase_cny,
    null::decimal(18, 2) as credit_limit_cny,
    null::varchar as payer_class,
    null::boolean as is_internal,
    null::boolean as is_deleted,
    null::date as created_date,
    null::timestamp as source_updated_at,
    null::timestamp as recorded_at
where false
