-- what     Product groups the company calls its core business (核心产品); demand match (HEA-2) asks how much of them a customer buys.
-- grain    one row per product group, named as the ERP names it
-- key      product_group
select null::varchar as product_group where false
