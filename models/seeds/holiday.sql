-- what     Public holidays and make-up workdays (节假日, 调休) as the State Council General Office announced them. METRICS section 1.
--          The file is made by scripts/holidays.js from the library chinese-days.
-- grain    one row per range of days
-- key      kind, from_day
-- column   kind: off, or make_up (a weekend day that is worked)
-- column   to_day: the last day of the range
-- column   notice: the paper it was announced in
select
    null::int as year,
    null::varchar as kind,
    null::date as from_day,
    null::date as to_day,
    null::varchar as name,
    null::varchar as notice
where false
