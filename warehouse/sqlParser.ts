import { DuckDBInstance } from '@duckdb/node-api';
import { messageOf } from '../connectors/kit';

/** A node of the parser's tree (json_serialize_sql of DuckDB): read it through sqlTree.ts. */
export type SqlNode = Readonly<Record<string, unknown>>;

/** One SELECT, taken apart by an engine's own parser. */
export interface ParsedSql {
  sql: string;
  /** The outermost query. */
  query: SqlNode;
}

/** More than there are models; people's own SELECTs pass through here too. */
const KEPT = 500;
const parsed = new Map<string, Promise<ParsedSql>>();
let parser: Promise<(sql: string) => Promise<string>> | undefined;

/**
 * Parses one SELECT with DuckDB's parser, whatever engine the warehouse has: an empty DuckDB in memory, opened when first
 * needed. Texts of models repeat, so the last answers are kept. Throws a plain Error with the parser's message.
 */
export function parseSql(sql: string): Promise<ParsedSql> {
  let answer = parsed.get(sql);
  if (!answer) {
    answer = parse(sql);
    const [oldest] = parsed.keys();
    if (parsed.size >= KEPT && oldest !== undefined) parsed.delete(oldest);
    parsed.set(sql, answer);
    answer.catch(() => parsed.delete(sql));
  }
  return answer;
}

async function parse(sql: string): Promise<ParsedSql> {
  parser ??= openParser();
  const tree = JSON.parse(await (await parser)(sql)) as {
    error?: boolean;
    error_message?: string;
    statements?: { node: SqlNode }[];
  };
  if (tree.error) throw new Error(tree.error_message ?? 'the statement cannot be parsed');
  const [statement, another] = tree.statements ?? [];
  if (!statement || another) throw new Error('one SELECT is expected');
  return { sql, query: statement.node };
}

async function openParser(): Promise<(sql: string) => Promise<string>> {
  try {
    const instance = await DuckDBInstance.create(':memory:', { threads: '1', memory_limit: '100MB' });
    const connection = await instance.connect();
    return async (sql) => {
      const answer = await connection.runAndReadAll('select json_serialize_sql(cast(? as varchar)) as tree', [
        sql,
      ]);
      return String(answer.getRows()[0]?.[0]);
    };
  } catch (cause) {
    parser = undefined;
    throw new Error(`The SQL parser (DuckDB in memory) did not open: ${messageOf(cause)}`, { cause });
  }
}
