import { MillraceError } from '../../connectors/kit';
import { computedColumns, computedOf } from './computed';
import { type ColumnsOf, type OutputColumn, outputColumns } from './columnOrigins';
import type { Project } from './project';
import { rawColumns, type StagingPart, type StagingParts, streamOf } from './staging';

/** A column and what it is computed from, down to the sources' streams. */
export interface LineageNode {
  /** core.customer, staging.customer, `connection.stream` for a stream, ops.event. */
  table: string;
  /** `*` where only the table is certain (level table). Streams have the vendor's name of the field. */
  column: string;
  kind: 'model' | 'staging' | 'seed' | 'stream' | 'table';
  level: 'column' | 'table';
  from: LineageNode[];
}

/** Answers which columns feed which, over all models of a project and the connections that fill it. */
export class Lineage {
  private readonly project: Project;
  private readonly parts: StagingParts;
  private readonly outputs = new Map<string, readonly OutputColumn[]>();
  private readonly nodes = new Map<string, LineageNode>();

  constructor(project: Project, parts: StagingParts) {
    this.project = project;
    this.parts = parts;
    for (const model of [...project.seeds, ...project.entities, ...project.models]) {
      const columns = outputColumns(model.parsed, this.columnsOf);
      const computed = computedOf(model);
      this.outputs.set(model.name, computed ? computedColumns(computed, columns) : columns);
    }
  }

  /** The columns of a model, staging entity or seed, in their order; undefined for other tables. */
  readonly columnsOf: ColumnsOf = (table) => {
    const columns = this.outputs.get(table)?.map(({ name }) => name);
    return columns?.includes('*') ? undefined : columns; // a star over a table that nobody knows
  };

  /** The tree below a column. Errors: `not_found`. */
  of(table: string, column: string): LineageNode {
    const columns = this.columnsOf(table);
    if (columns && !columns.includes(column)) {
      throw new MillraceError('not_found', {
        what: `${table} has no column ${column}`,
        todo: `Its columns: ${columns.join(', ')}`,
      });
    }
    return this.node(`${table}.${column}`);
  }

  private node(origin: string): LineageNode {
    const known = this.nodes.get(origin);
    if (known) return known;
    const at = origin.lastIndexOf('.');
    const table = origin.slice(0, at);
    const column = origin.slice(at + 1);
    const from = table.startsWith('staging.') ? this.ofStaging(table, column) : this.ofModel(table, column);
    const node: LineageNode = {
      table,
      column,
      kind: kindOf(table),
      level: column === '*' ? 'table' : 'column',
      from,
    };
    this.nodes.set(origin, node);
    return node;
  }

  private ofModel(table: string, column: string): LineageNode[] {
    const columns = this.outputs.get(table) ?? [];
    return originsOf(columns, this.rowColumns(table, column))
      .map((origin) => this.node(origin))
      .filter(isFirst);
  }

  /** `*` are the rows of a table, which its key tells apart. */
  private rowColumns(table: string, column: string): readonly string[] {
    const { project } = this;
    if (column !== '*') return [column];
    return (
      [...project.models, ...project.entities, ...project.seeds].find(({ name }) => name === table)?.header
        .key ?? []
    );
  }

  /** The fields of every connection's streams that fill the column. */
  private ofStaging(entity: string, column: string): LineageNode[] {
    const leaves = (this.parts.get(entity) ?? []).flatMap((part) => {
      const columns = outputColumns(part.model.parsed, rawColumns(part));
      return originsOf(columns, this.rowColumns(entity, column)).map((origin) => leaf(part, origin));
    });
    return leaves.filter(isFirst);
  }
}

/** What feeds some columns; a star over a table that nobody knows may be any of them. */
function originsOf(columns: readonly OutputColumn[], names: readonly string[]): string[] {
  const own = columns.filter(({ name }) => names.includes(name) || name === '*');
  return [...new Set(own.flatMap(({ origins }) => [...origins]))];
}

const isFirst = (node: LineageNode, index: number, all: readonly LineageNode[]) =>
  all.findIndex(({ table, column }) => table === node.table && column === node.column) === index;

/** raw.receivables.fbillno → kingdee.receivables, FBillNo */
function leaf({ connection }: StagingPart, origin: string): LineageNode {
  const at = origin.lastIndexOf('.');
  const name = streamOf(origin.slice(0, at));
  const column = origin.slice(at + 1);
  const stream = connection.streams.find((one) => one.name === name);
  const field = stream?.fields.find((one) => one.column === column);
  return {
    table: `${connection.name}.${name}`,
    column: field?.name ?? column,
    kind: 'stream',
    level: column === '*' ? 'table' : 'column',
    from: [],
  };
}

function kindOf(table: string): LineageNode['kind'] {
  const [schema] = table.split('.');
  if (schema === 'core' || schema === 'marts') return 'model';
  return schema === 'staging' ? 'staging' : schema === 'seeds' ? 'seed' : 'table';
}
