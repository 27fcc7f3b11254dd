-- Functions that models use; warehouse/postgres/helpers.sql has the same names.
-- business_today() and known_at() are made by each build: they are fixed while it runs.
create or replace macro business_date(ts) as cast(timezone('Asia/Shanghai', timezone('UTC', ts)) as date);
create or replace macro month_start(d) as cast(date_trunc('month', d) as date);
create or replace macro month_end(d) as cast(date_trunc('month', d) + interval '1 month' - interval '1 day' as date);
create or replace macro month_text(d) as strftime(cast(d as date), '%Y-%m');
create or replace macro json_text(document, name) as json_extract_string(document, '$.' || name);
create or replace macro json_first(document) as json_extract_string(document, '$[0]');
-- Up to 15 hexadecimal digits as a number.
create or replace macro hex_number(digits) as cast('0x' || digits as bigint);
-- One member of a JSON object by its name, whatever characters are in it: as text, and whether it is there.
create or replace macro json_path(name) as '/' || replace(replace(name, '~', '~0'), '/', '~1');
create or replace macro json_member(document, name) as json_extract_string(document, json_path(name));
create or replace macro json_has(document, name) as coalesce(json_exists(document, json_path(name)), false);
-- A name or code made comparable: full width to half width (brackets too), blanks out, capitals. 苏州（昆山） Ａｂ -> 苏州(昆山)AB
-- The pattern spares most names the translation, which costs 6 microseconds.
create or replace macro normal_name(name) as case when regexp_matches(name, '[！-～【】〔〕\s\x{00A0}\x{3000}]') then upper(translate(name,
  '！＂＃＄％＆＇（）＊＋，－．／０１２３４５６７８９：；＜＝＞？＠ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ［＼］＾＿｀ａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ｛｜｝～【】〔〕' || chr(12288) || ' ' || chr(160) || chr(9) || chr(10) || chr(13),
  '!"#$%&''()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\]^_`abcdefghijklmnopqrstuvwxyz{|}~()()'))
  else upper(name) end;
-- Now, in UTC, and never before what this warehouse has written down: when the machine's clock jumps back, time stands until it
-- has caught up. So "changed since" stays true, whatever the clock does. The same throughout a transaction.
create or replace macro utc_now() as (
  select greatest(timezone('UTC', now()), max(recorded_at)) from (
    select max(updated_at) as recorded_at from meta.stream_state union all
    select max(started_at) from meta.run union all select max(ended_at) from meta.run union all
    select max(ended_at) from meta.run_stream union all
    select max(known_at) from meta.generation union all select max(frozen_at) from ops.frozen_month
  ) as recorded
);
