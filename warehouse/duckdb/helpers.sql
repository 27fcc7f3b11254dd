-- Functions that models use; warehouse/postgres/helpers.sql has the same names.
-- business_today() and known_at() are made by each build: they are fixed while it runs.
create or replace macro business_date(ts) as cast(timezone('Asia/Shanghai', timezone('UTC', ts)) as date);
create or replace macro month_start(d) as cast(date_trunc('month', d) as date);
create or replace macro month_end(d) as cast(date_trunc('month', d) + interval '1 month' - interval '1 day' as date);
create or replace macro month_text(d) as strftime(cast(d as date), '%Y-%m');
create or replace macro json_text(document, name) as json_extract_string(document, '$.' || name);
create or replace macro json_first(document) as json_extract_string(document, '$[0]');
-- A name or code made comparable: full width to half width (brackets too), blanks out, capitals. 苏州（昆山） Ａｂ -> 苏州(昆山)AB
-- The pattern spares most names the translation, which costs 6 microseconds.
create or replace macro normal_name(name) as case when regexp_matches(name, '[！-～【】〔〕\s\x{00A0}\x{3000}]') then upper(translate(name,
  '！＂＃＄％＆＇（）＊＋，－．／０１２３４５６７８９：；＜＝＞？＠ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ［＼］＾＿｀ａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ｛｜｝～【】〔〕' || chr(12288) || ' ' || chr(160) || chr(9) || chr(10) || chr(13),
  '!"#$%&''()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\]^_`abcdefghijklmnopqrstuvwxyz{|}~()()'))
  else upper(name) end;
