import { literal, type Session, type Warehouse } from '../warehouse';
import { Lineage, type LineageNode } from './lineage';
import { headerTests, keyTest } from './modelTests';
import { type Model, type Project, readProject } from './project';
import { type ModelConnection, type StagingPart, stagingParts, streamsOf } from './staging';

/** All that is known about the models: their files, their graph, what the last build said. Plain data, it goes over HTTP. */
export interface ModelsDescription {
  /** Null: nothing was built yet. */
  generation: number | null;
  asOfDate: string | null;
  builtAt: string | null;
  seconds: number | null;
  tables: TableDescription[];
}

export interface TableDescription {
  /** core.customer, staging.customer, seeds.holiday, or connection.stream. */
  name: string;
  kind: 'model' | 'staging' | 'seed' | 'stream' | 'table';
  what: string;
  grain: string;
  key: string[];
  columns: ColumnDescription[];
  sources: string[];
  readers: string[];
  /** Key and changed-since of the header, where it is incremental. */
  incremental: string | null;
  sql: string | null;
  lastBuild: { generation: number; rows: number; seconds: number; method: string } | null;
  tests: TestDescription[];
}

export interface ColumnDescription {
  name: string;
  /** As the engine writes it; null where the table was not built yet. */
  type: string | null;
  comment: string;
  /** `table.column` that it is computed from. */
  from: string[];
  /** `connection.stream.field` at the end of all ways. */
  streams: string[];
  /** `table`: for some of it only the table is certain, for example the rows that a count counts. */
  level: 'column' | 'table';
}

export interface TestDescription {
  name: string;
  what: string;
  kind: string;
  /** Null: not run yet. */
  returnedRows: number | null;
  testedAt: string | null;
}

/** Describes all models, entities, seeds and streams. Reads the files of this version and the record of the warehouse. */
export async function describeModels(
  warehouse: Warehouse,
  connections: readonly ModelConnection[],
  folder?: string,
): Promise<ModelsDescription> {
  const project = await readProject(folder);
  const parts = await stagingParts(project, connections);
  const lineage = new Lineage(project, parts);
  const [last] = await warehouse.rows(
    'select generation, as_of_date, built_at, seconds from meta.generation order by generation desc limit 1',
  );
  const [types, builds, results] = await Promise.all([
    columnTypes(warehouse),
    lastBuilds(warehouse),
    lastResults(warehouse),
  ]);
  const files = [...project.models, ...project.entities, ...project.seeds];
  const sourcesOf = (model: Model) => {
    const of = parts.get(model.name) ?? [];
    return of.length > 0 ? [...new Set(of.flatMap(streamsOf))].sort() : [...model.reads];
  };
  const tables = files.map(
    (model): TableDescription => ({
      name: model.name,
      kind: kindOf(model),
      what: model.header.what,
      grain: model.header.grain,
      key: model.header.key,
      columns: (lineage.columnsOf(model.name) ?? []).map((column) => ({
        name: column,
        type: types.get(`${model.name}.${column}`) ?? null,
        comment: commentOf(model, column, lineage, project),
        ...ends(lineage.of(model.name, column)),
      })),
      sources: sourcesOf(model),
      readers: files.filter((other) => sourcesOf(other).includes(model.name)).map(({ name }) => name),
      incremental: incrementalOf(model),
      sql: model.sql,
      lastBuild: builds.get(model.name) ?? null,
      tests: testsOf(model, project).map((test) => ({
        ...test,
        ...(results.get(test.name) ?? { returnedRows: null, testedAt: null }),
      })),
    }),
  );
  return {
    generation: last ? Number(last.generation) : null,
    asOfDate: last ? String(last.as_of_date) : null,
    builtAt: last ? String(last.built_at) : null,
    seconds: last ? Number(last.seconds) : null,
    tables: [...tables, ...streamTables([...parts.values()].flat(), tables)],
  };
}

function kindOf({ layer }: Model): TableDescription['kind'] {
  if (layer === 'staging') return 'staging';
  return layer === 'seeds' ? 'seed' : 'model';
}

/** Its own comment, else that of the column it hands on unchanged. */
function commentOf(model: Model, column: string, lineage: Lineage, project: Project): string {
  const own = model.header.columns.get(column);
  if (own !== undefined) return own;
  const [from, another] = lineage.of(model.name, column).from;
  const source = [...project.models, ...project.entities].find(({ name }) => name === from?.table);
  if (!from || another || !source || from.column !== column) return '';
  return commentOf(source, column, lineage, project);
}

