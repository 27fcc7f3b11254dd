import { numbered } from './placeholders';

test.each`
  case                       | sql                                     | expected
  ${'values'}                | ${'select ? from t where n = ?'}        | ${'select $1 from t where n = $2'}
  ${'text'}                  | ${"select 'why?' where a = ?"}          | ${"select 'why?' where a = $1"}
  ${'a doubled quote'}       | ${"select 'it''s?' , ?"}                | ${"select 'it''s?' , $1"}
  ${'a backslash is a char'} | ${"select '\\' , ?"}                    | ${"select '\\' , $1"}
  ${'an escape text'}        | ${"select E'\\'?' , ?"}                 | ${"select E'\\'?' , $1"}
  ${'an identifier'}         | ${'select "a?""b" from t where c = ?'}  | ${'select "a?""b" from t where c = $1'}
  ${'a line comment'}        | ${"select 1 -- what's this?\n, ?"}      | ${"select 1 -- what's this?\n, $1"}
  ${'a block comment'}       | ${"select /* who's there? */ ?"}        | ${"select /* who's there? */ $1"}
  ${'a dollar quote'}        | ${'select $$a?$$, $x$ b? $$ c? $x$, ?'} | ${'select $$a?$$, $x$ b? $$ c? $x$, $1'}
  ${'nothing to bind'}       | ${'select 1'}                           | ${'select 1'}
`('$case', ({ sql, expected }: { sql: string; expected: string }) => {
  expect(numbered(sql)).toBe(expected);
});
