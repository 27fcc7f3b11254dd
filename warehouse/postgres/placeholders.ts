/**
 * What a `?` may hide in: text (with E'' escapes and $tag$ quotes), quoted identifiers and comments. Their text stays as
 * it is, and a `?` outside of them is a bound value.
 */
const PART =
  /\b[eE]'(?:[^'\\]|\\.|'')*'|'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[^]*?\*\/|\$([A-Za-z_]\w*|)\$[^]*?\$\1\$|\?/g;

/** SQL with `?` as Postgres wants it: $1, $2, in their order. */
export function numbered(sql: string): string {
  let count = 0;
  return sql.replace(PART, (part) => (part === '?' ? `$${++count}` : part));
}
