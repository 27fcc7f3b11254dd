import type { ParsedSql, SqlNode } from '../sqlParser';
import { isNode, nodesIn, textOf, textsIn } from './sqlTree';

/** One column of a SELECT's result with the columns of tables that it is computed from. */
export interface OutputColumn {
  name: string;
  /** `schema.table.column`; `schema.table.*` where only the table is certain. */
  origins: ReadonlySet<string>;
  /** It is one column of a table, as it stands there. */
  isPlain: boolean;
}

/** The columns of a table with a schema, in their order; undefined where nobody knows them. */
export type ColumnsOf = (table: string) => readonly string[] | undefined;

/** Something in a FROM clause. Without `columns` it is a table that nobody knows the columns of. */
interface Relation {
  alias: string;
  columns: readonly OutputColumn[] | undefined;
  table: string;
}

interface Scope {
  ctes: ReadonlyMap<string, readonly OutputColumn[]>;
  /** Relations of the queries around this one, nearest first. */
  outer: readonly Relation[];
}

/**
 * Which columns feed which: names resolved through CTEs, joins, subqueries, unions and stars, as SQL does. A column that a
 * value is computed from counts, also in a CASE condition or a window; what only filters or joins rows does not.
 */
export function outputColumns({ query }: ParsedSql, columnsOf: ColumnsOf): OutputColumn[] {
  const none: Scope = { ctes: new Map(), outer: [] };
  return ofQuery(query, none);

  function ofQuery(node: SqlNode, around: Scope, names: readonly string[] = []): OutputColumn[] {
    const scope = withCtes(node, around);
    if (node.type === 'SELECT_NODE') return ofSelect(node, scope);
    if (node.type === 'SET_OPERATION_NODE') {
      const parts =
        isNode(node.left) && isNode(node.right) ? [node.left, node.right] : nodesIn(node.children);
      return united(parts.map((part) => ofQuery(part, scope)));
    }
    if (node.type === 'RECURSIVE_CTE_NODE' && isNode(node.left) && isNode(node.right)) {
      const start = renamed(ofQuery(node.left, scope), names); // the part after it reads these names
      const ctes = new Map([...scope.ctes, [textOf(node.cte_name), start] as const]);
      return united([start, ofQuery(node.right, { ...scope, ctes })]);
    }
    return [];
  }

  function withCtes(node: SqlNode, around: Scope): Scope {
    const map = isNode(node.cte_map) ? nodesIn(node.cte_map.map) : [];
    const ctes = new Map(around.ctes);
    for (const { key, value } of map) {
      const query =
        isNode(value) && isNode(value.query) && isNode(value.query.node) ? value.query.node : undefined;
      if (!query || !isNode(value)) continue;
      const names = textsIn(value.aliases);
      ctes.set(textOf(key), renamed(ofQuery(query, { ...around, ctes }, names), names));
    }
    return { ...around, ctes };
  }

  function ofSelect(node: SqlNode, scope: Scope): OutputColumn[] {
    const relations = ofFrom(node.from_table, scope);
    return nodesIn(node.select_list).flatMap((expression) => {
      if (expression.class === 'STAR') return ofStar(expression, relations, scope);
      return [{ ...ofExpression(expression, relations, scope), name: nameOf(expression) }];
    });
  }

  function ofStar(star: SqlNode, relations: readonly Relation[], scope: Scope): OutputColumn[] {
    const name = textOf(star.relation_name);
    const excluded = new Set(textsIn(star.exclude_list).map((text) => text.toLowerCase()));
    const replaced = new Map(nodesIn(star.replace_list).map(({ key, value }) => [textOf(key), value]));
    const seen = new Set<string>();
    return relations
      .filter(({ alias }) => name === '' || alias === name)
      .flatMap(
        ({ columns, table }) => columns ?? [{ name: '*', origins: new Set([`${table}.*`]), isPlain: false }],
      )
      .filter(
        (column) =>
          !excluded.has(column.name) && !(seen.has(column.name) && name === '') && seen.add(column.name),
      )
      .map((column) => {
        const value = replaced.get(column.name);
        return isNode(value) ? { ...ofExpression(value, relations, scope), name: column.name } : column;
      });
  }

  function ofFrom(from: unknown, scope: Scope): Relation[] {
    if (!isNode(from)) return [];
    const aliases = textsIn(from.column_name_alias);
    if (from.type === 'BASE_TABLE') return [ofTable(from, aliases, scope)];
    if (from.type === 'JOIN') {
      const left = ofFrom(from.left, scope);
      return [...left, ...ofFrom(from.right, { ...scope, outer: [...left, ...scope.outer] })];
    }
    const alias = textOf(from.alias);
    if (from.type === 'SUBQUERY' && isNode(from.subquery) && isNode(from.subquery.node))
      return [{ alias, table: '', columns: renamed(ofQuery(from.subquery.node, scope), aliases) }];
    if (from.type === 'EXPRESSION_LIST') {
      const [first = []] = Array.isArray(from.values) ? (from.values as unknown[]) : [];
      const columns = nodesIn(first).map((_value, index) => ({
        name: `col${index}`,
        origins: new Set(
          nodesIn((from.values as unknown[]).map((row) => (row as unknown[])[index])).flatMap((value) => [
            ...ofExpression(value, [], scope).origins,
          ]),
        ),
        isPlain: false,
      }));
      return [{ alias, table: '', columns: renamed(columns, aliases) }];
    }
    if (from.type === 'TABLE_FUNCTION' && isNode(from.function)) {
      const { origins } = ofExpression(from.function, [], scope);
      const names = aliases.length > 0 ? aliases : [textOf(from.function.function_name)];
      return [{ alias, table: '', columns: names.map((name) => ({ name, origins, isPlain: false })) }];
    }
    return [];
  }

  function ofTable(from: SqlNode, aliases: readonly string[], { ctes }: Scope): Relation {
    const schema = textOf(from.schema_name);
    const name = textOf(from.table_name);
    const alias = textOf(from.alias) || name;
    const table = schema === '' ? '' : `${schema}.${name}`;
    if (table === '') return { alias, table, columns: renamed(ctes.get(name) ?? [], aliases) };
    const columns = columnsOf(table)?.map((column) => ({
      name: column,
      origins: new Set([`${table}.${column}`]),
      isPlain: true,
    }));
    return { alias, table, columns: columns && renamed(columns, aliases) };
  }

  function ofExpression(expression: SqlNode, relations: readonly Relation[], scope: Scope) {
    if (expression.class === 'COLUMN_REF')
      return ofReference(textsIn(expression.column_names), relations, scope);
    const origins = new Set<string>();
    const add = (value: unknown): void => {
      if (Array.isArray(value)) for (const item of value) add(item);
      else if (isNode(value)) {
        const isQuery = value.class === 'SUBQUERY' && isNode(value.subquery) && isNode(value.subquery.node);
        if (value.class === 'COLUMN_REF')
          for (const origin of ofReference(textsIn(value.column_names), relations, scope).origins)
            origins.add(origin);
        else if (value.function_name === 'count_star')
          for (const table of relations.flatMap(tablesOf)) origins.add(table);
        else if (isQuery && isNode(value.subquery) && isNode(value.subquery.node)) {
          const inner = ofQuery(value.subquery.node, { ...scope, outer: [...relations, ...scope.outer] });
          for (const column of inner) for (const origin of column.origins) origins.add(origin);
          add(value.child);
        } else for (const below of Object.values(value)) add(below);
      }
    };
    add(expression);
    return { origins, isPlain: false };
  }

  function ofReference(
    names: readonly string[],
    relations: readonly Relation[],
    { outer }: Scope,
  ): Omit<OutputColumn, 'name'> {
    const column = names[names.length - 1] ?? '';
    const qualifier = names.length > 1 ? names[names.length - 2] : undefined;
    for (const around of [relations, outer]) {
      const named = around.filter(({ alias }) => qualifier === undefined || alias === qualifier);
      for (const { columns } of named) {
        const found = columns?.find(({ name }) => name === column);
        if (found) return found;
      }
      const open = named.filter(
        ({ columns }) => columns === undefined || columns.some(({ name }) => name === '*'),
      );
      const [only, another] = open;
      if (only && !another && only.columns === undefined)
        return { origins: new Set([`${only.table}.${column}`]), isPlain: true };
      if (only) return { origins: new Set(open.flatMap(tablesOf)), isPlain: false };
      if (qualifier !== undefined && named.length > 0) break;
    }
    return { origins: new Set(relations.flatMap(tablesOf)), isPlain: false };
  }
}

/** The tables behind a relation, for a column that cannot be told more exactly. */
function tablesOf({ table, columns }: Relation): string[] {
  if (columns === undefined) return [`${table}.*`];
  return columns.flatMap(({ origins }) =>
    [...origins].map((origin) => `${origin.slice(0, origin.lastIndexOf('.'))}.*`),
  );
}

function renamed(columns: readonly OutputColumn[], names: readonly string[]): OutputColumn[] {
  return columns.map((column, index) => ({ ...column, name: names[index] ?? column.name }));
}

/** Column by column; names are the first part's. */
function united(parts: readonly OutputColumn[][]): OutputColumn[] {
  const [first = []] = parts;
  return first.map(({ name }, index) => ({
    name,
    origins: new Set(parts.flatMap((part) => [...(part[index]?.origins ?? [])])),
    isPlain: false,
  }));
}

function nameOf(expression: SqlNode): string {
  const alias = textOf(expression.alias);
  if (alias !== '') return alias;
  if (expression.class === 'COLUMN_REF') return textsIn(expression.column_names).at(-1) ?? '';
  if (expression.class === 'CAST' && isNode(expression.child)) return nameOf(expression.child);
  return textOf(expression.function_name);
}
