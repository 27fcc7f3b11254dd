-- what     Rates of the provision for bad debts (坏账准备) by accounting age, as the company's management estimates them; change them here.
--          The booked provision comes from the ledger. METRICS REC-12.
-- grain    one row per age
-- key      bucket
-- column   bucket: age of the accounting view of marts.receivable_ageing
-- column   provision_rate: 0 to 1
select null::varchar as bucket, null::decimal(5, 4) as provision_rate where false