function ends(node: LineageNode): Pick<ColumnDescription, 'from' | 'streams' | 'level'> {
  const streams = new Set<string>();
  let level: 'column' | 'table' = 'column';
  const walk = (each: LineageNode, seen: Set<LineageNode>): void => {
    if (seen.has(each)) return;
    seen.add(each);
    if (each.level === 'table') level = 'table';
    if (each.kind === 'stream') streams.add(`${each.table}.${each.column}`);
    for (const below of each.from) walk(below, seen);
  };
  walk(node, new Set());
  return {
    from: node.from.map(({ table, column }) => `${table}.${column}`),
    streams: [...streams].sort(),
    level,
  };
}

function incrementalOf({ header }: Model): string | null {
  if (!header.incremental) return null;
  const { key, sources } = header.incremental;
  const ways = sources.map(({ table, via }) => (via === undefined ? table : `${table} via ${via}`));
  return `key ${key.join(', ')}; changed since ${ways.join(', ')}`;
}

function testsOf(model: Model, { tests }: Project) {
  const own = [keyTest(model), ...headerTests(model)].filter((test) => test !== undefined);
  const files = tests.filter(({ reads }) => reads.includes(model.name));
  return [
    ...own.map(({ name, what, kind }) => ({ name, what, kind: String(kind) })),
    ...files.map(({ name, header }) => ({ name, what: header.what, kind: 'identity' })),
  ];
}

/** Streams as tables, so that the graph begins where the data does. */
function streamTables(
  parts: readonly StagingPart[],
  tables: readonly TableDescription[],
): TableDescription[] {
  const names = [...new Set(parts.flatMap(streamsOf))].sort();
  return names.map((name) => {
    const part = parts.find((one) => streamsOf(one).includes(name));
    const stream = part?.connection.streams.find((one) => `${part.connection.name}.${one.name}` === name);
    return {
      name,
      kind: 'stream',
      what: stream ? `${stream.vendorName} (${part?.connection.connector ?? ''})` : '',
      grain: '',
      key: [...(stream?.key ?? [])],
      columns: [],
      sources: [],
      readers: tables.filter(({ sources }) => sources.includes(name)).map((table) => table.name),
      incremental: null,
      sql: null,
      lastBuild: null,
      tests: [],
    };
  });
}

async function columnTypes(session: Session): Promise<Map<string, string>> {
  const schemas = ['core', 'marts', 'staging', 'seeds'].map(literal).join(', ');
  const rows = await session.rows(
    `select table_schema, table_name, column_name, data_type, numeric_precision, numeric_scale
     from information_schema.columns where table_schema in (${schemas})`,
  );
  return new Map(
    rows.map((row) => {
      const isDecimal = /^(numeric|decimal)$/i.test(String(row.data_type)) && row.numeric_precision !== null;
      const digits = isDecimal ? `(${String(row.numeric_precision)},${String(row.numeric_scale)})` : '';
      const type = `${String(row.data_type).toLowerCase()}${digits}`;
      return [`${String(row.table_schema)}.${String(row.table_name)}.${String(row.column_name)}`, type];
    }),
  );
}

async function lastBuilds(
  session: Session,
): Promise<Map<string, NonNullable<TableDescription['lastBuild']>>> {
  const rows = await session.rows(
    `select model_run.* from meta.model_run
     join (select model, max(generation) as generation from meta.model_run group by model) as last
       on last.model = model_run.model and last.generation = model_run.generation`,
  );
  return new Map(
    rows.map((row) => [
      String(row.model),
      {
        generation: Number(row.generation),
        rows: Number(row.row_count),
        seconds: Number(row.seconds),
        method: row.method === null || row.method === undefined ? 'full' : String(row.method),
      },
    ]),
  );
}

async function lastResults(
  session: Session,
): Promise<Map<string, Pick<TestDescription, 'returnedRows' | 'testedAt'>>> {
  const rows = await session.rows(
    `select model_test_run.test, model_test_run.returned_rows, model_test_run.tested_at from meta.model_test_run
     join (select test, max(tested_at) as tested_at from meta.model_test_run group by test) as last
       on last.test = model_test_run.test and last.tested_at = model_test_run.tested_at`,
  );
  return new Map(
    rows.map((row) => [
      String(row.test),
      { returnedRows: Number(row.returned_rows), testedAt: String(row.tested_at) },
    ]),
  );
}
